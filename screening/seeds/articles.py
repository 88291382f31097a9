"""A founding article as a file of facts: read, checked in itself, and against the others.

A page may hold more than the article: advertisements, links to other news, a second story pasted
on. The file says which paragraphs belong to which story; a fact stands in its story's paragraphs
and nowhere else, so that two stories of one page can't be joined by accident.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, ValidationError, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from screening.errors import InputError
from screening.seeds.cases import Case
from screening.seeds.facts import (
    Day,
    Entity,
    Fact,
    Flow,
    Goods,
    Identifier,
    Number,
    Restriction,
    Route,
    Strict,
    Text,
)

Span = Annotated[list[Number], Field(min_length=2, max_length=2)]


class Published(Strict):
    """When the article came out, and how we know."""

    date: date
    basis: Literal["stated", "inferred"]
    why: Text


class Story(Strict):
    """One story of a page: its paragraphs and the facts in them."""

    id: Identifier
    about: Text
    paragraphs: list[Span] = Field(min_length=1)
    """From where to where the story stands on the page, in one or more pieces."""
    entities: list[Entity]
    goods: list[Goods] = Field(default_factory=list)
    flows: list[Flow] = Field(default_factory=list)
    routes: list[Route] = Field(default_factory=list)
    restrictions: list[Restriction] = Field(default_factory=list)
    dates: list[Day] = Field(default_factory=list)

    @property
    def facts(self) -> list[Fact]:
        """The flows, routes and restrictions of the story."""
        return [*self.flows, *self.routes, *self.restrictions]

    def places(self) -> Iterator[tuple[str, int]]:
        """Every fact of the story by a name to report it with, and its paragraph."""
        yield from ((entity.name, entity.paragraph) for entity in self.entities)
        yield from ((goods.id, goods.paragraph) for goods in self.goods)
        yield from ((fact.id, fact.paragraph) for fact in self.facts)
        yield from ((day.what, day.paragraph) for day in self.dates)

    @model_validator(mode="after")
    def _facts_stand_in_the_story(self) -> Self:
        own = set(_numbers(self.paragraphs))
        strays = [name for name, paragraph in self.places() if paragraph not in own]
        if strays:
            raise ValueError(f"outside the paragraphs of story {self.id}: {', '.join(strays)}")
        return self

    @model_validator(mode="after")
    def _names_stand_once(self) -> Self:
        keys = [*(goods.id for goods in self.goods), *(fact.id for fact in self.facts)]
        twice = _twice([*keys, *(entity.name for entity in self.entities)])
        if twice:
            raise ValueError(f"more than once in story {self.id}: {', '.join(twice)}")
        return self

    @model_validator(mode="after")
    def _names_are_of_the_story(self) -> Self:
        goods, names = {goods.id for goods in self.goods}, {entity.name for entity in self.entities}
        strange = [key for fact in self.facts for key in fact.goods if key not in goods]
        strange += [name for fact in self.facts for name in fact.by if name not in names]
        if strange:
            raise ValueError(f"not among the goods or entities of story {self.id}: {', '.join(strange)}")
        return self

    @model_validator(mode="after")
    def _cases_agree_with_the_marks(self) -> Self:
        for fact in [*self.flows, *self.routes]:
            alerts = any(case.alerts for case in fact.cases)
            if alerts != (fact.mark == "diversion"):
                raise ValueError(f"{fact.id} is marked {fact.mark}: its cases must say so")
        return self


class Article(Strict):
    """One founding article."""

    id: Annotated[str, StringConstraints(pattern=r"^[0-9]{3}_[0-9a-f]{16}$")]
    publisher: Text
    title: Text
    """In our words."""
    published: Published
    paragraphs: Number
    """How many paragraphs the saved page has: its non-empty lines, counted from 1."""
    furniture: list[Span] = Field(default_factory=list)
    """Paragraphs that belong to no story: advertisements, links to other news."""
    stories: list[Story] = Field(min_length=1)

    @property
    def number(self) -> str:
        """The first three digits of the id: short for file and scenario names."""
        return self.id[:3]

    @model_validator(mode="after")
    def _spans_are_apart(self) -> Self:
        spans = [*self.furniture, *(span for story in self.stories for span in story.paragraphs)]
        if sorted(_numbers(spans)) != list(range(1, self.paragraphs + 1)):
            raise ValueError("each paragraph of the page must belong to one story or to the furniture")
        return self

    def cases(self) -> Iterator[tuple[Story, Fact, Case]]:
        """Every case of the article with the fact that it follows."""
        for story in self.stories:
            yield from ((story, fact, case) for fact in story.facts for case in fact.cases)


def read_article(path: Path) -> Article:
    """The article that a file holds; all its faults at once when it can't be one."""
    try:
        content = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
        return Article.model_validate(content)
    except (UnicodeDecodeError, YAMLError) as error:
        raise InputError(str(path), "is not YAML in UTF-8", " ".join(str(error).split())) from error
    except ValidationError as error:
        faults = [(".".join(map(str, fault["loc"])) or "article", fault["msg"]) for fault in error.errors()]
        raise InputError(str(path), "; ".join(f"{place}: {what}" for place, what in faults)) from error


def read_articles(folder: Path) -> list[Article]:
    """The articles of a folder by their id; names of cases and explanations stand once."""
    articles = sorted((read_article(path) for path in folder.glob("*.yaml")), key=lambda article: article.id)
    if not articles:
        raise InputError(str(folder), "holds no article", "expected files named *.yaml")
    _once(folder, "article", [article.id for article in articles])
    _once(folder, "case", [f"{a.number}-{case.name}" for a in articles for _, _, case in a.cases()])
    _once(folder, "explanation of", [entity.name for entity in explained(articles)])
    return articles


def explained(articles: Sequence[Article]) -> list[Entity]:
    """The entities that the articles explain to the reader of an alert."""
    stories = (story for article in articles for story in article.stories)
    return [entity for story in stories for entity in story.entities if entity.explains]


def _once(folder: Path, what: str, names: Sequence[str]) -> None:
    twice = _twice(names)
    if twice:
        raise InputError(str(folder), f"more than one {what} {', '.join(twice)}", "keep one of them")


def _twice(names: Sequence[str]) -> list[str]:
    return sorted(name for name, times in Counter(names).items() if times > 1)


def _numbers(spans: Sequence[list[int]]) -> list[int]:
    return [number for first, last in spans for number in range(first, last + 1)]
