"""The sixth pass: the earlier shipments behind the findings over time that are shown."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from screening.engine.related import Measured, Related
from screening.engine.shuffle import WHERE, joined
from screening.passes.bench import Bench
from screening.passes.book import PartedBook
from screening.passes.looking import rows_in
from screening.passes.stock import put_parted
from screening.passes.turning import ASKED, RESTED


def rest(bench: Bench, book: PartedBook, number: int) -> str:
    """Makes the part with what the shown findings of a look rest on."""
    name = book.rested(number)
    if bench.parts.has(name):
        return name
    asked = ASKED.of(bench.parts, book, number)
    found = _related(bench, book, number, asked) if asked.height else []
    whose = asked.select(*WHERE, "rule").iter_rows()
    rows = [(*one, *_told(related)) for one, related in zip(whose, found, strict=True)]
    with bench.parts.making(name) as (folder, _):
        put_parted(folder, RESTED.name, pl.DataFrame(rows, schema=RESTED.columns, orient="row"))
    return name


def _related(bench: Bench, book: PartedBook, number: int, asked: pl.DataFrame) -> list[Related]:
    look = book.looks[number]
    shuffle = bench.shuffles[look.shuffle]
    needed = rows_in(bench, book, look).filter(shuffle.among(asked["key"]))
    return shuffle.related(joined([needed]), book.begins, asked)


def _told(found: Related) -> tuple[object, ...]:
    m = found.measured
    return (list(found.shipments), found.total, m.count, m.sum, m.ratio, m.first, m.last)


def _related_of(row: dict[str, Any]) -> Related:
    measured = Measured(*(row[name] for name in ("count", "sum", "ratio", "first", "last")))
    return Related(tuple(row["shipments"]), row["total"], measured)


class Rested:
    """What the findings over time on some rows rest on."""

    def __init__(self, bench: Bench, book: PartedBook, shown: Mapping[int, pl.Series]) -> None:
        """`shown` are the places of the rows, batch by batch."""
        self._known: dict[tuple[str, int], Related] = {}
        first = 0
        for batch, places in shown.items():
            at = {place: number for number, place in enumerate(places.to_list(), start=first)}
            rows = RESTED.of(bench.parts, book, batch).iter_rows(named=True)
            self._known |= {(row["rule"], at[row["place"]]): _related_of(row) for row in rows}
            first += len(places)

    def related(self, rule_id: str, at: int) -> Related:
        """What the rule's finding on the row at this position rests on."""
        return self._known[rule_id, at]
