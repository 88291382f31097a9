"""A rule over time over the coded rows of a book: what it says of each row, and the rows behind a finding."""

from abc import ABC, abstractmethod
from datetime import date
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

import numpy as np

from screening.engine.coded import (
    FALSE,
    NONE,
    TRUE,
    UNKNOWN,
    CodedBook,
    Flags,
    Group,
    Integers,
    Truths,
    truth_of,
)
from screening.engine.related import Measured
from screening.engine.timeline import Timeline, any_between
from screening.ruleset.selection import Selection
from screening.ruleset.windows import ChangeRule, CountRule, SequenceRule

Stated = TypeVar("Stated", bound=CountRule | SequenceRule | ChangeRule)


class Behind(NamedTuple):
    """The rows that a finding rests on, the finding's own shipment left out."""

    rows: list[int]
    """A row of each of the first shipments, by date and id."""
    total: int
    """Of how many shipments there are."""
    measured: Measured


class Pattern(ABC, Generic[Stated]):
    """One rule over one book; what completes it is said for each kind of rule."""

    def __init__(self, rule: Stated, book: CodedBook) -> None:
        self.rule, self.book = rule, book

    @cached_property
    def line(self) -> Timeline:
        """The rows that the rule judges: those that fulfil its own clauses and have a group and a day."""
        return self.timeline(self.rule.own, self.groups[-1])

    @property
    def groups(self) -> tuple[Group, ...]:
        """The fields that group the rows, the judged ones last; equal values are one group in all."""
        return (self.rule.group_by,)

    def timeline(self, selection: Selection, group: Group) -> Timeline:
        """The rows that fulfil a selection, by this group."""
        codes, truths = self.book.groups(self.groups)[group], self.book.truths(selection)
        key = ("line", selection.key, group, self.groups)
        return self.book.once(key, lambda: Timeline(self.book, truths, codes))

    @abstractmethod
    def completed(self) -> Truths:
        """Whether the rule holds for each row of the line."""

    def carried(self, done: Truths, days: int) -> Truths:
        """What was done on a row of the line, for all rows of its group up to so many days later."""
        line = self.line
        first, after = line.from_day(line.codes, days), line.to_day(line.codes)
        return truth_of(any_between(done == TRUE, first, after), any_between(done == UNKNOWN, first, after))

    @abstractmethod
    def behind(self, row: int) -> Behind:
        """What a finding on this row of the book rests on."""

    def truths(self) -> Truths:
        """Whether the rule holds for each row of the book."""
        # A row that fulfils the clauses but has no group or no day can't be judged.
        own = self.book.truths(self.rule.own)
        whole = np.where(own == FALSE, FALSE, UNKNOWN).astype(np.int8)
        if (own == TRUE).any():
            whole[self.line.rows] = self.completed()
        whole[~self.in_force(self.book.days)] = FALSE
        return whole

    def in_force(self, days: Integers) -> Flags:
        """True for the days on which the rule judges, and for an unknown day."""
        first = self.book.day_number(self.rule.valid_from, 0)
        last = self.book.day_number(self.rule.valid_until, self.book.span)
        found: Flags = (days == NONE) | ((days >= first) & (days <= last))
        return found

    def days_between(self, line: Timeline, first: int, after: int) -> tuple[date | None, date | None]:
        """The dates of the first and the last row between two places."""
        if first == after:
            return None, None
        ends = (int(line.codes[place] % line.span) for place in (first, after - 1))
        one, other = map(self.book.date_of, ends)
        return one, other
