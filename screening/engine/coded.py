"""The rows of a book as arrays of whole numbers: days, groups, values, amounts, and what clauses say.

Each column is coded once, however many rules ask for it. A code says only which values are the same;
no result depends on which number a value gets.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from threading import Lock
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import polars as pl

from screening.engine.amounts import LARGEST, SCALE
from screening.fields import FIELDS, FieldType
from screening.ruleset.selection import Selection

Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Truths = npt.NDArray[np.int8]

FALSE, UNKNOWN, TRUE = 0, 1, 2
"""In this order Kleene's `and` is the smaller, his `or` the larger of two truths."""
NONE = -1
"""The code of what is unknown."""

Group = tuple[str, ...]
Thing = TypeVar("Thing")


class CodedBook:
    """The rows of a book in columns of whole numbers."""

    def __init__(
        self, rows: pl.DataFrame, selected: Mapping[Hashable, Truths], begins: date | None = None
    ) -> None:
        """`rows` has the fields that are asked for, `shipment.date` and `story`; `selected` says which
        rows fulfil each selection, by its key.
        """
        self._rows, self._selected = rows, selected
        self._made: dict[Hashable, object] = {}
        self._turns: defaultdict[Hashable, Lock] = defaultdict(Lock)
        days = _integers(rows["shipment.date"].cast(pl.Int32), _EARLIEST)
        known = days != _EARLIEST
        self._origin = int(days[known].min()) if known.any() else 0
        self.days: Integers = np.where(known, days - self._origin, NONE)
        """Days after the first day of all rows."""
        self.span = int(self.days.max(initial=0)) + 2
        """More than any day, with room for the day after the last."""
        stories: Integers = rows["story"].cast(pl.Int64).to_numpy()
        self.stories = stories if int(stories.max(initial=0)) <= rows.height else dense(stories)
        self.begins = self._beginnings(begins)
        """For each row the day that its book reaches back to."""

    @property
    def height(self) -> int:
        """The number of rows."""
        return self._rows.height

    def _beginnings(self, begins: date | None) -> Integers:
        if begins is not None:
            return _constant(self.height, self.day_number(begins, 0))
        first, known = _constant(int(self.stories.max(initial=0)) + 1, self.span), self.days != NONE
        np.minimum.at(first, self.stories[known], self.days[known])
        return first[self.stories]

    def date_of(self, day: int) -> date:
        """The date of a day counted from the first one."""
        return date(1970, 1, 1) + timedelta(days=self._origin + day)

    def day_number(self, day: date | None, otherwise: int) -> int:
        """The day as a number of days after the first one."""
        return otherwise if day is None else _ordinal(day) - self._origin

    def truths(self, selection: Selection) -> Truths:
        """Whether each row fulfils the selection: FALSE, UNKNOWN or TRUE."""
        return self._selected[selection.key]

    def amounts(self, field: str | None) -> tuple[Integers, Flags]:
        """What each row counts for in thousandths, 0 where it is unknown, and where it is known."""
        return self.once(("amounts", field), lambda: self._amounts(field))

    def _amounts(self, field: str | None) -> tuple[Integers, Flags]:
        if field is None:
            return _constant(self.height, SCALE), np.ones(self.height, dtype=np.bool_)
        values = self._rows[field].cast(pl.Float64).to_numpy()  # Nulls become NaN.
        known: Flags = ~np.isnan(values)
        bounded = np.clip(np.where(known, values, 0.0), -LARGEST, LARGEST)
        return np.floor(bounded * SCALE + 0.5).astype(np.int64), known

    def values(self, field: str, among: frozenset[str] | None = None) -> Integers:
        """A code for each row's value; fields that share the codes `among` them can be compared."""
        domain = among or frozenset({field})
        return self.once(("values", field, domain), lambda: self._values(field, domain))

    def _values(self, field: str, domain: frozenset[str]) -> Integers:
        if self.height <= _FEW:
            codes = self.once(("codes of few", domain), lambda: dict[object, int]())
            told = self._told_of_few(field)
            found = [NONE if value is None else codes.setdefault(value, len(codes)) for value in told]
            return np.array(found, dtype=np.int64)
        known = self.once(("codes", domain), lambda: self._codes(domain))
        column = self._told(field).to_frame("value")
        return _integers(column.join(known, on="value", how="left", maintain_order="left")["code"], NONE)

    def _codes(self, domain: frozenset[str]) -> pl.DataFrame:
        values = pl.concat([self._told(name).unique() for name in sorted(domain)]).drop_nulls().unique()
        return values.to_frame("value").with_row_index("code")

    def _told(self, field: str) -> pl.Series:
        """The field's values as they are compared: texts whatever their case."""
        told = self._rows[field].cast(pl.String)
        return (told.str.to_lowercase() if FIELDS[field].type is FieldType.TEXT else told).alias("value")

    def _told_of_few(self, field: str) -> Iterable[object]:
        """The same for the few rows of a single shipment's book, where a query costs more than its answer."""
        told = self._rows[field].to_list()
        if FIELDS[field].type is not FieldType.TEXT:
            return told
        return [None if value is None else str(value).lower() for value in told]

    def groups(self, groups: Sequence[Group]) -> dict[Group, Integers]:
        """For each group of fields the code of every row's group; equal values have equal codes in all.

        NONE where a part of the group is unknown.
        """
        wanted = tuple(dict.fromkeys(groups))
        return self.once(("groups", wanted), lambda: self._groups(wanted))

    def _groups(self, wanted: Sequence[Group]) -> dict[Group, Integers]:
        whole = np.concatenate([self.stories] * len(wanted))
        for slot in range(len(wanted[0])):
            domain = frozenset(group[slot] for group in wanted)
            parts = np.concatenate([self.values(group[slot], domain) for group in wanted])
            whole = np.where((whole == NONE) | (parts == NONE), NONE, paired(whole, parts))
        codes = whole if fits(whole, self.span) else dense(whole)
        return dict(zip(wanted, np.split(codes, len(wanted)), strict=True))

    def shipment_ranks(self) -> Integers:
        """The place of each row's shipment id among all ids in their order."""
        return self.once("ids", lambda: self._rows["shipment_id"].rank("dense").cast(pl.Int64).to_numpy())

    def once(self, key: Hashable, make: Callable[[], Thing]) -> Thing:
        """What `make` makes, made once for all that ask for it by this key, from whatever thread."""
        with self._turns[key]:
            if key not in self._made:
                self._made[key] = make()
        found: Thing = self._made[key]  # type: ignore[assignment]
        return found


