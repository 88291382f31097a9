"""What would have cleared a shipment: the smallest changes of fact that bring it to `clear`.

A change makes one field's clauses come out the other way: the consignee is not in a transit
country, the end use is declared. What holds over time is a fact of its own, under its rule's id: the
lane did not stop. Every set of one, two and three such changes is tried against all rules, so that a
change that brings another rule to fire is no way out.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations, islice

from screening.result import Decision
from screening.ruleset.clauses import Clause, ClauseKey
from screening.ruleset.conditions import Truth, holds, supporting
from screening.ruleset.rule import MatchRule
from screening.ruleset.selection import Selection
from screening.ruleset.windows import WindowRule

Truths = Mapping[ClauseKey, Truth]
Judging = MatchRule | WindowRule
Judge = Callable[[Mapping[str, Truth]], Decision]
"""The decision that the truth of every rule that judges shipments, by its id, comes to."""
Least = Callable[[Iterable[str]], Decision]
"""The decision that the findings of these rules come to, whatever else is found."""

_MOST_CHANGES = 3
_MOST_WAYS = 5
_NOTHING: frozenset[str] = frozenset()


def ways_to_clear(
    rules: Sequence[Judging], before: Mapping[str, Truth], truths: Truths, judge: Judge, least: Least
) -> tuple[frozenset[str], ...]:
    """The smallest sets of facts whose change would clear the shipment, at most five of them.

    `rules` are those that judge the shipment, `before` has the truth of each by its id, `truths` that of
    their clauses. A fact is a field, or what a rule over time found, by the rule's id.
    """

    def held(rule: Judging, changed: frozenset[str]) -> Truth:
        if isinstance(rule, MatchRule):
            return _held(rule, truths, changed)
        gone = rule.id in changed or _held(rule.own, truths, changed) is False
        return False if gone else before[rule.id]

    reads = [(rule, _reads(rule)) for rule in rules]
    fired = [(rule, _supports(rule, truths)) for rule in rules if before[rule.id]]
    grave = [fields for rule, fields in fired if least([rule.id]) != "clear"]

    def clears(changed: frozenset[str]) -> bool:
        # Most changes leave a rule that alone is too much: they fail here, where it costs little.
        if any(map(changed.isdisjoint, grave)):
            return False
        still = (r.id for r, on in fired if changed.isdisjoint(on) or held(r, changed))
        if least(still) != "clear":
            return False
        after = {r.id: before[r.id] if changed.isdisjoint(of) else held(r, changed) for r, of in reads}
        return judge(after) == "clear"

    fields = sorted(_NOTHING.union(*(fields for _, fields in fired)))
    for size in range(1, _MOST_CHANGES + 1):
        ways = tuple(islice(filter(clears, map(frozenset, combinations(fields, size))), _MOST_WAYS))
        if ways:
            return ways
    return ()


def _reads(rule: Judging) -> frozenset[str]:
    """Every fact whose change the rule can notice."""
    own, itself = (rule, _NOTHING) if isinstance(rule, MatchRule) else (rule.own, frozenset({rule.id}))
    return itself.union(clause.field.name for clause in own.clauses)


def _held(of: MatchRule | Selection, truths: Truths, changed: frozenset[str]) -> Truth:
    """Whether the clauses hold together once what was true of the changed fields no longer is."""
    named = {c.name: truths[c.key] and c.field.name not in changed for c in of.clauses}
    return holds(of.logic, named)


def _supports(rule: Judging, truths: Truths) -> frozenset[str]:
    """What a change can take from a rule that fires: the fields of true clauses, and what holds over time."""
    own, itself = (rule, _NOTHING) if isinstance(rule, MatchRule) else (rule.own, frozenset({rule.id}))
    return itself | {clause.field.name for clause in true_clauses(own, truths)}


def true_clauses(of: MatchRule | Selection, truths: Truths) -> list[Clause]:
    """The true clauses that make the condition over them hold, in its order."""
    clauses = {clause.name: clause for clause in of.clauses}
    named = {name: truths[clause.key] for name, clause in clauses.items()}
    return [clauses[name] for name, truth in supporting(of.logic, named) if truth]
