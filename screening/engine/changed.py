"""Rules that compare a group with its own past: the days of a window against those before it."""

import numpy as np

from screening.engine.amounts import SCALE
from screening.engine.coded import FALSE, TRUE, Flags, Integers, Truths, fulfilled, truth_of
from screening.engine.pattern import Behind
from screening.engine.related import Measured
from screening.engine.windowed import WindowedPattern
from screening.ruleset.windows import ChangeRule

_SURE = 1e-9
"""More than floating-point numbers err by here; what is nearer is compared in whole numbers."""


class ChangePattern(WindowedPattern[ChangeRule]):
    """A rule that compares with the past, over one book."""

    def completed(self) -> Truths:
        """True for the rows on which the change shows, and for those that carry it on."""
        done, days = self.completing(), self.rule.persists
        return done if days is None else self.carried(done, days)

    def completing(self) -> Truths:
        """Whether the change shows on each row of the line itself."""
        return self.book.once(("completing", self.rule.id), self._completing)

    def _completing(self) -> Truths:
        """True where the daily amount is so many times that of the baseline, and the baseline has any."""
        rule, line = self.rule, self.line
        now, before = self._sums(line.codes)
        begun, past = line.from_day(line.codes, rule.window), line.from_day(line.codes, rule.past)
        enough = (line.to_day(line.codes) - begun >= rule.min_rows) & (begun - past >= rule.min_baseline_rows)
        known = self.book.amounts(rule.measured)[1][line.rows]
        reached = truth_of(self._reached(now, before), ~known)
        held = fulfilled([truth_of(enough), truth_of(before > 0), reached])
        short = line.days - self.book.begins[line.rows] < rule.past
        held = np.where(short, truth_of(~short, short), held).astype(np.int8)
        held[~self.in_force(line.days)] = FALSE
        return held

    def _sums(self, codes: Integers) -> tuple[Integers, Integers]:
        """What the window and what the baseline of each group and day hold, in thousandths."""
        line, added = self.line, self.added(self.rule.measured)
        begun = added[line.from_day(codes, self.rule.window)]
        return added[line.to_day(codes)] - begun, begun - added[line.from_day(codes, self.rule.past)]

    def _reached(self, now: Integers, before: Integers) -> Flags:
        ratio = self.rule.ratio
        times = (self.rule.baseline * ratio.denominator, self.rule.window * ratio.numerator)
        return as_much(now, times[0], before, times[1])

    def behind(self, row: int) -> Behind:
        """The rows of the window on whose end the change shows last; the past is in the ratio."""
        code = self._shown(row)
        first, after = self.window(code)
        now, before = (int(amount[0]) for amount in self._sums(np.array([code])))
        ratio = (now * self.rule.baseline) / (before * self.rule.window) if before else None
        days = self.days_between(self.line, first, after)
        return Behind(*self.in_window(row, code), Measured(after - first, now / SCALE, ratio, *days))

    def _shown(self, row: int) -> int:
        """The group and the last day, up to the row's own, on which the change shows."""
        line, code = self.line, np.array([self.line.code_of(row)])
        first, after = line.from_day(code, self.rule.persists or 0)[0], line.to_day(code)[0]
        return int(line.codes[first:after][self.completing()[first:after] == TRUE][-1])


def as_much(one: Integers, one_times: int, other: Integers, other_times: int) -> Flags:
    """True where `one` times a number is at least `other` times a number, exactly, however large they are."""
    left, right = one * float(one_times), other * float(other_times)
    reached: Flags = left >= right
    margin = _SURE * np.maximum(np.abs(left), np.abs(right))
    near = np.flatnonzero((np.abs(left - right) <= margin) & (margin > 0))
    exact = one[near].astype(object) * one_times >= other[near].astype(object) * other_times
    reached[near] = exact.astype(np.bool_)
    return reached
