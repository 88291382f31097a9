"""Rules made for a test: what every rule must say, said once."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from screening.ruleset.clauses import read_clause
from screening.ruleset.loading import RuleSet, read_policy
from screening.ruleset.policy import Policy
from screening.ruleset.rule import CombineRule, MatchRule, Rule
from screening.ruleset.windows import ChangeRule, CountRule, SequenceRule, WindowRule

_KINDS: dict[str, type[WindowRule]] = {
    "count": CountRule,
    "sequence": SequenceRule,
    "change": ChangeRule,
}
POLICY = read_policy(Path(__file__).parents[1] / "rules" / "policy.yaml")
_DAY = date(2026, 1, 1)


def _about(rule_id: str, more: Mapping[str, Any]) -> dict[str, Any]:
    about = {"id": rule_id, "title": f"Title of {rule_id}", "status": "stable", "version": 1}
    about |= {"created": _DAY, "updated": _DAY, "severity": "high", "weight": 30, "rationale": "A reason."}
    return about | dict(more)


def match_rule(
    rule_id: str, when: Mapping[str, Mapping[str, object]], condition: str | None = None, **more: Any
) -> MatchRule:
    """A rule over one shipment; `when` states its clauses as a rule file does."""
    clauses = {name: read_clause(name, dict(stated)) for name, stated in when.items()}
    return MatchRule(kind="match", when=clauses, condition=condition, **_about(rule_id, more))


def combine_rule(rule_id: str, conclude: str, when: Mapping[str, list[str]], **more: Any) -> CombineRule:
    """A rule over findings; `when` has `any_of`, `and`, `unless`."""
    stated = {"kind": "combine", "when": dict(when), "conclude": conclude}
    return CombineRule.model_validate(_about(rule_id, more) | stated)


def window_rule(rule_id: str, kind: str, **stated: Any) -> WindowRule:
    """A rule over time, stated as a rule file does."""
    whole = _about(rule_id, stated) | {"kind": kind, "group_by": stated.get("group_by", ["consignee.key"])}
    for part in (whole, *whole.get("steps", ())):
        for key in ("of", "where"):
            if isinstance(named := part.get(key), dict):
                part[key] = {name: read_clause(name, clause) for name, clause in named.items()}
    return _KINDS[kind].model_validate(whole)


def rule_set(*rules: Rule, policy: Policy = POLICY) -> RuleSet:
    """These rules, judged by the bundled policy."""
    ordered = tuple(sorted(rules, key=lambda rule: rule.id))
    return RuleSet(rules=ordered, policy=policy, red_flags={}, sources={}, digest="")
