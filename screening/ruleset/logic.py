"""What a rule says, apart from its words: the ways in which it can come to hold.

A match rule holds when all literals of one way are true; a combine rule when all findings of one
way stand. Names of clauses and the order in which they are written do not matter here.
"""

from collections.abc import Iterable

from screening.fields import FIELDS, FieldType
from screening.ruleset.about import DatedRule
from screening.ruleset.clauses import Operator
from screening.ruleset.conditions import And, Condition, Name, Not, Or, Way, smallest, ways_to_hold
from screening.ruleset.consistency import consistent
from screening.ruleset.literals import Literal, literal
from screening.ruleset.rule import CombineRule
from screening.ruleset.selection import Selection

Ways = frozenset[frozenset[Literal]]

_ABOUT_COUNTRIES = {"route.destination_landlocked"}
"""Facts of geography: they follow from a country alone."""


def possible_ways(rule: DatedRule, selection: Selection) -> Ways:
    """The ways in which some shipment can fulfil the rule's clauses. Raises ConditionError for too many."""
    named = selection.named
    stated = {frozenset(literal(named[n], t) for n, t in way) for way in ways_to_hold(selection.logic)}
    return smallest({way for way in stated if consistent([*way, *_in_force(rule, way)])})


def _in_force(rule: DatedRule, way: Iterable[Literal]) -> Iterable[Literal]:
    """What the rule's own dates say of the shipment's date, where the way needs that date."""
    if any("shipment.date" in (fact.field, fact.other) or "days_registered" in fact.field for fact in way):
        if rule.valid_from is not None:
            yield Literal("shipment.date", Operator.ON_OR_AFTER, rule.valid_from, True)
        if rule.valid_until is not None:
            yield Literal("shipment.date", Operator.ON_OR_BEFORE, rule.valid_until, True)


def ways_to_combine(rule: CombineRule) -> frozenset[Way]:
    """The sets of findings that stand, or do not, when the combine rule concludes."""
    parts: list[Condition] = [Name(name) for name in rule.when.all_of]
    parts += [Not(Name(name)) for name in rule.when.unless]
    if rule.when.any_of:
        parts.append(Or(tuple(Name(name) for name in rule.when.any_of)))
    return ways_to_hold(And(tuple(parts)))


def country_alone(way: Iterable[Literal]) -> bool:
    """True when the way needs nothing but countries, the shipment's date, and what is blank or not."""
    return not any(_is_fact(literal) for literal in way)


def _is_fact(of: Literal) -> bool:
    """True for a fact about a party, the goods, the papers or the flow.

    That something is *not* so ("the name is no bank's") is no fact, unless it places the value
    somewhere else ("the tier is not none", "less than 10 USD a kilogram").
    """
    kind = FIELDS[of.field].type
    if of.relation is Operator.KNOWN or of.field == "shipment.date" or of.field in _ABOUT_COUNTRIES:
        return False
    if kind in (FieldType.COUNTRY, FieldType.COUNTRIES):
        return False
    if kind in (FieldType.NUMBER, FieldType.DATE) or of.truth:
        return True
    return isinstance(of.operand, tuple) and "none" in of.operand
