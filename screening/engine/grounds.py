"""What the clauses of a rule say of one row: prepared once, and remembered by the truths of the clauses.

A rule of five clauses meets few of their 243 possible truths, so what makes its condition hold is found
once for each of them, not for each row.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from operator import itemgetter
from typing import Any

from screening.ruleset.clauses import Clause, ClauseKey
from screening.ruleset.conditions import Truth, denies, holds, supporting
from screening.ruleset.rule import MatchRule
from screening.ruleset.selection import Selection
from screening.ruleset.windows import WindowRule
from screening.written import Kept

MOST_CHANGES = 3
"""Facts that are supposed to be otherwise at once."""
_MOST_TRUTHS = 2_000

RowTruths = Sequence[Truth]
"""The truth of every clause of the rules for one row, at the clause's place."""
Judging = MatchRule | WindowRule
"""A rule that judges shipments."""
Stated = tuple[Truth, ...]
"""The truths of a rule's own clauses, in the order of its condition."""


class Grounds:
    """The clauses that a rule states of the judged row."""

    def __init__(self, rule: Judging, places: Mapping[ClauseKey, int]) -> None:
        """`places` says where the truth of each clause stands among those of a row."""
        of = own_clauses(rule)
        self.rule = rule
        self.clauses: tuple[Clause, ...] = of.clauses
        self.logic = of.logic
        self.denies = denies(of.logic)
        self.places = tuple(places[clause.key] for clause in of.clauses)
        """Where the truths of the rule's clauses stand among those of a row."""
        self.stated: Callable[[RowTruths], Stated] = picked(self.places)
        """The truths of the rule's clauses among those of a row."""
        self._itself = frozenset[str]() if isinstance(rule, MatchRule) else frozenset({rule.id})
        self.facts = self._itself.union(clause.field.name for clause in of.clauses)
        """What the rule notices a change of: fields, and by its own id what it found over time."""
        self._names = tuple(clause.name for clause in of.clauses)
        self._supports: Kept[Stated, tuple[tuple[int, bool], ...]] = Kept(_MOST_TRUTHS)
        self._rests_on: Kept[Stated, frozenset[str]] = Kept(_MOST_TRUTHS)
        self._rises: Kept[Stated, bool] = Kept(_MOST_TRUTHS)
        self._held: Kept[tuple[Stated, frozenset[str]], Truth] = Kept(_MOST_TRUTHS)

    def supports(self, stated: Stated) -> tuple[tuple[int, bool], ...]:
        """The clauses that make the condition hold, by their numbers, each with the truth that counts."""
        return self._supports.once(stated, lambda: self._supporting(stated))

    def _supporting(self, stated: Stated) -> tuple[tuple[int, bool], ...]:
        pairs = supporting(self.logic, self._named(stated))
        return tuple((self._names.index(name), truth) for name, truth in pairs)

    def rests_on(self, stated: Stated) -> frozenset[str]:
        """The facts that make the rule fire: what it found over time, and the fields of true clauses."""
        return self._rests_on.once(stated, lambda: self._resting(stated))

    def _resting(self, stated: Stated) -> frozenset[str]:
        true = (number for number, truth in self.supports(stated) if truth)
        return self._itself.union(self.clauses[number].field.name for number in true)

    def may_rise(self, stated: Stated) -> bool:
        """Whether the condition holds once what was true of some few fields no longer is."""
        return self._rises.once(stated, lambda: self._rising(stated))

    def _rising(self, stated: Stated) -> bool:
        sizes = range(1, MOST_CHANGES + 1)
        changes = (frozenset(c) for size in sizes for c in combinations(sorted(self.facts), size))
        return any(self.held_without(stated, changed) for changed in changes)

    def held_without(self, stated: Stated, changed: frozenset[str]) -> Truth:
        """Whether the condition holds once what was true of the changed fields no longer is."""
        noticed = changed & self.facts
        return self._held.once((stated, noticed), lambda: self._without(stated, noticed))

    def _without(self, stated: Stated, noticed: frozenset[str]) -> Truth:
        left = (t and c.field.name not in noticed for c, t in zip(self.clauses, stated, strict=True))
        return holds(self.logic, self._named(tuple(left)))

    def _named(self, stated: Stated) -> dict[str, Truth]:
        return dict(zip(self._names, stated, strict=True))


def own_clauses(rule: Judging) -> MatchRule | Selection:
    """What the rule says of the judged row itself."""
    return rule if isinstance(rule, MatchRule) else rule.own


def picked(places: Sequence[int]) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    """What gives the things at these places, as a tuple."""
    if len(places) > 1:
        return itemgetter(*places)
    return (lambda row: (row[places[0]],)) if places else (lambda row: ())
