"""The sixth pass: the earlier shipments behind the findings over time that are shown."""

from collections.abc import Iterator
from typing import Any

import polars as pl

from screening.engine.related import Measured, Related
from screening.engine.shuffle import WHERE
from screening.passes.bench import Bench
from screening.passes.book import PartedBook
from screening.passes.looking import rows_in
from screening.passes.stock import get, put

_RELATED: dict[str, Any] = {
    "shipments": pl.List(pl.String),
    "total": pl.Int64,
    "count": pl.Int64,
    "sum": pl.Float64,
    "ratio": pl.Float64,
    "first": pl.Date,
    "last": pl.Date,
}


def rest(bench: Bench, book: PartedBook, number: int) -> str:
    """Makes the part with what the shown findings of a look rest on."""
    name, asked = book.rested(number), book.looks[number]
    if bench.parts.has(name):
        return name
    wanted = pl.concat(_wanted(bench, book, batch, number) for batch in book.numbers)
    shuffle = bench.shuffles[asked.shuffle]
    found = shuffle.related(rows_in(bench, book, asked), book.begins, wanted) if wanted.height else []
    told = pl.DataFrame([_row(one) for one in found], schema=_RELATED, orient="row")
    with bench.parts.making(name) as (folder, _):
        put(folder, "related", wanted.hstack(told))
    return name


def _wanted(bench: Bench, book: PartedBook, batch: int, number: int) -> pl.DataFrame:
    asked = get(bench.parts.of(book.decided(batch)), "asked").filter(pl.col("look") == number)
    return asked.select(pl.lit(batch, WHERE["part"]).alias("part"), "place", "rule")


def _row(found: Related) -> tuple[object, ...]:
    m = found.measured
    return (list(found.shipments), found.total, m.count, m.sum, m.ratio, m.first, m.last)


def _related(row: dict[str, Any]) -> Related:
    measured = Measured(*(row[name] for name in ("count", "sum", "ratio", "first", "last")))
    return Related(tuple(row["shipments"]), row["total"], measured)


class Rested:
    """What the findings over time of one batch rest on."""

    def __init__(self, bench: Bench, book: PartedBook, batch: int) -> None:
        rows = (row for number in range(len(book.looks)) for row in _rows(bench, book.rested(number), batch))
        self._known = {(row["rule"], row["place"]): _related(row) for row in rows}

    def related(self, rule_id: str, at: int) -> Related:
        """What the rule's finding on the row at this place of the batch rests on."""
        return self._known[rule_id, at]


def _rows(bench: Bench, name: str, part: int) -> Iterator[dict[str, Any]]:
    return get(bench.parts.of(name), "related").filter(pl.col("part") == part).iter_rows(named=True)
