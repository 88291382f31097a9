"""Rules whose findings rest on the rows of one window before a row: those that count, those that compare."""

import numpy as np

from screening.engine.coded import Integers
from screening.engine.pattern import Pattern, Stated
from screening.engine.related import MAX_RELATED
from screening.engine.timeline import distinct_within


class WindowedPattern(Pattern[Stated]):
    """A rule that looks at the days of one window up to the row's own."""

    def added(self, field: str | None) -> Integers:
        """The sum of all amounts before each place of the line: differences are sums between two places."""
        return self.book.once(("added", field, id(self.line)), lambda: self._added(field))

    def _added(self, field: str | None) -> Integers:
        amounts = self.book.amounts(field)[0][self.line.rows]
        return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(amounts)])

    def window(self, code: int) -> tuple[int, int]:
        """The places in the line of a group's window that ends on a day: its first, and the one after."""
        ends = np.array([code])
        return int(self.line.from_day(ends, self.rule.span)[0]), int(self.line.to_day(ends)[0])

    def place(self, row: int) -> int:
        """A place of the line that has the row's group and day, and so its window."""
        return self.window(self.line.code_of(row))[1] - 1

    def in_window(self, row: int, code: int) -> tuple[list[int], int]:
        """A row of each of the first shipments in a window but the row's own, and their number.

        A window may hold most of the book, and be asked for on each of its rows: only its first rows
        are looked at, and shipments are numbered for all windows at once.
        """
        ids, (first, after) = self.book.shipment_ranks(), self.window(code)
        ordered, found = self._by_id(), dict[int, int]()
        for other in (int(ordered[place]) for place in range(first, after)):
            if ids[other] != ids[row]:
                found.setdefault(int(ids[other]), other)
            if len(found) == MAX_RELATED:
                break
        own = bool((ids[self.line.rows[first:after]] == ids[row]).any())
        return list(found.values()), int(self._shipments()[after - 1]) - own

    def _by_id(self) -> Integers:
        """The rows of the line by group, day and shipment id."""
        line, ids = self.line, self.book.shipment_ranks()
        key = ("by id", id(line))
        return self.book.once(key, lambda: line.rows[np.lexsort((ids[line.rows], line.codes))])

    def _shipments(self) -> Integers:
        """How many shipments the window of each row of the line holds."""
        line, days, ids = self.line, self.rule.span, self.book.shipment_ranks()
        key = ("shipments", id(line), days)
        return self.book.once(key, lambda: distinct_within(line, ids[line.rows], days, line.codes))
