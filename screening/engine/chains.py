"""The rows behind a sequence that was found: the chains that lead to it, and what stopped before."""

from typing import NamedTuple

import numpy as np

from screening.engine.coded import NONE, TRUE, Integers
from screening.engine.pattern import Behind
from screening.engine.related import MAX_RELATED, Measured
from screening.engine.sequences import Steps


class _Chains(NamedTuple):
    """All rows of the chains that end on one day of a group."""

    rows: list[int]
    """A row of each of the first shipments by date and id, one more than are shown."""
    shipments: Integers
    """All shipments, by the rank of their ids."""
    measured: Measured


class SequencePattern(Steps):
    """A rule of steps over one book, and the rows behind its findings."""

    def behind(self, row: int) -> Behind:
        """The rows that complete the pattern, and those of every chain that leads to them."""
        ends = self._ends(row)
        chains = self.book.once(("chains", self.rule.id, *ends.tolist()), lambda: self._chains(ends))
        own, ids = self.book.shipment_ranks()[row], self.book.shipment_ranks()
        shown = [other for other in chains.rows if ids[other] != own][:MAX_RELATED]
        return Behind(shown, int((chains.shipments != own).sum()), chains.measured)

    def _ends(self, row: int) -> Integers:
        """The row, where it completes the pattern; else the rows of the last day that did."""
        line, done = self.line, self.completing()
        code = np.array([line.code_of(row)])
        first = int(line.from_day(code, self.rule.persists or 0)[0])
        after = int(line.to_day(code)[0])
        places = first + np.flatnonzero(done[first:after] == TRUE)
        if row in line.rows[places]:
            return np.array([row], dtype=np.int64)
        last: Integers = line.rows[places[line.codes[places] == line.codes[places[-1]]]]
        return last

    def _chains(self, ends: Integers) -> _Chains:
        code = np.array([self.line.code_of(int(ends[0]))])
        floor, current, found = int(self.floors(code)[0]), ends, [ends]
        for step in range(self.last, self.first, -1):
            current = self._followed_by(step, current, floor)
            found.append(current)
        if self.first:
            first, after = self.before_the_stop(code)
            current = self.lines[0].rows[int(first[0]) : int(after[0])]
            found.append(current)
        return self._summed(np.unique(np.concatenate(found)), current)

    def _summed(self, rows: Integers, first_step: Integers) -> _Chains:
        ids, days = self.book.shipment_ranks(), self.book.days
        ordered = rows[np.lexsort((ids[rows], days[rows]))]
        shipments, firsts = np.unique(ids[ordered], return_index=True)
        shown = ordered[np.sort(firsts)[: MAX_RELATED + 1]].tolist()
        ends = (
            [self.book.date_of(int(day)) for day in np.sort(days[first_step])[[0, -1]]]
            if first_step.size
            else []
        )
        first, last = (ends[0], ends[1]) if ends else (None, None)
        return _Chains(shown, shipments, Measured(first_step.size, None, None, first, last))

    def _followed_by(self, step: int, rows: Integers, floor: int) -> Integers:
        """The rows of the step before through which a chain leads to one of these rows of one group."""
        before, stated, line = self.lines[step - 1], self.rule.steps[step], self.lines[step]
        group = self.book.groups(self.groups)[self.groups[step]][rows[0]]
        first, after = np.searchsorted(before.codes, [group * line.span + floor, (group + 1) * line.span])
        starts = self.latest_starts(step - 1)[first:after]
        others = before.rows[first:after]
        others = others[(starts >= floor) & (starts != NONE) & self.followed(stated, others)]
        found = [others[self._follows(step, others, int(row))] for row in rows]
        return np.unique(np.concatenate(found))

    def _follows(self, step: int, others: Integers, row: int) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
        """True for the rows of the step before that the row surely follows."""
        stated, days = self.rule.steps[step], self.book.days
        linked: np.ndarray[tuple[int], np.dtype[np.bool_]] = (days[others] <= days[row]) & (others != row)
        linked &= self.comparable(stated, np.array([row]))
        if stated.similar:
            (low,), (high,) = self.bounds(stated, np.array([row]))
            amounts = self.book.amounts(stated.similar.field)[0][others]
            linked &= (low <= amounts) & (amounts <= high)
        if stated.differs:
            values = self.book.values(stated.differs)
            linked &= values[others] != values[row]
        return linked
