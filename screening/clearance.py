"""What would have cleared a shipment: the smallest changes of fact that bring it to `clear`.

A change makes one field's clauses come out the other way: the consignee is not in a transit
country, the end use is declared. Every set of one, two and three such changes is tried against all
rules, so that a change that brings another rule to fire is no way out.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from screening.policy import Decision
from screening.ruleset.clauses import Clause, ClauseKey
from screening.ruleset.conditions import Truth, supporting
from screening.ruleset.rule import MatchRule

Truths = Mapping[ClauseKey, Truth]
Judge = Callable[[Truths], Decision]
"""The decision that the truth of every clause comes to."""

_MOST_CHANGES = 3
_MOST_WAYS = 5


def ways_to_clear(fired: Sequence[MatchRule], truths: Truths, judge: Judge) -> tuple[frozenset[str], ...]:
    """The smallest sets of fields whose change would clear the shipment, at most five of them.

    `fired` are the match rules that fired, `truths` the truth of every clause of every rule.
    """
    fields = sorted(_changeable(fired, truths))
    for size in range(1, _MOST_CHANGES + 1):
        sets = (frozenset(chosen) for chosen in combinations(fields, size))
        ways = [chosen for chosen in sets if judge(_changed(truths, chosen)) == "clear"]
        if ways:
            return tuple(ways[:_MOST_WAYS])
    return ()


def _changeable(fired: Iterable[MatchRule], truths: Truths) -> Iterator[str]:
    seen = {pair for rule in fired for pair in _supports(rule, truths)}
    return (field for field in {clause.field.name for clause, _ in seen})


def _supports(rule: MatchRule, truths: Truths) -> Iterator[tuple[Clause, bool]]:
    named = {clause.name: truths[clause.key] for clause in rule.clauses}
    return ((rule.when[name], truth) for name, truth in supporting(rule.logic, named))


def _changed(truths: Truths, fields: frozenset[str]) -> dict[ClauseKey, Truth]:
    """The truths after the change: what was true of the fields no longer is."""
    return {key: (not truth if key[0] in fields and truth else truth) for key, truth in truths.items()}
