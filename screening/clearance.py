"""What would have cleared a shipment: the smallest changes of fact that bring it to `clear`.

A change makes one field's clauses come out the other way: the consignee is not in a transit
country, the end use is declared. Every set of one, two and three such changes is tried against all
rules, so that a change that brings another rule to fire is no way out.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations, islice

from screening.result import Decision
from screening.ruleset.clauses import ClauseKey
from screening.ruleset.conditions import Truth, holds, supporting
from screening.ruleset.rule import MatchRule

Truths = Mapping[ClauseKey, Truth]
Judge = Callable[[Mapping[str, Truth]], Decision]
"""The decision that the truth of every match rule, by its id, comes to."""
Least = Callable[[Iterable[str]], Decision]
"""The decision that the findings of these match rules come to, whatever else is found."""

_MOST_CHANGES = 3
_MOST_WAYS = 5
_NOTHING: frozenset[str] = frozenset()


def ways_to_clear(
    rules: Sequence[MatchRule], truths: Truths, judge: Judge, least: Least
) -> tuple[frozenset[str], ...]:
    """The smallest sets of fields whose change would clear the shipment, at most five of them.

    `rules` are the match rules that judge the shipment, `truths` the truth of their clauses.
    """
    before = {rule.id: _held(rule, truths) for rule in rules}
    fired = [(rule, _supports(rule, truths)) for rule in rules if before[rule.id]]
    grave = [fields for rule, fields in fired if least([rule.id]) != "clear"]

    def clears(changed: frozenset[str]) -> bool:
        # Most changes leave a rule that alone is too much: they fail here, where it costs little.
        if any(map(changed.isdisjoint, grave)):
            return False
        still = (r.id for r, on in fired if changed.isdisjoint(on) or _held(r, truths, changed))
        if least(still) != "clear":
            return False
        return judge({r.id: _held(r, truths, changed) for r in rules}) == "clear"

    fields = sorted(_NOTHING.union(*(fields for _, fields in fired)))
    for size in range(1, _MOST_CHANGES + 1):
        ways = tuple(islice(filter(clears, map(frozenset, combinations(fields, size))), _MOST_WAYS))
        if ways:
            return ways
    return ()


def _held(rule: MatchRule, truths: Truths, changed: frozenset[str] = _NOTHING) -> Truth:
    """Whether the rule holds once what was true of the changed fields no longer is."""
    named = {c.name: truths[c.key] and c.field.name not in changed for c in rule.clauses}
    return holds(rule.logic, named)


def _supports(rule: MatchRule, truths: Truths) -> frozenset[str]:
    """The fields of the true clauses that make the rule fire: what a change can take from it."""
    named = {clause.name: truths[clause.key] for clause in rule.clauses}
    return frozenset(rule.when[name].field.name for name, truth in supporting(rule.logic, named) if truth)
