"""The watchlist files that rest on the articles alone: context names, goods and countries of routes."""

import csv
import io
from collections import defaultdict
from collections.abc import Sequence

from screening.seeds.articles import Article, explained
from screening.seeds.facts import Code, Goods, Route

Row = tuple[str, ...]

CONTEXT = ("id", "name", "aliases", "country", "type", "explains", "source", "date")
GOODS = (
    "id",
    "hs6",
    "tier",
    "description",
    "controlled_from",
    "listed_from",
    "until",
    "verified",
    "source",
    "source_url",
    "note",
)
COUNTRIES = ("id", "country", "source", "source_url", "date", "from", "until", "note")

_TYPES = {"person": "person", "firm": "organisation", "organisation": "organisation"}


def as_csv(header: Row, rows: Sequence[Row]) -> str:
    """A CSV file with lines that end the same way on every machine."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    return text.getvalue()


def context_table(articles: Sequence[Article]) -> str:
    """The names that the articles explain, with every article that has them."""
    rows = []
    for entity in explained(articles):
        naming = [article for article in articles if entity.name in _names(article)]
        rows.append(
            (
                _slug(entity.name),
                entity.name,
                ";".join(entity.aliases),
                ";".join(entity.countries),
                _TYPES.get(entity.kind, "unknown"),
                entity.explains or "",
                _source(naming),
                min(article.published.date for article in naming).isoformat(),
            )
        )
    return as_csv(CONTEXT, sorted(rows))


def goods_table(articles: Sequence[Article]) -> str:
    """The codes of goods that an article ties to diversion, once each, with every article that does."""
    named: dict[str, list[tuple[Article, Goods, Code]]] = defaultdict(list)
    for article in articles:
        for story in article.stories:
            for goods in (goods for goods in story.goods if goods.mark == "diversion"):
                for code in goods.codes:
                    named[code.hs6].append((article, goods, code))
    return as_csv(GOODS, [_goods_row(hs6, found) for hs6, found in sorted(named.items())])


def country_table(articles: Sequence[Article]) -> str:
    """The countries through which an article says that goods go, or may go, on to Russia."""
    found = [
        (country, article, route)
        for article in articles
        for story in article.stories
        for route in story.routes
        for country in route.via
        if route.mark == "diversion"
    ]
    rows = [_country_row(*entry) for entry in found]
    return as_csv(COUNTRIES, sorted(rows))


def _names(article: Article) -> set[str]:
    return {entity.name for story in article.stories for entity in story.entities}


def _goods_row(hs6: str, found: Sequence[tuple[Article, Goods, Code]]) -> Row:
    code = found[0][2]
    articles = [article for article, _, _ in found]
    names = dict.fromkeys(goods.name for _, goods, _ in found)
    reasons = dict.fromkeys(code.why for _, _, code in found)
    return (
        f"article-{hs6}",
        hs6,
        "",
        "; ".join(names),
        code.controlled_from.isoformat() if code.controlled_from else "",
        min(article.published.date for article in articles).isoformat(),
        "",
        code.verified,
        _source(articles),
        "",
        "Our reading of the code: " + "; ".join(reasons),
    )


def _country_row(country: str, article: Article, route: Route) -> Row:
    day, since = article.published.date.isoformat(), route.since.isoformat()
    note = f"{route.fact} ({route.status}; from: {route.since_basis})"
    return (f"{country}-{article.number}", country, _source([article]), "", day, since, "", note)


def _source(articles: Sequence[Article]) -> str:
    ids = sorted({article.id for article in articles})
    return f"seed article{'s' if len(ids) > 1 else ''} {', '.join(ids)}"


def _slug(name: str) -> str:
    return "-".join(name.lower().split())
