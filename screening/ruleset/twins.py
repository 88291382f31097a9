"""Rules that say the same, and rules that build on what is no longer evaluated."""

from collections.abc import Hashable, Iterator, Sequence
from datetime import date

from screening.ruleset.about import DatedRule
from screening.ruleset.conditions import ConditionError
from screening.ruleset.faults import DeprecatedMember, Fault, NoReplacement, SameRule
from screening.ruleset.logic import possible_ways, ways_to_combine
from screening.ruleset.nearest import nearest
from screening.ruleset.reading import RuleFile
from screening.ruleset.references import member_names
from screening.ruleset.rule import CombineRule, MatchRule, Rule, selections
from screening.ruleset.yaml_source import Place


def twin_faults(files: Sequence[RuleFile]) -> Iterator[Fault]:
    """The faults of rules beside one another; deprecated rules may say what others say."""
    active = [file for file in files if file.rule.active]
    yield from _same(active)
    yield from _deprecated_members(files, active)
    yield from _replacements(files, active)


def _same(files: Sequence[RuleFile]) -> Iterator[Fault]:
    seen: dict[Hashable, list[RuleFile]] = {}
    for file in files:
        said = _said(file.rule)
        if said is None:
            continue
        twins = [other.rule.id for other in seen.get(said, []) if _meet(other.rule, file.rule)]
        if twins:
            what = f"{file.rule.id} says the same as {', '.join(twins)}; keep one of them"
            yield SameRule(file.source.where(_logic_place(file.rule)), what)
        seen.setdefault(said, []).append(file)


def _logic_place(rule: Rule) -> Place:
    found = selections(rule)
    return found[0].place[:1] if found else ("when",)


def _said(rule: Rule) -> Hashable:
    """What the rule says, the same for two rules that say the same; None when it can't be told."""
    if isinstance(rule, CombineRule):
        return ways_to_combine(rule) or None
    try:
        ways = tuple(possible_ways(rule, selection) for selection in selections(rule))
    except ConditionError:
        return None
    return (ways if isinstance(rule, MatchRule) else (ways, rule.terms)) if all(ways) else None


def _meet(one: Rule, other: Rule) -> bool:
    """True when a day exists on which both judge shipments."""
    first = max(_span(one)[0], _span(other)[0])
    return first <= min(_span(one)[1], _span(other)[1])


def _span(rule: Rule) -> tuple[date, date]:
    if isinstance(rule, DatedRule):
        return rule.valid_from or date.min, rule.valid_until or date.max
    return date.min, date.max


def _deprecated_members(files: Sequence[RuleFile], active: Sequence[RuleFile]) -> Iterator[Fault]:
    known, evaluated = member_names(files), member_names(active)
    for file in active:
        if isinstance(file.rule, CombineRule):
            for name in file.rule.when.all_names:
                if name in known and name not in evaluated:
                    what = f"{name} is deprecated and never found; name what replaces it"
                    yield DeprecatedMember(file.source.where(("when",)), what)


def _replacements(files: Sequence[RuleFile], active: Sequence[RuleFile]) -> Iterator[Fault]:
    known = [file.rule.id for file in active]
    for file in files:
        heir = file.rule.replaced_by
        if heir and heir not in known:
            what = f"replaced_by {heir}: no such active rule{nearest(heir, known)}"
            yield NoReplacement(file.source.where(("replaced_by",)), what)
