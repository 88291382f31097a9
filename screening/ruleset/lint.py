"""Whether rules are sound: everything that is wrong with a folder of them, told at once.

Faults that make a rule unusable come from reading it and from `references.py`; what is told here
besides makes a rule useless, misleading or unproven.
"""

from collections.abc import Collection, Iterator

from screening.ruleset.about import DatedRule
from screening.ruleset.conditions import ConditionError
from screening.ruleset.faults import (
    CountryOnly,
    Fault,
    NeverHolds,
    UnknownPlaceholder,
    UnknownRule,
    UnusedClause,
    Unwieldy,
    in_order,
)
from screening.ruleset.formalities import formal_faults
from screening.ruleset.logic import country_alone, possible_ways, ways_to_combine
from screening.ruleset.nearest import nearest
from screening.ruleset.policy import Policy
from screening.ruleset.reading import Reading, RuleFile
from screening.ruleset.references import reference_faults
from screening.ruleset.rule import CombineRule, MatchRule, selections
from screening.ruleset.selection import Selection
from screening.ruleset.twins import twin_faults
from screening.ruleset.window_lint import window_faults
from screening.ruleset.wording import THIS, wording_faults
from screening.ruleset.yaml_source import Source


def lint(
    reading: Reading,
    policy: Policy,
    red_flags: Collection[str],
    list_names: Collection[str],
    policy_source: Source | None = None,
) -> list[Fault]:
    """All faults of a folder of rules, by file and line.

    `policy_source` is the folder's own policy file; the limits of a policy from elsewhere may name
    rules that this folder does not have.
    """
    faults = [*reading.faults, *reference_faults(reading, list_names), *twin_faults(reading.read)]
    for file in reading.read:
        faults.extend(formal_faults(file, policy, red_flags))
        faults.extend(_logic_faults(file))
    if policy_source is not None and not reading.faults:
        faults.extend(_limit_faults(reading, policy, policy_source))
    return in_order(faults)


def _limit_faults(reading: Reading, policy: Policy, source: Source) -> Iterator[Fault]:
    known = [rule.id for rule in reading.rules]
    for name in policy.at_most:
        if name not in known:
            where = source.where(("at_most", name))
            yield UnknownRule(where, f"{name}: no such rule{nearest(name, known)}")


def _logic_faults(file: RuleFile) -> Iterator[Fault]:
    rule, source = file.rule, file.source
    if isinstance(rule, CombineRule):
        if not ways_to_combine(rule):
            yield NeverHolds(source.where(("when",)), "`unless` names a member that the rule needs")
        return
    for selection in selections(rule):
        yield from _clause_faults(selection, source)
        yield from _condition_faults(rule, selection, source)
    if not isinstance(rule, MatchRule):
        yield from window_faults(rule, source)


def _clause_faults(selection: Selection, source: Source) -> Iterator[Fault]:
    named = {clause.name for clause in selection.clauses}
    for clause in selection.named.values():
        where = source.where((*selection.place, clause.name))
        if clause.name not in named:
            yield UnusedClause(where, f"{clause.name}: the condition does not name this clause")
        for what in wording_faults(clause.say, [THIS]):
            yield UnknownPlaceholder(where, f"{clause.name}: {what}")


def _condition_faults(rule: DatedRule, selection: Selection, source: Source) -> Iterator[Fault]:
    place = selection.place
    where = source.where((*place[:-1], "condition") if selection.condition else place)
    try:
        ways = possible_ways(rule, selection)
    except ConditionError as error:
        yield Unwieldy(where, f"the condition {error}")
        return
    if not ways:
        yield NeverHolds(where, "no shipment can fulfil the condition; its clauses contradict one another")
    alone = sorted((way for way in ways if country_alone(way)), key=repr)
    if alone and isinstance(rule, MatchRule):
        facts = ", ".join(sorted({fact.field for fact in alone[0]})) or "nothing"
        what = f"the rule can hold by {facts} alone; a country is never a finding, so add another fact"
        yield CountryOnly(where, what)
