"""What a task on an executor is told, and what its worker keeps for the next one.

A Python worker of Spark is a process of its own and takes one task after the other. It loads the
columns' engine itself, after it was forked, and makes the screener of a job once.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Protocol, TypeVar

import polars as pl

from screening.engine.shuffle import BUCKETS, Shuffle, shuffles
from screening.io.mapping import ColumnMapping
from screening.screener import Screener
from screening.spark.parcels import unpacked
from screening.spark.recipe import Recipe, screener_of, written_out

Value_co = TypeVar("Value_co", covariant=True)

_JOBS = 4
"""Frames that a worker keeps unpacked: those of one job, and of the one before."""


class Broadcast(Protocol[Value_co]):
    """A value that every executor has, as Spark's broadcasts are."""

    @property
    def value(self) -> Value_co:
        """The value."""


@dataclass(frozen=True)
class Known:
    """What the driver has learned of the book as a whole, and tells every task."""

    standing: bytes
    """The rows that are told again (`reason` says of which) or replaced: a frame of `row` and `reason`."""
    amended: bytes
    """The fields that compare revisions, of the rows that have an earlier one: a frame of `row` and these."""
    begins: date | None
    """The first day that the book reaches back to."""


@dataclass(frozen=True)
class Work:
    """What a task is told."""

    recipe: Broadcast[Recipe]
    file: str
    mapping: ColumnMapping
    starts: dict[int, int] | None
    """How many rows come before those of each of Spark's partitions; None where the rows bring numbers."""
    groups: int
    """Into how many groups rows come together where they are compared; a power of two."""
    known: Broadcast[Known] | None = None
    chosen: Broadcast[bytes] | None = None
    """The rows to look at, where it is not all of them: a frame of `row`."""

    @property
    def screener(self) -> Screener:
        """The screener of the job; made once in a process."""
        from pyspark import SparkFiles

        return screener_of(written_out(self.recipe.value, Path(SparkFiles.getRootDirectory())))

    @property
    def shuffles(self) -> dict[str, Shuffle]:
        """The shuffles of its rules over time, by their names."""
        return _shuffles(self.screener)

    @property
    def buckets(self) -> int:
        """How many buckets of a shuffle come together."""
        return max(1, BUCKETS // self.groups)

    @property
    def standing(self) -> pl.DataFrame:
        """The rows that are told again or replaced."""
        return _frame(self._known.standing)

    @property
    def amended(self) -> pl.DataFrame:
        """What the rows that have an earlier revision changed."""
        return _frame(self._known.amended)

    @property
    def begins(self) -> date | None:
        """The first day that the book reaches back to."""
        return self._known.begins

    @property
    def rows(self) -> pl.Series | None:
        """The numbers of the rows to look at, where it is not all of them."""
        return None if self.chosen is None else _frame(self.chosen.value)["row"]

    @property
    def _known(self) -> Known:
        assert self.known is not None, "rows are judged when the driver knows the book"
        return self.known.value


@lru_cache(maxsize=_JOBS)
def _frame(body: bytes) -> pl.DataFrame:
    return unpacked(body)


@lru_cache(maxsize=1)
def _shuffles(screener: Screener) -> dict[str, Shuffle]:
    return {one.name: one for one in shuffles(screener.ruleset.window_rules, screener.lists)}
