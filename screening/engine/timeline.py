"""Rows of one kind sorted by group and day, and what lies in a window before a row of its group.

Every question is answered for all rows at once by looking up places in sorted codes, so its cost does
not depend on how the rows are spread over groups: a party with a fifth of all rows is no worse than
many small ones.
"""

import numpy as np

from screening.engine.coded import NONE, TRUE, CodedBook, Flags, Integers, Truths, dense, fits, paired


class Timeline:
    """The rows for which something is true, in order of group and day; rows without either are left out."""

    def __init__(self, book: CodedBook, truths: Truths, groups: Integers) -> None:
        # Not the book, which keeps its lines: both would stay until garbage is collected.
        self.span, self._groups, self._days = book.span, groups, book.days
        rows = np.flatnonzero((truths == TRUE) & (groups != NONE) & (book.days != NONE))
        codes = groups[rows] * self.span + book.days[rows]
        order = np.argsort(codes)
        self.rows: Integers = rows[order].astype(np.int64)
        """Positions in the book."""
        self.codes: Integers = codes[order]
        """Group and day in one number."""

    @property
    def days(self) -> Integers:
        """The day of each row."""
        return self.codes % self.span

    @property
    def groups(self) -> Integers:
        """The group of each row."""
        return self.codes // self.span

    def from_day(self, codes: Integers, ago: int) -> Integers:
        """For each group and day the place of the first row at most so many days before."""
        days = codes % self.span
        return np.searchsorted(self.codes, codes - np.minimum(days, ago), side="left")

    def to_day(self, codes: Integers, ago: int = 0) -> Integers:
        """For each group and day the place after the last row at least so many days before."""
        if ago == 0:
            return np.searchsorted(self.codes, codes, side="right")
        days = codes % self.span
        # A day before the first one has no code of its own: the place is then where the group begins.
        return np.searchsorted(self.codes, codes - np.minimum(days, ago - 1), side="left")

    def code_of(self, row: int) -> int:
        """The group and day of a row of the book that stands in this line, or in one beside it."""
        return int(self._groups[row] * self.span + self._days[row])


def distinct_within(line: Timeline, values: Integers, days: int, codes: Integers) -> Integers:
    """How many different known values the line's rows have, for each group and day, in the days up to it.

    A value that occurs on day a, and next on day b, is the latest of its kind from a to b - 1: counted
    so, each value of a window is counted exactly once.
    """
    known = values != NONE
    kinds = paired(line.groups[known], values[known])
    kinds = kinds if fits(kinds, line.span) else dense(kinds)
    order = np.argsort(kinds * line.span + line.days[known])
    kinds, begun, groups = kinds[order], line.days[known][order], line.groups[known][order]
    follows = np.append(kinds[1:] == kinds[:-1], False) if kinds.size else np.zeros(0, dtype=np.bool_)
    after = np.where(follows, np.roll(begun, -1), line.span - 1)
    over = np.minimum(after, begun + days + 1)
    starts, ends = np.sort(groups * line.span + begun), np.sort(groups * line.span + over)
    return np.searchsorted(starts, codes, side="right") - np.searchsorted(ends, codes, side="right")


def any_between(flags: Flags, first: Integers, after: Integers) -> Flags:
    """True where a flag stands between two places."""
    counted = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(flags)])
    return counted[after] > counted[first]
