"""The latest row before each of many whose amount lies within bounds, found for all of them at once.

Rows are split by amount into halves, quarters and so on; in each part they stay in order of time. A
span of amounts is made up of few such parts, at most two of each size, and the place of a row's past
within a part follows from its place in the part twice as large. So the cost grows as n log n,
however many rows share a group, a day or an amount.
"""

from typing import NamedTuple

import numpy as np

from screening.engine.coded import NONE, Flags, Integers
from screening.engine.latest import Best, running_best


class Sought(NamedTuple):
    """What is asked for: of the first `until` rows, those with `low` <= amount <= `high`, not the owner's."""

    until: Integers
    low: Integers
    high: Integers
    owners: Integers


def latest_alike(marks: Integers, owners: Integers, amounts: Integers, sought: Sought) -> Integers:
    """The highest mark of the rows that each question asks for; NONE where there is none.

    Marks, owners and amounts are those of the rows in order of time.
    """
    found = np.full(sought.until.size, NONE, dtype=np.int64)
    if not marks.size:
        return found
    by_amount = np.argsort(amounts, kind="stable")
    ranks = np.empty(marks.size, dtype=np.int64)
    ranks[by_amount] = np.arange(marks.size)
    ordered = amounts[by_amount]
    low = np.searchsorted(ordered, sought.low, side="left")
    high = np.searchsorted(ordered, sought.high, side="right")
    asked = np.flatnonzero((low < high) & (sought.until > 0))
    told, place = np.unique(marks, return_inverse=True)
    halves = _Halves(ranks, place.astype(np.int64), owners)
    best = halves.best(low[asked], high[asked], sought.until[asked], sought.owners[asked])
    found[asked] = np.where(best == NONE, NONE, told[best])
    return found


class _Halves:
    """The rows in their order of time, split again and again by their rank of amount."""

    def __init__(self, ranks: Integers, marks: Integers, owners: Integers) -> None:
        self._rows = _Rows(ranks, marks, owners)
        self._zeros = np.zeros(0, dtype=np.int64)
        self._level = int(ranks.size).bit_length()

    def best(self, low: Integers, high: Integers, until: Integers, owners: Integers) -> Integers:
        """The best mark among the first `until` rows with low <= rank < high, the owner's left out."""
        found = np.full(low.size, NONE, dtype=np.int64)
        above_low, below_high = until.copy(), until.copy()
        while self._level:
            self._split()
            apart = low >> (self._level + 1) != high >> (self._level + 1)
            best = self._rows.best(self._level)
            at = self._descend(low, above_low, apart, right=True)
            self._keep(found, best, at, owners)
            at = self._descend(high, below_high, apart, right=False)
            self._keep(found, best, at, owners)
        # What is left of the lower end is the one row of that very rank.
        self._keep(found, self._rows.best(0), np.where(above_low > 0, low, NONE), owners)
        return found

    def _split(self) -> None:
        """Each part becomes two: the lower ranks of it, then the higher ones, each in order of time."""
        self._level -= 1
        ranks, size = self._rows.ranks, 1 << self._level
        start = ranks >> (self._level + 1) << (self._level + 1)
        lower = (ranks & size) == 0
        self._zeros = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(lower)])
        zeros = self._zeros[:-1] - self._zeros[start]
        place = np.where(lower, start + zeros, np.arange(ranks.size) + size - zeros)
        self._rows = self._rows.moved_to(place)

    def _descend(self, rank: Integers, count: Integers, apart: Flags, right: bool) -> Integers:
        """Takes each bound to the half that it lies in, and its count of rows along.

        Returns the place of the last row of the other half, where all of that half is asked for.
        """
        size = 1 << self._level
        start = rank >> (self._level + 1) << (self._level + 1)
        zeros = self._zeros[start + count] - self._zeros[start]
        in_upper = (rank & size) != 0
        whole = zeros if not right else count - zeros
        last = start + whole - 1 + (size if right else 0)
        wanted = apart & (in_upper ^ right) & (whole > 0)
        count[:] = np.where(in_upper, count - zeros, zeros)
        return np.where(wanted, last, NONE)

    def _keep(self, found: Integers, best: Best, at: Integers, owners: Integers) -> None:
        asked = np.flatnonzero(at >= 0)
        marks = best.without(owners[asked], at[asked]) - self._rows.base(at[asked], self._level)
        found[asked] = np.maximum(found[asked], np.maximum(marks, NONE))


class _Rows(NamedTuple):
    """Rows in order of part and time; marks are less than the number of rows."""

    ranks: Integers
    marks: Integers
    owners: Integers

    def moved_to(self, place: Integers) -> "_Rows":
        """The rows with each at its new place."""
        whole = [np.empty_like(column) for column in self]
        for column, moved in zip(self, whole, strict=True):
            moved[place] = column
        return _Rows(*whole)

    def base(self, at: Integers, level: int) -> Integers:
        """What a mark counts from at this place: a part's marks exceed those of the parts before."""
        base: Integers = (self.ranks[at] >> level) * (self.ranks.size + 1)
        return base

    def best(self, level: int) -> Best:
        """The best marks of each part up to each place."""
        everywhere = np.arange(self.ranks.size)
        return running_best(self.marks + self.base(everywhere, level), self.owners)
