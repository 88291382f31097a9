"""A pass for several workers: each meets its share of the names and texts, and all of them learn of it.

Most of a book's parties come again and again, and to find out about one costs more than a row. What is
met here, in some of the batches, no worker has to find out by itself.
"""

from collections.abc import Iterator

import polars as pl

from screening.io.batch import Batch
from screening.passes.bench import Bench
from screening.passes.book import PartedBook
from screening.passes.folder import Parts
from screening.passes.stock import get, put
from screening.shipment import COLUMNS, ROLES, Kind

_BATCHES = 4
"""Batches, spread over the book, that are looked through for names and texts."""
_OFTEN = 0.5
_KNOWN_BY = ("name", "country", "identifier", "imo", "address")
_SEED = 7


def share_known(bench: Bench, book: PartedBook) -> None:
    """Makes the part with what this process knows from before the run, for all to learn."""
    if book.shares and not bench.parts.has(book.known):
        _tell(bench, book.known)


def meet(bench: Bench, book: PartedBook, share: int) -> str:
    """Makes the part with what is told of one share of the names and texts."""
    name = book.met(share)
    if bench.parts.has(name):
        return name
    _learn(bench, book.known)
    some = _met(bench.parts, book, share, book.shares)
    bench.screener.facts(some, pl.DataFrame(), besides=bench.screener.fields_over_time)
    _tell(bench, name)
    return name


def learn(bench: Bench, book: PartedBook) -> None:
    """Lets this worker's screener know what all of them have met."""
    for share in range(book.shares):
        _learn(bench, book.met(share))


def _tell(bench: Bench, name: str) -> None:
    with bench.parts.making(name) as (folder, facts):
        learned = bench.screener.learned()
        facts["named"] = {f"{at:03}": named for at, named in enumerate(learned)}
        for at, frame in enumerate(learned.values()):
            put(folder, f"{at:03}", frame)


def _learn(bench: Bench, name: str) -> None:
    if name not in bench.learned_from:
        bench.learned_from.add(name)
        named = bench.parts.facts(name)["named"]
        bench.screener.learn({told: get(bench.parts.of(name), file) for file, told in named.items()})


def _met(parts: Parts, book: PartedBook, share: int, shares: int) -> Batch:
    """Rows that have each name and text of the share once, and no others; the rest of them is as it was."""
    numbers = [*book.numbers][:: -(-len(book.read) // _BATCHES)]
    rows = pl.concat((get(parts.of(book.read[number]), "typed") for number in numbers), how="diagonal")
    groups = [[c for c in group if c in rows.columns] for group in _together()]
    keys = rows.select(
        _first(group, share, shares).alias(str(at)) for at, group in enumerate(groups) if group
    )
    # What hardly comes again is no use to others.
    keys = keys.select(one for one in keys if one.sum() * shares < rows.height * _OFTEN)
    wanted = keys.select(pl.any_horizontal(pl.all())).to_series() if keys.width else _none(rows)
    kept = rows.hstack(keys.select(pl.all().name.prefix("first "))).filter(wanted)
    only = (
        pl.when(f"first {at}" if str(at) in keys.columns else False).then(pl.col(name)).alias(name)
        for at, group in enumerate(groups)
        for name in group
    )
    typed = kept.with_columns(only).select(rows.columns)
    lines = pl.Series("line", [None] * typed.height, dtype=pl.UInt32)
    return Batch("", typed, pl.DataFrame(), frozenset(), pl.DataFrame(), lines)


def _none(rows: pl.DataFrame) -> pl.Series:
    return pl.repeat(False, rows.height, eager=True)


def _together() -> Iterator[list[str]]:
    """Columns whose texts are told of together: what a party is known by, and each other text alone."""
    known_by = [[f"{role}_{told}" for told in _KNOWN_BY] for role in ROLES]
    yield from known_by
    others = [column.name for column in COLUMNS.values() if column.kind is Kind.TEXT]
    yield from ([name] for name in others if name not in {c for group in known_by for c in group})


def _first(group: list[str], share: int, shares: int) -> pl.Expr:
    # By the name alone, which is what costs: in other roles less may be told of the same party.
    called = pl.coalesce(group).hash(_SEED)
    own = (called % shares == share) & pl.any_horizontal(pl.col(name).is_not_null() for name in group)
    return own & pl.struct(group).hash(_SEED).is_first_distinct()
