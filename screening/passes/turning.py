"""Between passes by batches and passes by looks: what each tells the other, put in the other's order.

A look finds something on rows of every batch, and a batch asks something of every look. If each batch
opened what all looks found, files would be opened as often as there are batches times looks. So lines
are turned for some batches, or some looks, at a time.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from screening.engine.shuffle import FOUND, WHERE
from screening.passes.bench import Bench
from screening.passes.book import PartedBook
from screening.passes.folder import Parts
from screening.passes.stock import gathered, put_parted

AT_ONCE = 16
"""For so many batches or looks lines are turned at once, and held in memory."""
_FOUND = {"look": pl.UInt32, **FOUND}
_RELATED = {
    **WHERE,
    "rule": pl.String,
    "shipments": pl.List(pl.String),
    "total": pl.Int64,
    "count": pl.Int64,
    "sum": pl.Float64,
    "ratio": pl.Float64,
    "first": pl.Date,
    "last": pl.Date,
}


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of one kind, in files of this name."""

    name: str
    by: str
    """The column that says whose a line is; every file is in its order."""
    columns: Mapping[str, Any]
    told: Callable[[PartedBook], Iterator[str]]
    """The parts that have them, as they were told."""

    def turn(self, bench: Bench, book: PartedBook, number: int) -> str:
        """Makes the part with the lines of some of those that they are told to."""
        name, parts = book.turned(self.name, number), bench.parts
        if not parts.has(name):
            wanted = range(number * AT_ONCE, (number + 1) * AT_ONCE)
            told = [parts.of(one) for one in self.told(book)]
            lines = gathered(told, self.name, self.by, wanted) if told else pl.DataFrame(schema=self.columns)
            with parts.making(name) as (folder, _):
                put_parted(folder, self.name, lines.sort(self.by, maintain_order=True))
        return name

    def of(self, parts: Parts, book: PartedBook, number: int) -> pl.DataFrame:
        """The lines that are told to this one, after they were turned."""
        turned = parts.of(book.turned(self.name, number // AT_ONCE))
        return gathered([turned], self.name, self.by, range(number, number + 1))


def turns(count: int) -> range:
    """The numbers of the parts into which lines are turned that are told to so many."""
    return range(-(-count // AT_ONCE))


def _looked(book: PartedBook) -> Iterator[str]:
    return map(book.looked, range(len(book.looks)))


def _decided(book: PartedBook) -> Iterator[str]:
    return map(book.decided, book.numbers)


def _rested(book: PartedBook) -> Iterator[str]:
    return map(book.rested, range(len(book.looks)))


LOOKED = Lines("found", "part", _FOUND, _looked)
"""What looks found, for the batches."""
ASKED = Lines("asked", "look", _FOUND, _decided)
"""The findings that batches show, for the looks that found them."""
RESTED = Lines("related", "part", _RELATED, _rested)
"""What these findings rest on, for the batches."""
