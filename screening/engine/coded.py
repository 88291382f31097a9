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
    """The rows of a book that count, in columns of whole numbers."""

    def __init__(
        self, rows: pl.DataFrame, selected: Mapping[Hashable, Truths], begins: pl.Series, at: Integers
    ) -> None:
        """`rows` has the fields that are asked for, `shipment.date` and `story`; `selected` says which
        rows fulfil each selection, by its key; `begins` the day that the book of each row reaches back to.
        `at` tells where the rows stand, in order, that this book has; a column is coded for these alone.
        """
        self._rows, self._selected, self.at = rows, selected, at
        self._made: dict[Hashable, object] = {}
        self._turns: defaultdict[Hashable, Lock] = defaultdict(Lock)
        days = day_numbers(self._column("shipment.date"))
        known = days != NO_DAY
        self._origin = int(days[known].min()) if known.any() else 0
        self.days: Integers = np.where(known, days - self._origin, NONE)
        """Days after the first day of all rows."""
        self.span = int(self.days.max(initial=0)) + 2
        """More than any day, with room for the day after the last."""
        stories: Integers = self._column("story").cast(pl.Int64).to_numpy()
        self.stories = stories if int(stories.max(initial=0)) <= at.size else dense(stories)
        first = day_numbers(begins.gather(at))
        self.begins: Integers = np.where(first != NO_DAY, first - self._origin, self.span)
        """For each row the day that its book reaches back to."""

    @property
    def height(self) -> int:
        """The number of rows."""
        return self.at.size

    def _column(self, name: str) -> pl.Series:
        return self._rows[name].gather(self.at)

    def date_of(self, day: int) -> date:
        """The date of a day counted from the first one."""
        return date(1970, 1, 1) + timedelta(days=self._origin + day)

    def day_number(self, day: date | None, otherwise: int) -> int:
        """The day as a number of days after the first one."""
        return otherwise if day is None else day_number(day) - self._origin

    def truths(self, selection: Selection) -> Truths:
        """Whether each row fulfils the selection: FALSE, UNKNOWN or TRUE."""
        return self.once(("truths", selection.key), lambda: self._selected[selection.key][self.at])

    def amounts(self, field: str | None) -> tuple[Integers, Flags]:
        """What each row counts for in thousandths, 0 where it is unknown, and where it is known."""
        return self.once(("amounts", field), lambda: self._amounts(field))

    def _amounts(self, field: str | None) -> tuple[Integers, Flags]:
        if field is None:
            return _constant(self.height, SCALE), np.ones(self.height, dtype=np.bool_)
        values = self._column(field).cast(pl.Float64).to_numpy()  # Nulls become NaN.
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
        kinds = self.once(("kinds", domain), lambda: self._kinds(domain))
        values = self._texts(field)
        written = values.drop_nulls().unique()
        codes_of = _integers(compared(written, field).cast(kinds).to_physical(), NONE)
        places = _integers(values.cast(pl.Enum(written)).to_physical(), NONE)
        # The last place is that of what is unknown.
        return np.concatenate([codes_of, _constant(1, NONE)])[places]

    def _kinds(self, domain: frozenset[str]) -> pl.Enum:
        """The different values of all these fields, as they are compared."""
        told = [compared(self._texts(name).drop_nulls().unique(), name) for name in sorted(domain)]
        return pl.Enum(pl.concat(told).unique())

    def _texts(self, field: str) -> pl.Series:
        return self._column(field).cast(pl.String)

    def _told_of_few(self, field: str) -> Iterable[object]:
        """The same for the few rows of a single shipment's book, where a query costs more than its answer."""
        told = self._column(field).to_list()
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
        return self.once("ids", lambda: self._column("shipment_id").rank("dense").cast(pl.Int64).to_numpy())

    def once(self, key: Hashable, make: Callable[[], Thing]) -> Thing:
        """What `make` makes, made once for all that ask for it by this key, from whatever thread."""
        with self._turns[key]:
            if key not in self._made:
                self._made[key] = make()
        found: Thing = self._made[key]  # type: ignore[assignment]
        return found


NO_DAY = -(1 << 40)
"""The number of an unknown day."""
_FEW = 2_000


def _integers(values: pl.Series, unknown: int) -> Integers:
    whole = values.cast(pl.Int64)
    found: Integers = (whole.fill_null(unknown) if whole.null_count() else whole).to_numpy()
    return found


def compared(values: pl.Series, field: str) -> pl.Series:
    """The values of a field as they are compared: texts whatever their case."""
    texts = values.cast(pl.String)
    return texts.str.to_lowercase() if FIELDS[field].type is FieldType.TEXT else texts


def _constant(height: int, value: int) -> Integers:
    return np.full(height, value, dtype=np.int64)


def day_number(day: date) -> int:
    """The days from the first one of 1970."""
    return (day - date(1970, 1, 1)).days


def day_numbers(days: pl.Series) -> Integers:
    """The same for each day; NO_DAY where it is unknown."""
    return _integers(days.cast(pl.Int32), NO_DAY)


def beginnings(rows: pl.DataFrame, begins: date | pl.Series | None) -> pl.Series:
    """The day that the book of each row reaches back to: `begins`, without it the first day of its story."""
    if isinstance(begins, pl.Series):
        return begins
    if begins is not None:
        return pl.Series([begins], dtype=pl.Date).new_from_index(0, rows.height)
    return rows.select(pl.col("shipment.date").min().over("story")).to_series()


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
