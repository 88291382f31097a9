"""The plain meaning of rules: one shipment at a time, in Python.

The columns must agree with it: random shipments and rules are judged by both. It also judges batches of
a few rows, where a query costs more than its answer (`engine/columns.py`), and stands in where
durable_rules can't be installed or fails (`engine/chain.py`).
"""

import operator
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from screening.fields import FieldType
from screening.ruleset.clauses import Clause, Operator, OtherField
from screening.ruleset.conditions import Truth, holds
from screening.ruleset.rule import CombineRule, MatchRule
from screening.watchlists.lists import ListCatalogue

Values = Mapping[str, Any]
"""The fields of one shipment: text, float, date, bool, list of countries, or None for unknown."""
Test = Callable[[Values], Truth]
"""Whether something holds for a shipment."""
_Met = Callable[[Any, Any, Any], bool]
"""Whether a known value meets a known operand on a day."""


def _order(compared: Callable[[Any, Any], bool], wanted: bool) -> _Met:
    # By what is not so: a number that is none (NaN) counts as larger than any, as columns order it.
    return lambda value, operand, _: compared(value, operand) is wanted


_COMPARISONS: Mapping[Operator, _Met] = {
    Operator.IS: _order(operator.eq, True),
    Operator.SAME_AS: _order(operator.eq, True),
    Operator.DIFFERS_FROM: _order(operator.eq, False),
    Operator.AT_LEAST: _order(operator.lt, False),
    Operator.ON_OR_AFTER: _order(operator.lt, False),
    Operator.AT_MOST: _order(operator.le, True),
    Operator.ON_OR_BEFORE: _order(operator.le, True),
    Operator.ABOVE: _order(operator.le, False),
    Operator.AFTER: _order(operator.le, False),
    Operator.BELOW: _order(operator.lt, True),
    Operator.BEFORE: _order(operator.lt, True),
}


def rule_truth(rule: MatchRule, values: Values, lists: ListCatalogue) -> Truth:
    """Whether a match rule holds for a shipment."""
    if not rule.in_force(values.get("shipment.date")):
        return False
    return holds(rule.logic, {clause.name: clause_test(clause, lists)(values) for clause in rule.clauses})


def clause_test(clause: Clause, lists: ListCatalogue) -> Test:
    """What tells whether the clause holds for a shipment, made ready to be asked of many."""
    name = clause.field.name
    if clause.operator is Operator.KNOWN:
        return lambda values: (values.get(name) is not None) is clause.operand
    met, lowered = _met(clause, lists), clause.field.type is FieldType.TEXT
    other = clause.operand.name if isinstance(clause.operand, OtherField) else None

    def told(values: Values) -> Truth:
        value = values.get(name)
        operand: Any = clause.operand if other is None else values.get(other)
        if value is None or operand is None:
            return None
        if lowered:
            value, operand = value.lower(), operand.lower() if other else operand
        return met(value, operand, values.get("shipment.date"))

    return told


def _met(clause: Clause, lists: ListCatalogue) -> _Met:
    if clause.operator in _COMPARISONS:
        return _COMPARISONS[clause.operator]
    found = _stands(clause.list_name, lists) if clause.list_name else _among
    one = found if clause.field.type is not FieldType.COUNTRIES else _any_of(found)
    if clause.operator in (Operator.IN, Operator.IN_LIST):
        return one
    return lambda value, operand, day: not one(value, operand, day)


def _among(value: Any, operand: Any, day: Any) -> bool:
    return value in operand


def _stands(name: str, lists: ListCatalogue) -> _Met:
    stands = lists.list_named(name).stands
    return lambda value, _, day: stands(value, day)


def _any_of(met: _Met) -> _Met:
    return lambda values, operand, day: any(met(value, operand, day) for value in values)


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
