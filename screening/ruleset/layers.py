"""The order in which combine rules conclude: a rule stands above everything that it names.

`unless` may only look down: a rule is judged when all that it names is settled. A cycle is a fault
of the rules, found when they are loaded.
"""

from collections.abc import Mapping, Sequence

from screening.ruleset.rule import CombineRule


class Circular(ValueError):
    """Combine rules that depend on one another; `rules` are their ids."""

    def __init__(self, rules: list[str]) -> None:
        self.rules = rules
        super().__init__(f"{', '.join(rules)} depend on one another")


def layers(rules: Sequence[CombineRule]) -> dict[str, int]:
    """The layer of each combine rule, by its id; findings of match rules are below layer 0."""
    makers = _makers(rules)
    layer: dict[str, int] = {}
    pending = {rule.id: rule for rule in rules}
    while pending:
        settled = [rule for rule in pending.values() if all(m in layer for m in _below(rule, makers))]
        if not settled:
            raise Circular(_round(pending, makers))
        for rule in settled:
            layer[rule.id] = 1 + max((layer[m] for m in _below(rule, makers)), default=-1)
        for rule in settled:
            del pending[rule.id]
    return layer


def _makers(rules: Sequence[CombineRule]) -> dict[str, list[str]]:
    makers: dict[str, list[str]] = {}
    for rule in rules:
        makers.setdefault(rule.id, []).append(rule.id)
        makers.setdefault(rule.conclude, []).append(rule.id)
    return makers


def _below(rule: CombineRule, makers: Mapping[str, Sequence[str]]) -> list[str]:
    return [maker for name in (*rule.when.positive, *rule.when.unless) for maker in makers.get(name, [])]


def _round(pending: Mapping[str, CombineRule], makers: Mapping[str, Sequence[str]]) -> list[str]:
    """The pending rules less those that merely stand above a cycle."""
    held = dict(pending)
    while idle := held.keys() - {name for rule in held.values() for name in _below(rule, makers)}:
        for rule_id in idle:
            del held[rule_id]
    return sorted(held)
