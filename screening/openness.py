"""Why a rule over time is open for a shipment: a blank of its own, or a book that begins too late."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from screening.clearance import Truths
from screening.fields import FIELDS
from screening.ruleset.conditions import Truth
from screening.ruleset.windows import ChangeRule, CountRule, SequenceRule, WindowRule

REACH = "book.reach"
"""What is missing where the book does not reach back far enough; no field of a shipment."""


def missing_over_time(
    rule: WindowRule, values: Mapping[str, Any], truths: Truths, present: frozenset[str], begins: date | None
) -> Iterator[str]:
    """The fields that left the rule open, or `REACH`; nothing where a column of the file is missing."""
    if any(FIELDS[name].missing_from(present) for name in rule.compared):
        return
    blank = dict.fromkeys(name for name in _asked(rule, truths) if values[name] is None)
    yield from (name for name in blank if not FIELDS[name].missing_from(present))
    if not blank:
        day = values["shipment.date"]
        short = begins is None or (day - begins).days < rule.reach
        yield from [REACH] if short and not isinstance(rule, CountRule) else sorted(_compared(rule))


def _asked(rule: WindowRule, truths: Mapping[Any, Truth]) -> Iterator[str]:
    """The fields that a row must have to be judged by the rule, in its order."""
    yield "shipment.date"
    yield from rule.groups[-1] if isinstance(rule, SequenceRule) else rule.group_by
    for clause in rule.own.clauses:
        if truths[clause.key] is None:
            yield from (field.name for field in clause.fields)
    yield from sorted(_compared(rule))


def _compared(rule: WindowRule) -> frozenset[str]:
    """The fields whose values are counted, added up or compared with those of other rows."""
    match rule:
        case CountRule():
            return frozenset(measure.field for measure in rule.count if measure.field)
        case ChangeRule():
            return frozenset([rule.measured] if rule.measured else [])
        case SequenceRule():
            return frozenset[str]().union(*(step.compared for step in rule.steps))


def reach_told(begins: date | None) -> str:
    """How far back the book reaches."""
    return f"the book reaches back only to {begins}" if begins else "no shipment of the book has a date"
