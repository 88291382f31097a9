"""Why a rule is open for a shipment: a blank of its own, or a book that begins too late.

A rule that lacks a column of the file is told of once, for the whole file; here are the blanks of one row.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from screening.engine.grounds import Grounds, RowTruths
from screening.fields import FIELDS
from screening.ruleset.rule import CombineRule, MatchRule
from screening.ruleset.windows import ChangeRule, CountRule, SequenceRule, WindowRule
from screening.written import Kept, Written, written_object

REACH = "book.reach"
"""What is missing where the book does not reach back far enough; no field of a shipment."""

Values = Mapping[str, Any]
_MOST_TOLD = 5_000
_MOST_PLANS = 5_000


class _OfRow:
    """What a rule over one shipment needs of a row, in a file with certain columns."""

    def __init__(self, grounds: Grounds, present: frozenset[str]) -> None:
        self.rule = grounds.rule.id
        self._stated = grounds.stated
        told = (clause.fields for clause in grounds.clauses)
        self._asked = [tuple(f.name for f in fields if not f.missing_from(present)) for fields in told]
        self.anything = any(self._asked)
        """Whether a row may lack anything but a column."""

    def missing(self, values: Values, truths: RowTruths, begins: date | None) -> tuple[str, ...]:
        """The fields that left the rule open; not those that the file has no column for."""
        pairs = zip(self._stated(truths), self._asked, strict=True)
        asked = (name for truth, names in pairs if truth is None for name in names)
        return tuple(dict.fromkeys(name for name in asked if values[name] is None))


class _OverTime:
    """What a rule over time needs of a row and of its book, in a file with certain columns."""

    def __init__(self, rule: WindowRule, grounds: Grounds, present: frozenset[str]) -> None:
        self.rule = rule.id
        self._over_time = rule
        self._present = present
        self._grounds = grounds
        self._compared = sorted(_compared(rule))
        self.anything = not any(FIELDS[name].missing_from(present) for name in rule.compared)
        """Whether the rule may lack anything but a column."""

    def missing(self, values: Values, truths: RowTruths, begins: date | None) -> tuple[str, ...]:
        """The fields that left the rule open, or `REACH`; not those that the file has no column for."""
        blank = dict.fromkeys(name for name in self._asked(truths) if values[name] is None)
        if blank:
            return tuple(name for name in blank if not FIELDS[name].missing_from(self._present))
        day = values["shipment.date"]
        short = begins is None or (day - begins).days < self._over_time.reach
        return (REACH,) if short and not isinstance(self._over_time, CountRule) else tuple(self._compared)

    def _asked(self, truths: RowTruths) -> Iterator[str]:
        """The fields that a row must have to be judged by the rule, in its order."""
        rule, grounds = self._over_time, self._grounds
        yield "shipment.date"
        yield from rule.groups[-1] if isinstance(rule, SequenceRule) else rule.group_by
        for clause, truth in zip(grounds.clauses, grounds.stated(truths), strict=True):
            if truth is None:
                yield from (field.name for field in clause.fields)
        yield from self._compared


_Needs = _OfRow | _OverTime
_Plan = tuple[tuple[str, tuple[_Needs, ...]], ...]


class Openness:
    """Says what left rules open: knows the rules, and what each of them needs of a row."""

    def __init__(
        self,
        grounds: Iterable[Grounds],
        combined: Iterable[CombineRule],
        makers: Mapping[str, Sequence[str]],
    ) -> None:
        """`grounds` are those of the rules that judge shipments, `makers` those that draw a conclusion."""
        self._grounds = {of.rule.id: of for of in grounds}
        self._combined = {rule.id: rule for rule in combined}
        self._makers = makers
        self._needs: Kept[tuple[str, frozenset[str]], _Needs] = Kept(_MOST_PLANS)
        self._plans: Kept[tuple[tuple[str, ...], frozenset[str]], _Plan] = Kept(_MOST_PLANS)
        self._told: Kept[tuple[str, tuple[str, ...], date | None], Written] = Kept(_MOST_TOLD)

    def told(
        self,
        unknown: tuple[str, ...],
        values: Mapping[str, Any],
        truths: RowTruths,
        present: frozenset[str],
        begins: date | None,
    ) -> Iterator[Written]:
        """What left these rules open, as a record holds it (`result.NotEvaluated`).

        Rules that only lack a column of the file are left out; `present` are those that it has.
        """
        asked: dict[str, tuple[str, ...]] = {}
        for rule_id, below in self._plans.once((unknown, present), lambda: self._plan(unknown, present)):
            for needs in below:
                if needs.rule not in asked:
                    asked[needs.rule] = needs.missing(values, truths, begins)
            missing = asked[below[0].rule]
            if len(below) > 1:
                missing = tuple(dict.fromkeys(name for needs in below for name in asked[needs.rule]))
            if missing:
                yield self._told.once((rule_id, missing, begins), partial(_told, rule_id, missing, begins))

    def _plan(self, unknown: tuple[str, ...], present: frozenset[str]) -> _Plan:
        """The rules that something of a row may have left open, each with the rules to ask for it."""
        open_rules = frozenset(unknown)
        pairs = ((rule_id, dict.fromkeys(self._below(rule_id, open_rules))) for rule_id in unknown)
        asked = ((rule_id, [self._needs_of(name, present) for name in below]) for rule_id, below in pairs)
        told = ((rule_id, tuple(needs for needs in below if needs.anything)) for rule_id, below in asked)
        return tuple((rule_id, below) for rule_id, below in told if below)

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

    def _needs_of(self, rule_id: str, present: frozenset[str]) -> _Needs:
        return self._needs.once((rule_id, present), lambda: _needs(self._grounds[rule_id], present))


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
