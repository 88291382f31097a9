"""What is told of texts: asked once for each that is different, and kept from batch to batch.

Names, addresses, descriptions and codes come again and again, in a book and from book to book; what they
say does not change. A column's facts stand beside it as columns of their own, named `column: fact`.
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property, lru_cache, reduce

import polars as pl

from screening.abreast import FEW, abreast, made

Reader = Callable[[pl.Series], pl.Series]
"""Tells one fact of each text."""
Tell = Callable[[str], object]
"""Tells a fact of one text by itself; NotImplemented where only a reader can."""
_MOST_NUMBERED, _MOST_LOOKED_UP = 200_000, 1 << 12
"""Texts that are kept of those that came with many, and of those that came with few."""
_NO_TEXTS = pl.Series([], dtype=pl.String)
_BETWEEN, _ON, _TEXT = ": ", "@", "text"


def said(column: str, fact: str) -> pl.Expr:
    """What is told of the text in this column."""
    return pl.col(fact_name(column, fact))


def fact_name(column: str, fact: str) -> str:
    """The name of the column that stands for what is told of the text in this one."""
    return f"{column}{_BETWEEN}{fact}"


def parted(name: str) -> tuple[str, str]:
    """The column and the fact that the name of a column stands for; the fact is empty for a plain column."""
    column, _, fact = name.partition(_BETWEEN)
    return column, fact


class Judge:
    """Tells facts of texts, none of them blank."""

    def __init__(
        self,
        told: Callable[[pl.Series, tuple[str, ...]], pl.DataFrame],
        alone: Callable[[str, tuple[str, ...]], Mapping[str, object]] = lambda text, facts: {},
    ) -> None:
        """`told` tells the asked facts of distinct texts, a row a text, a column a fact; `alone` those of
        one text that need no column, where a query would cost many times what it says."""
        self.told = told
        self.alone = alone


class Alone:
    """A reader that can tell its fact of a text by itself as well."""

    def __init__(self, reader: Reader, tell: Tell) -> None:
        """Both say the same, of which the tests hold them."""
        self._reader = reader
        self.tell = tell

    def __call__(self, texts: pl.Series) -> pl.Series:
        return self._reader(texts)


def each(readers: Mapping[str, Reader]) -> Judge:
    """Tells each fact by a reader of its own, those that are expressions in one query."""
    tells = {fact: reader.tell for fact, reader in readers.items() if isinstance(reader, Alone)}

    def alone(text: str, facts: tuple[str, ...]) -> dict[str, object]:
        found = {fact: tells[fact](text) for fact in facts if fact in tells}
        return {fact: value for fact, value in found.items() if value is not NotImplemented}

    def told(texts: pl.Series, facts: tuple[str, ...]) -> pl.DataFrame:
        formulas = {fact: reader for fact in facts if isinstance(reader := readers[fact], Formula)}
        asked = [reader.told.alias(fact) for fact, reader in formulas.items()]
        found = dict(zip(formulas, texts.to_frame(_TEXT).select(asked), strict=True)) if asked else {}
        rest = (fact for fact in facts if fact not in found)
        found |= {fact: readers[fact](texts).alias(fact) for fact in rest}
        return abreast([found[fact] for fact in facts])

    return Judge(told, alone)


class Formula:
    """A reader that is an expression over the text."""

    def __init__(self, judge: Callable[[pl.Expr], pl.Expr]) -> None:
        self._judge = judge

    @cached_property
    def told(self) -> pl.Expr:
        """The fact by the column `text`; what it takes may be long to read, so it is made when asked for."""
        return self._judge(pl.col(_TEXT))

    def __call__(self, texts: pl.Series) -> pl.Series:
        return texts.to_frame(_TEXT).select(self.told).to_series()


def by(judge: Callable[[pl.Expr], pl.Expr]) -> Formula:
    """Tells a fact by an expression over the text."""
    return Formula(judge)


def one_by_one(tell: Tell, dtype: pl.DataType) -> Alone:
    """Tells a fact of each text by itself."""
    return Alone(lambda texts: pl.Series(map(tell, texts.to_list()), dtype=dtype), tell)


class Remembered:
    """Facts of texts, of which every one that was met before is known."""

    def __init__(self, judge: Judge, facts: tuple[str, ...]) -> None:
        self._judge = judge
        self._asked = facts
        self._lock = threading.Lock()
        self._looked_up = lru_cache(_MOST_LOOKED_UP)(self._of_one)
        self._forget()

    def _forget(self) -> None:
        self._texts = pl.Categories.random()
        # polars forgets the texts of categories as soon as no column has them.
        self._keeper = pl.Series([], dtype=pl.Categorical(self._texts))
        self._facts: list[pl.Series] = []

    @cached_property
    def types(self) -> list[pl.DataType]:
        """The types of the facts, in the order asked."""
        return [fact.dtype for fact in self._of_many(_NO_TEXTS)]

    def of(self, texts: pl.Series) -> list[pl.Series]:
        """The facts of each text, in the order asked, each under its name; null for a blank."""
        # Few are looked up one by one: a new one among many thousands would cost a copy of all.
        if not 0 < len(texts) <= FEW:
            return self._of_many(texts)
        told = dict(zip(self._asked, self.of_few(texts.to_list()), strict=True))
        columns = made(told, dict(zip(self._asked, self.types, strict=True)))
        return [columns[fact] for fact in self._asked]

    def of_few(self, texts: Sequence[str | None]) -> Iterator[tuple[object, ...]]:
        """The values of each fact, in the order asked, of a few texts, of which each is told by itself."""
        return zip(*map(self._looked_up, texts), strict=True)

    def known(self) -> pl.DataFrame:
        """Every text that was met, as `text`, with its facts."""
        with self._lock:
            return pl.DataFrame([self._texts.to_series()[: self._count].alias(_TEXT), *self._facts])

    def learn(self, known: pl.DataFrame) -> None:
        """Takes over what another memory of the same facts has `known`."""
        with self._lock:
            numbers = known[_TEXT].cast(self._keeper.dtype).to_physical()
            # Texts get their numbers in the order in which they come: those that are new stand at the end,
            # unless others wait there whose judge failed.
            new = known.drop(_TEXT).filter(numbers >= self._count)
            if new.height and self._texts.to_series().len() == self._count + new.height:
                whole = pl.concat([pl.DataFrame(self._facts), new], rechunk=True) if self._facts else new
                self._facts = whole.get_columns()

    @property
    def _count(self) -> int:
        return len(self._facts[0]) if self._facts else 0

    def _of_one(self, text: str | None) -> list[object]:
        if text is None:
            return [None] * len(self._asked)
        told = dict(self._judge.alone(text, self._asked))
        if rest := tuple(fact for fact in self._asked if fact not in told):
            whole = self._judge.told(pl.Series([text], dtype=pl.String), rest)
            told |= {fact.name: fact.to_list()[0] for fact in whole}
        return [told[fact] for fact in self._asked]

    def _of_many(self, texts: pl.Series) -> list[pl.Series]:
        with self._lock:
            numbers = texts.cast(self._keeper.dtype).to_physical()
            facts = self._facts = self._learned(self._facts, numbers)
            if len(facts[0]) > _MOST_NUMBERED:
                self._forget()
        return [fact.gather(numbers) for fact in facts]

    def _learned(self, facts: list[pl.Series], numbers: pl.Series) -> list[pl.Series]:
        """The facts of the texts by their number, those of new ones among them."""
        known = self._count
        if facts and not (numbers >= known).any():
            return facts
        told = self._judge.told(self._texts.to_series()[known:], self._asked)
        whole = pl.concat([pl.DataFrame(facts), told], rechunk=True) if facts else told
        return whole.get_columns()


class Memories:
    """What is remembered of texts of several kinds, which each have a judge."""

    def __init__(self, judges: Mapping[str, Judge]) -> None:
        self._judges = judges
        self._named: dict[str, Remembered] = {}

    def of(self, kind: str, facts: Iterable[str]) -> Remembered:
        """The memory of these facts of a kind of text."""
        asked = tuple(sorted(facts))
        return self._named.setdefault(
            f"{kind}{_BETWEEN}{' '.join(asked)}", remembered(self._judges[kind], asked)
        )

    def known(self) -> dict[str, pl.DataFrame]:
        """All that was met, memory by memory."""
        return {name: memory.known() for name, memory in self._named.items()}

    def learn(self, known: Mapping[str, pl.DataFrame]) -> None:
        """Takes over what is `known` elsewhere, by the same judges."""
        for name, texts in known.items():
            kind, facts = parted(name)
            self.of(kind, facts.split()).learn(texts)


@lru_cache(256)
def remembered(judge: Judge, facts: tuple[str, ...]) -> Remembered:
    """The memory that holds these facts for everybody who asks for them together."""
    return Remembered(judge, facts)


def told_once(texts: pl.Expr, reader: Reader, dtype: pl.DataType) -> pl.Expr:
    """What the reader tells of each text, which it is asked once for each that is different."""
    memory = Remembered(each({"told": reader}), ("told",))
    return texts.map_batches(lambda asked: memory.of(asked)[0].alias(asked.name), return_dtype=dtype)


def either(*facts: pl.Expr) -> pl.Expr:
    """True where one of the facts is; null where all of them are unknown."""
    return reduce(lambda one, other: pl.coalesce(one | other, one, other), facts)


def told_as_of(
    texts: pl.Expr,
    days: pl.Expr,
    turns: Sequence[date],
    tell: Callable[[str, date | None], object],
    dtype: pl.DataType,
) -> pl.Expr:
    """What is told of each text on its day, where that changes on the `turns` (in order) alone.

    A blank day is a day of its own kind; a blank text leaves it null.
    """
    before = turns[0] - timedelta(days=1) if turns else date.max
    begins = dict(enumerate((before, *turns)))
    span = pl.lit(pl.Series(turns, dtype=pl.Date)).search_sorted(days, side="right")
    known = pl.when(days.is_not_null()).then(span)
    pairs = pl.concat_str(known.cast(pl.String).fill_null(""), pl.lit(_ON), texts)

    def told(pair: str) -> object:
        span, _, text = pair.partition(_ON)
        return tell(text, begins[int(span)] if span else None)

    return told_once(pairs, one_by_one(told, dtype), dtype)
