"""Why a rule is open for a shipment: a blank of its own, or a book that begins too late.

A rule that lacks a column of the file is told of once, for the whole file; here are the blanks of one row.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import chain
from typing import Any, NamedTuple

from screening.engine.grounds import Grounds, RowTruths
from screening.fields import FIELDS
from screening.ruleset.rule import CombineRule, MatchRule
from screening.ruleset.windows import ChangeRule, CountRule, SequenceRule, WindowRule
from screening.written import Kept, Written, written_list, written_object

REACH = "book.reach"
"""What is missing where the book does not reach back far enough; no field of a shipment."""

Values = Mapping[str, Any]
_MOST_KEPT = 5_000
_MOST_FILES = 100


class OpenRow(NamedTuple):
    """A row for which rules are open."""

    values: Values
    truths: RowTruths
    """The truth of every clause of the rules."""
    begins: date | None
    """The first day that the book reaches back to."""

    def reaches_less_than(self, days: int) -> bool:
        """True where the book has not so many days before the row."""
        return days > 0 and (self.begins is None or (self.values["shipment.date"] - self.begins).days < days)


class _OfRow:
    """What a rule over one shipment needs of a row, in a file with certain columns."""

    reach = 0

    def __init__(self, grounds: Grounds, present: frozenset[str]) -> None:
        self.rule = grounds.rule.id
        self._stated = grounds.stated
        told = (clause.fields for clause in grounds.clauses)
        self._asked = [tuple(f.name for f in fields if not f.missing_from(present)) for fields in told]
        self.fields = tuple(chain.from_iterable(self._asked))
        """The fields that it may tell of; nothing where a row may lack nothing but a column."""

    def missing(self, row: OpenRow) -> Iterator[str]:
        """The fields that left the rule open; not those that the file has no column for."""
        pairs = zip(self._stated(row.truths), self._asked, strict=True)
        asked = (name for truth, names in pairs if truth is None for name in names)
        return (name for name in asked if row.values[name] is None)


class _OverTime:
    """What a rule over time needs of a row and of its book, in a file with certain columns."""

    def __init__(self, rule: WindowRule, grounds: Grounds, present: frozenset[str]) -> None:
        self.rule = rule.id
        self.reach = 0 if isinstance(rule, CountRule) else rule.reach
        """How many days of the book before the row it needs."""
        self._grounds = grounds
        self._present = present
        self._compared = sorted(_compared(rule))
        self._own = ("shipment.date", *(rule.groups[-1] if isinstance(rule, SequenceRule) else rule.group_by))
        fields = (field.name for clause in grounds.clauses for field in clause.fields)
        off = any(FIELDS[name].missing_from(present) for name in rule.compared)
        self.fields = () if off else (*self._own, *fields, *self._compared)
        """The fields that it may tell of; nothing where a row may lack nothing but a column."""

    def missing(self, row: OpenRow) -> Iterator[str]:
        """The fields that left the rule open, or `REACH`; not those that the file has no column for."""
        blank = [name for name in self._asked(row.truths) if row.values[name] is None]
        if blank:
            return (name for name in blank if not FIELDS[name].missing_from(self._present))
        return iter([REACH] if row.reaches_less_than(self.reach) else self._compared)

    def _asked(self, truths: RowTruths) -> Iterator[str]:
        """The fields that a row must have to be judged by the rule, in its order."""
        yield from self._own
        for clause, truth in zip(self._grounds.clauses, self._grounds.stated(truths), strict=True):
            if truth is None:
                yield from (field.name for field in clause.fields)
        yield from self._compared


_Needs = _OfRow | _OverTime


class _Columns:
    """What each rule over shipments needs of a row, in a file with certain columns."""

    def __init__(self, grounds: Iterable[Grounds], present: frozenset[str]) -> None:
        needs = (_needs(of, present) for of in grounds)
        self.needs = {of.rule: of for of in needs if of.fields}
        """By the rule, where a row may lack more than a column."""
        fields = {name for of in self.needs.values() for name in of.fields}
        self._fields = tuple(sorted(fields | {"shipment.date"}))
        self._reaches = sorted({of.reach for of in self.needs.values()})

    def key(self, row: OpenRow) -> tuple[Any, ...]:
        """The same for rows that are open for the same reasons, where the same rules are.

        A clause is unknown where a field that it reads is: of its truth nothing more is asked.
        """
        blank = tuple([value is None for value in map(row.values.__getitem__, self._fields)])
        day = row.values["shipment.date"]
        reached = bisect_right(self._reaches, (day - row.begins).days) if day and row.begins else -1
        return (self, row.begins, reached, blank)


class Openness:
    """Says what left rules open: knows the rules, and what each of them needs of a row."""

    def __init__(
        self,
        grounds: Iterable[Grounds],
        combined: Iterable[CombineRule],
        makers: Mapping[str, Sequence[str]],
    ) -> None:
        """`grounds` are those of the rules that judge shipments, `makers` those that draw a conclusion."""
        self._grounds = tuple(grounds)
        self._combined = {rule.id: rule for rule in combined}
        self._makers = makers
        self._columns: Kept[frozenset[str], _Columns] = Kept(_MOST_FILES)
        self._told: Kept[tuple[str, tuple[str, ...], date | None], Written] = Kept(_MOST_KEPT)
        self._known: Kept[tuple[Any, ...], Written] = Kept(_MOST_KEPT)

    def told(self, unknown: tuple[str, ...], row: OpenRow, present: frozenset[str]) -> Written:
        """What left these rules open, as a record holds it (`result.NotEvaluated`).

        Rules that only lack a column of the file are left out; `present` are those that it has.
        """
        columns = self._columns.once(present, lambda: _Columns(self._grounds, present))
        key = (unknown, *columns.key(row))
        return self._known.once(key, lambda: written_list(self._open(unknown, row, columns)))

    def _open(self, unknown: tuple[str, ...], row: OpenRow, columns: _Columns) -> Iterator[Written]:
        open_rules, begins = frozenset(unknown), row.begins
        needs = (of for name, of in columns.needs.items() if name in open_rules)
        asked = {of.rule: tuple(of.missing(row)) for of in needs}
        for rule_id in unknown:
            below = (asked.get(name, ()) for name in self._below(rule_id, open_rules))
            missing = tuple(dict.fromkeys(chain.from_iterable(below)))
            if missing:
                yield self._told.once((rule_id, missing, begins), partial(_told, rule_id, missing, begins))

    def _below(self, rule_id: str, unknown: frozenset[str]) -> Iterator[str]:
        """The open rules over shipments that the rule rests on; one over shipments rests on itself."""
        rule = self._combined.get(rule_id)
        if rule is None:
            yield rule_id
            return
        makers = (maker for name in rule.when.all_names for maker in self._makers.get(name, (name,)))
        for maker in makers:
            if maker in unknown:
                yield from self._below(maker, unknown)


def _needs(grounds: Grounds, present: frozenset[str]) -> _Needs:
    rule = grounds.rule
    return _OfRow(grounds, present) if isinstance(rule, MatchRule) else _OverTime(rule, grounds, present)


def _compared(rule: WindowRule) -> frozenset[str]:
    """The fields whose values are counted, added up or compared with those of other rows."""
    match rule:
        case CountRule():
            return frozenset(measure.field for measure in rule.count if measure.field)
        case ChangeRule():
            return frozenset([rule.measured] if rule.measured else [])
        case SequenceRule():
            return frozenset[str]().union(*(step.compared for step in rule.steps))


def _told(rule_id: str, missing: tuple[str, ...], begins: date | None) -> Written:
    reason = reach_told(begins) if REACH in missing else None
    return written_object({"rule": rule_id, "missing": list(missing), "reason": reason})


def reach_told(begins: date | None) -> str:
    """How far back the book reaches."""
    return f"the book reaches back only to {begins}" if begins else "no shipment of the book has a date"
