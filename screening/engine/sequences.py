"""Rules of steps: one thing stops or happens, another starts or follows, for all rows of a book at once.

Of each row of a step it is enough to know the latest day on which a chain that leads to it may have
begun: if that is too long ago, so is every other chain.
"""

from functools import cached_property

import numpy as np

from screening.engine.alike import Sought, latest_alike
from screening.engine.coded import (
    FALSE,
    NONE,
    TRUE,
    CodedBook,
    Flags,
    Group,
    Integers,
    Truths,
    fulfilled,
    truth_of,
)
from screening.engine.latest import running_best
from screening.engine.pattern import Pattern
from screening.engine.timeline import Timeline
from screening.ruleset.windows import SequenceRule, Step

_NOBODY = -2
"""An owner that no row has."""


class Steps(Pattern[SequenceRule]):
    """The steps of a rule over one book, and where they are complete."""

    def __init__(self, rule: SequenceRule, book: CodedBook) -> None:
        super().__init__(rule, book)
        self.last = len(rule.steps) - 1
        self.first = 1 if rule.steps[0].stops else 0
        """The first step of which a chain takes a row; what stopped is judged apart."""

    @cached_property
    def lines(self) -> list[Timeline]:
        """The rows of each step."""
        pairs = zip(self.rule.selections, self.rule.groups, strict=True)
        return [self.timeline(selection, group) for selection, group in pairs]

    @property
    def groups(self) -> tuple[Group, ...]:
        """The fields that group the rows of each step."""
        return self.rule.groups

    def completed(self) -> Truths:
        """True for the rows that complete the pattern, and for those that carry it on."""
        return self.carried(self.completing(), self.rule.persists or 0)

    def completing(self) -> Truths:
        """Whether each row of the last step is itself the end of the pattern."""
        return self.book.once(("completing", self.rule.id), self._completing)

    def _completing(self) -> Truths:
        done = fulfilled([self._stopped(), self._starts(), self._chained()])
        done[~self.in_force(self.line.days)] = FALSE
        return done

    def _always(self) -> Truths:
        return np.full(self.line.rows.size, TRUE, dtype=np.int8)

    def _starts(self) -> Truths:
        line, starts = self.line, self.rule.steps[-1].starts
        if starts is None:
            return self._always()
        seen = line.from_day(line.codes, starts.unseen_for - 1) < line.to_day(line.codes, 1)
        short = line.days - self.book.begins[line.rows] < starts.unseen_for
        return truth_of(~seen & ~short, ~seen)

    def _stopped(self) -> Truths:
        stops, codes = self.rule.steps[0].stops, self.line.codes
        if stops is None:
            return self._always()
        first, after = self.before_the_stop(codes)
        return truth_of((after - first >= stops.after_at_least) & (after == self.lines[0].to_day(codes)))

    def before_the_stop(self, codes: Integers) -> tuple[Integers, Integers]:
        """For each group and day the places between which the rows of what stopped lie."""
        stops, line = self.rule.steps[0].stops, self.lines[0]
        quiet = stops.quiet_for if stops else 0
        return line.from_day(codes, self.rule.within), line.to_day(codes, quiet)

    def floors(self, codes: Integers) -> Integers:
        """The day from which on a chain that ends with each group and day may begin."""
        floors, line = np.maximum(codes % self.book.span - self.rule.within, 0), self.lines[0]
        first, after = self.before_the_stop(codes)
        if not self.first or not line.codes.size:
            return floors
        stopped = line.codes[np.maximum(after - 1, 0)] % line.span
        return np.where(after > first, np.maximum(floors, stopped), floors)

    def _chained(self) -> Truths:
        if self.first == self.last:
            return self._always()
        reached = self._linked(self.last) >= self.floors(self.line.codes)
        known = self.comparable(self.rule.steps[-1], self.line.rows)
        return truth_of(reached & known, reached)

    def latest_starts(self, step: int) -> Integers:
        """The latest day on which a chain that ends with each row of the step begins; NONE without one."""
        if step == self.first:
            return self.lines[step].days
        return self.book.once(("starts", self.rule.id, step), lambda: self._surely_linked(step))

    def _surely_linked(self, step: int) -> Integers:
        known = self.comparable(self.rule.steps[step], self.lines[step].rows)
        return np.where(known, self._linked(step), NONE)

    def _linked(self, step: int) -> Integers:
        """The latest start of the rows of the step before that each row may follow; NONE without one.

        A row that lacks a value that must be compared may follow what it could with any value.
        """
        before, line, stated = self.lines[step - 1], self.lines[step], self.rule.steps[step]
        starts = self.latest_starts(step - 1)
        usable = (starts != NONE) & self.followed(stated, before.rows)
        rows, codes = before.rows[usable], before.codes[usable]
        marks = codes // line.span * line.span + starts[usable]
        owners, until = self._owners(stated, rows, NONE), np.searchsorted(codes, line.codes, side="right")
        asked = self._owners(stated, line.rows, _NOBODY)
        if stated.similar is None:
            found = running_best(marks, owners).without(asked, until - 1)
        else:
            low, high = self.bounds(stated, line.rows)
            amounts = self.book.amounts(stated.similar.field)[0][rows]
            found = latest_alike(marks, owners, amounts, Sought(until, low, high, asked))
        base = line.groups * line.span
        return np.where(found >= base, found - base, NONE)

    def comparable(self, step: Step, rows: Integers) -> Flags:
        """True for the rows that have every value that the step compares with the step before."""
        known = np.ones(rows.size, dtype=np.bool_)
        if step.similar:
            known &= self.book.amounts(step.similar.field)[1][rows]
        if step.differs:
            known &= self.book.values(step.differs)[rows] != NONE
        return known

    def followed(self, step: Step, rows: Integers) -> Flags:
        """True for the rows of the step before that a row of the step can be compared with."""
        usable = self.comparable(step, rows)
        if step.similar:
            usable &= self.book.amounts(step.similar.field)[0][rows] > 0
        return usable

    def _owners(self, step: Step, rows: Integers, unknown: int) -> Integers:
        """What may not be the same in two rows of which one follows: the row, or the value that differs."""
        if step.differs is None:
            return rows
        values = self.book.values(step.differs)[rows]
        return np.where(values == NONE, unknown, values)

    def bounds(self, step: Step, rows: Integers) -> tuple[Integers, Integers]:
        """The least and the largest amount that is similar to that of each row."""
        assert step.similar is not None
        (amounts, known), share = self.book.amounts(step.similar.field), step.similar.share
        mine, all_of, less = amounts[rows], share.denominator, share.denominator - share.numerator
        nothing = known[rows] & (mine <= 0)
        low, high = -(-mine * less // all_of), mine * all_of // less
        widest = np.iinfo(np.int64).max
        low = np.where(known[rows], np.where(nothing, 1, low), 1)
        return low, np.where(known[rows], np.where(nothing, 0, high), widest)
