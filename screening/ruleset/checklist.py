"""What a rule looks for, line by line, as a reader ticks it off: on the screen and on the rule's page."""

from collections.abc import Iterator

from screening.ruleset.about import DatedRule
from screening.ruleset.clauses import Clause, OtherField
from screening.ruleset.loading import RuleSet
from screening.ruleset.rule import CombineRule, MatchRule, Rule, selections
from screening.ruleset.selection import Selection
from screening.ruleset.terms import terms_told
from screening.ruleset.windows import SequenceRule, WindowRule

_DECISIONS = {"clear": "brings about no alert by itself", "review": "brings about a review at most"}


def limits(rule: Rule, ruleset: RuleSet) -> Iterator[str]:
    """From when on the rule judges, what it brings about at most, and what has taken its place."""
    if isinstance(rule, DatedRule) and rule.valid_from:
        yield f"judges shipments from {rule.valid_from} on" + (
            f" until {rule.valid_until}" if rule.valid_until else ""
        )
    if limit := ruleset.policy.at_most.get(rule.id):
        yield _DECISIONS[limit]
    if rule.reason:
        yield f"deprecated: {rule.reason}" + (f"; see {rule.replaced_by}" if rule.replaced_by else "")


def wanted(rule: Rule, ruleset: RuleSet) -> Iterator[str]:
    """What the rule looks for: each clause and its sentence, the condition, the terms over time."""
    if isinstance(rule, CombineRule):
        yield from _members(rule, ruleset)
        return
    for selection in selections(rule):
        for name, clause in selection.named.items():
            yield f"[ ] {name}: {_stated(clause)}"
            yield f"    says: {clause.say}"
        label = "fires when" if isinstance(rule, MatchRule) else _label(rule, selection)
        yield f"{label}: {selection.condition or ' and '.join(selection.named) or 'every row'}"
    if not isinstance(rule, MatchRule):
        yield from terms_told(rule)


def _label(rule: WindowRule, selection: Selection) -> str:
    if not isinstance(rule, SequenceRule):
        return "counts rows with"
    return f"step {rule.steps[rule.selections.index(selection)].name.replace('_', ' ')}"


def _stated(clause: Clause) -> str:
    operand = clause.operand
    if isinstance(operand, OtherField):
        value = operand.name
    elif isinstance(operand, bool):
        value = "true" if operand else "false"
    else:
        value = ", ".join(operand) if isinstance(operand, tuple) else f"{operand}".removesuffix(".0")
    return f"{clause.field.name} {clause.operator.replace('_', ' ')} {value}"


def _members(rule: CombineRule, ruleset: RuleSet) -> Iterator[str]:
    titles = {rule.id: f"{rule.id} {rule.title}" for rule in ruleset.rules}
    for other in ruleset.combine_rules:
        titles[other.conclude] = (
            f"{titles.get(other.conclude, other.conclude)}, from {other.id} {other.title}"
        )
    groups = (("any of", rule.when.any_of), ("and all of", rule.when.all_of), ("unless", rule.when.unless))
    for label, names in groups:
        if names:
            yield f"{label}:"
            yield from (f"  [ ] {titles.get(name, name)}" for name in names)
    yield f"concludes: {rule.conclude}"