_EARLIEST = -(1 << 40)
_FEW = 2_000


def _integers(values: pl.Series, unknown: int) -> Integers:
    whole = values.cast(pl.Int64)
    found: Integers = (whole.fill_null(unknown) if whole.null_count() else whole).to_numpy()
    return found


def _constant(height: int, value: int) -> Integers:
    return np.full(height, value, dtype=np.int64)


def _ordinal(day: date) -> int:
    return (day - date(1970, 1, 1)).days


def paired(one: Integers, other: Integers) -> Integers:
    """A code for each pair of codes, the same for the same pair; NONE counts as a value of its own."""
    width = int(other.max(initial=0)) + 2
    return ((one if fits(one, width) else dense(one)) + 1) * width + other + 1


def fits(codes: Integers, width: int) -> bool:
    """True when each code can still be paired with so many others in one number."""
    return int(codes.max(initial=0)) + 2 <= (1 << 62) // width


def dense(codes: Integers) -> Integers:
    """The codes in their order without gaps; NONE stays NONE."""
    known, places = np.unique(codes, return_inverse=True)
    return places.astype(np.int64) - (1 if known.size and known[0] == NONE else 0)


def fulfilled(truths: Iterable[Truths]) -> Truths:
    """Kleene's `and`."""
    least: Truths = np.minimum.reduce(list(truths))
    return least


def truth_of(sure: Flags, unknown: Flags | bool = False) -> Truths:
    """TRUE where it is sure, else UNKNOWN where it can't be told, else FALSE."""
    return np.where(sure, TRUE, np.where(unknown, UNKNOWN, FALSE)).astype(np.int8)
