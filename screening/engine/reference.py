"""The slow, obvious meaning of rules: one shipment at a time, in plain Python.

The oracle of the fast engines: random shipments and rules must agree. It also stands in where
durable_rules can't be installed or fails (`engine/chain.py`).
"""

import operator
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from screening.fields import FieldType
from screening.ruleset.clauses import Clause, Operator, OtherField
from screening.ruleset.conditions import Truth, holds
from screening.ruleset.rule import CombineRule, MatchRule
from screening.watchlists.lists import ListCatalogue

_COMPARISONS: Mapping[Operator, Callable[[Any, Any], bool]] = {
    Operator.IS: operator.eq,
    Operator.SAME_AS: operator.eq,
    Operator.DIFFERS_FROM: operator.ne,
    Operator.AT_LEAST: operator.ge,
    Operator.ON_OR_AFTER: operator.ge,
    Operator.AT_MOST: operator.le,
    Operator.ON_OR_BEFORE: operator.le,
    Operator.ABOVE: operator.gt,
    Operator.AFTER: operator.gt,
    Operator.BELOW: operator.lt,
    Operator.BEFORE: operator.lt,
}
Values = Mapping[str, Any]
"""The fields of one shipment: text, float, date, bool, list of countries, or None for unknown."""


def rule_truth(rule: MatchRule, values: Values, lists: ListCatalogue) -> Truth:
    """Whether a match rule holds for a shipment."""
    if not rule.in_force(values.get("shipment.date")):
        return False
    return holds(rule.logic, {clause.name: clause_truth(clause, values, lists) for clause in rule.clauses})


def clause_truth(clause: Clause, values: Values, lists: ListCatalogue) -> Truth:
    """Whether a clause holds for a shipment."""
    value = values.get(clause.field.name)
    if clause.operator is Operator.KNOWN:
        return (value is not None) is clause.operand
    operand = values.get(clause.operand.name) if isinstance(clause.operand, OtherField) else clause.operand
    if value is None or operand is None:
        return None
    if clause.list_name is not None:
        operand = _members(clause.list_name, lists, values.get("shipment.date"))
    return _compare(clause, value, operand)


def _members(name: str, lists: ListCatalogue, day: date | None) -> frozenset[str]:
    return lists.members(name, day)


def _compare(clause: Clause, value: Any, operand: Any) -> bool:
    if clause.field.type is FieldType.TEXT:
        value = value.lower()
        operand = operand.lower() if isinstance(operand, str) else operand
    if clause.operator in _COMPARISONS:
        return bool(_COMPARISONS[clause.operator](value, operand))
    among = set(value) if clause.field.type is FieldType.COUNTRIES else {value}
    met = not among.isdisjoint(operand)
    return met if clause.operator in (Operator.IN, Operator.IN_LIST) else not met


def conclusions(
    rules: Iterable[CombineRule], layers: Mapping[str, int], found: Mapping[str, Truth]
) -> dict[str, Truth]:
    """The truth of every combine rule, given the truth of every finding; lower layers first."""
    truth: dict[str, Truth] = dict(found)
    outcome: dict[str, Truth] = {}
    pending = sorted(rules, key=lambda rule: (layers[rule.id], rule.id))
    for rule in pending:
        outcome[rule.id] = _combined(rule, truth)
        _conclude(rule, outcome[rule.id], truth)
    return outcome


def _combined(rule: CombineRule, truth: Mapping[str, Truth]) -> Truth:
    members = [truth.get(name, False) for name in rule.when.all_of]
    if rule.when.any_of:
        members.append(_any([truth.get(name, False) for name in rule.when.any_of]))
    unless = _any([truth.get(name, False) for name in rule.when.unless])
    members.append(None if unless is None else not unless)
    if False in members:
        return False
    return None if None in members else True


def _any(truths: list[Truth]) -> Truth:
    if True in truths:
        return True
    return None if None in truths else False


def _conclude(rule: CombineRule, outcome: Truth, truth: dict[str, Truth]) -> None:
    """A conclusion that several rules reach is as true as the truest of them."""
    truth[rule.id] = outcome
    truth[rule.conclude] = _any([outcome, truth.get(rule.conclude, False)])
