"""The groups that rows belong to, as numbers that can be compared by the million.

A group's number is found from the columns of the row as rules see them today; what is kept of it is
an index and nothing else, and is made anew when the code or the lists are others.
"""

import zlib
from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import polars as pl

from screening.enrich import fields_of
from screening.history.asked import Asked, Shape
from screening.history.kinds import may_be
from screening.io.rates import NO_RATES
from screening.phrases import once_per_value
from screening.watchlists.lists import ListCatalogue

UNKNOWN = 0
"""The number of a blank: such a row is in no group."""
TEXT = "key of "
"""Before a role: the column that has the key of its party as a text."""
_NO_MATCHES = pl.DataFrame(
    schema=dict.fromkeys(("role", "status", "kind"), pl.String)
    | {"index": pl.UInt32, "score": pl.Float64, "listed_on": pl.Date}
)
_STEP = np.uint64(0x9E3779B97F4A7C15)


def keyed(typed: pl.DataFrame, asked: Asked, lists: ListCatalogue, told: bool = True) -> pl.DataFrame:
    """For each row the number of its group by each field, and whether it may be of each kind.

    With `told` the keys of the parties stand there too, as texts, by role.
    """
    found = fields_of(typed, asked.alone, _NO_MATCHES, lists, NO_RATES)
    numbers = [_numbered(found[name]) for name in asked.keyed]
    texts = [found[f"{role}.key"].alias(TEXT + role) for role in asked.parties] if told else []
    return pl.DataFrame([*numbers, *may_be(found, asked.kinds, lists), *texts])


def _numbered(values: pl.Series) -> pl.Series:
    listed = values.dtype == pl.List(pl.String)
    texts = values.list.join(";") if listed else values.cast(pl.String)
    return once_per_value(texts, _numbers).fill_null(UNKNOWN).alias(values.name)


def _numbers(distinct: pl.Series) -> pl.Series:
    return pl.Series([zlib.crc32(text.encode()) or 1 for text in distinct], dtype=pl.UInt32)


class Sought:
    """The groups of a book's rows: finds the earlier rows that share one with it."""

    def __init__(self, shapes: Sequence[Shape], keys: pl.DataFrame, days: pl.Series) -> None:
        """`keys` are those of the book's rows, `days` their dates."""
        known = days.drop_nulls()
        self.first: date | None = known.min()  # type: ignore[assignment]
        self.last: date | None = known.max()  # type: ignore[assignment]
        self._shapes = [(shape, groups) for shape in shapes if (groups := _groups(keys, shape)) is not None]

    def since(self) -> date | None:
        """The earliest day that matters; None when no day does."""
        if self.first is None or not self._shapes:
            return None
        return _back(self.first, max(shape.reach for shape, _ in self._shapes))

    def among(self, keys: pl.DataFrame, days: pl.Series) -> pl.Series:
        """For each earlier row, by its keys and its day, whether it shares a group within reach."""
        found = np.zeros(len(days), dtype=bool)
        if self.first is None:
            return pl.Series(found)
        for shape, groups in self._shapes:
            timely = days.is_between(_back(self.first, shape.reach), self.last).fill_null(False)
            open_ones = (timely & keys[shape.kept]).to_numpy() & ~found
            places = np.flatnonzero(open_ones)
            if len(places):
                found[places[_shared(keys[places], shape, groups)]] = True
        return pl.Series(found)


def _shared(keys: pl.DataFrame, shape: Shape, groups: pl.Series) -> np.ndarray:
    """Where the rows with these keys are in one of the groups."""
    if not shape.pairs:
        return np.ones(keys.height, dtype=bool)
    numbers, known = _together(keys, [kept for _, kept in sorted(shape.pairs)])
    return np.asarray(pl.Series(numbers).is_in(groups.implode()).to_numpy() & known)


def _groups(keys: pl.DataFrame, shape: Shape) -> pl.Series | None:
    """The groups of the book's rows of the shape's kind; None where there are none."""
    own = keys.filter(pl.col(shape.own)) if keys.height else keys
    if own.is_empty() or not shape.pairs:
        return None if own.is_empty() else pl.Series([], dtype=pl.UInt64)
    numbers, known = _together(own, [asked for asked, _ in sorted(shape.pairs)])
    return pl.Series(numbers[known]).unique() if known.any() else None


def _together(keys: pl.DataFrame, fields: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """One number for the groups of all these fields, and where each of them is known."""
    numbers = np.zeros(keys.height, dtype=np.uint64)
    known = np.ones(keys.height, dtype=bool)
    for name in fields:
        own = keys[name].to_numpy()
        numbers = numbers * _STEP + own.astype(np.uint64)
        known &= own != UNKNOWN
    return numbers, known


def _back(day: date, days: int) -> date:
    return day - timedelta(days=days) if day.toordinal() > days else date.min
