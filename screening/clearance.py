"""What would have cleared a shipment: the smallest changes of fact that bring it to `clear`.

A change makes one field's clauses come out the other way: the consignee is not in a transit
country, the end use is declared. What holds over time is a fact of its own, under its rule's id: the
lane did not stop. Every set of one, two and three such changes is tried against all rules, so that a
change that brings another rule to fire is no way out.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import combinations, islice
from typing import NamedTuple

from screening.engine.chain import Chain
from screening.engine.grounds import Grounds, RowTruths, Stated
from screening.result import Decision
from screening.ruleset.conditions import Truth, denies
from screening.ruleset.rule import CombineRule, MatchRule
from screening.written import Kept

Verdicts = Callable[[Iterable[str]], Decision]
"""The decision that the findings of these rules, by their ids, and nothing besides come to."""

_MOST_CHANGES = 3
_MOST_WAYS = 5
_MOST_SETS = 50_000
_NOTHING: frozenset[str] = frozenset()


class Standing(NamedTuple):
    """What holds of one shipment."""

    fired: frozenset[str]
    """The rules that fired, hidden or not, by id."""
    unknown: frozenset[str]
    """The rules that could not be told."""
    hidden: frozenset[str]
    """The rules whose findings are hidden, should they fire."""
    truths: RowTruths
    day: date | None


class _Fired(NamedTuple):
    """A rule that fired."""

    id: str
    grounds: Grounds
    stated: Stated
    rests_on: frozenset[str]
    """The facts that a change can take from it."""

    @classmethod
    def of(cls, grounds: Grounds, truths: RowTruths) -> "_Fired":
        stated = grounds.stated(truths)
        return cls(grounds.rule.id, grounds, stated, grounds.rests_on(stated))

    def stands(self, changed: frozenset[str]) -> bool:
        """Whether the rule still fires once these facts are not so."""
        if changed.isdisjoint(self.rests_on):
            return True
        held = self.grounds.held_without(self.stated, changed)
        if isinstance(self.grounds.rule, MatchRule):
            return held is True
        return self.id not in changed and held is not False


class Clearance:
    """Finds the smallest ways to clear: knows the rules, and what each set of findings comes to."""

    def __init__(
        self, grounds: Iterable[Grounds], combined: Sequence[CombineRule], chain: Chain, verdict: Verdicts
    ) -> None:
        """`chain` draws the conclusions of findings that are merely supposed."""
        self._grounds = {of.rule.id: of for of in grounds}
        """Those of the rules that judge shipments."""
        self._chain = chain
        self._verdict = verdict
        # Facts are only taken away: a rule that denies nothing can't come to hold by that.
        self._may_rise = [of for of in self._grounds.values() if denies(of.logic)]
        self._asked_if_unknown = _asked_if_unknown(combined)
        self._may_settle = [of for name, of in self._grounds.items() if name in self._asked_if_unknown]
        self._alone: Kept[tuple[frozenset[str], frozenset[str]], bool] = Kept(_MOST_SETS)
        self._clear: Kept[tuple[frozenset[str], frozenset[str], frozenset[str]], bool] = Kept(_MOST_SETS)

    def ways(self, standing: Standing) -> tuple[frozenset[str], ...]:
        """The smallest sets of facts whose change would clear the shipment, at most five of them.

        A fact is a field, or what a rule over time found, by the rule's id.
        """
        judging = (self._grounds[rule] for rule in standing.fired if rule in self._grounds)
        fired = [_Fired.of(grounds, standing.truths) for grounds in judging]
        grave = [one.rests_on for one in fired if not self._clear_alone(frozenset([one.id]), standing.hidden)]
        facts = sorted(_NOTHING.union(*(one.rests_on for one in fired)))

        def clears(changed: frozenset[str]) -> bool:
            # Most changes leave a rule that alone is too much: they fail here, where it costs little.
            if any(map(changed.isdisjoint, grave)):
                return False
            still = frozenset(one.id for one in fired if one.stands(changed))
            return self._clear_alone(still, standing.hidden) and self._clear_then(still, changed, standing)

        for size in range(1, _MOST_CHANGES + 1):
            ways = tuple(islice(filter(clears, map(frozenset, combinations(facts, size))), _MOST_WAYS))
            if ways:
                return ways
        return ()

    def _clear_alone(self, found: frozenset[str], hidden: frozenset[str]) -> bool:
        """Whether these findings come to nothing, whatever is concluded from them."""
        return self._alone.once((found, hidden), lambda: self._verdict(found - hidden) == "clear")

    def _clear_then(self, still: frozenset[str], changed: frozenset[str], standing: Standing) -> bool:
        """Whether nothing is left once the rules that still fire, and those that now do, are judged."""
        risen = [of.rule.id for of in self._may_rise if _truth(of, changed, standing)]
        unknown = [of.rule.id for of in self._may_settle if _truth(of, changed, standing) is None]
        key = (still.union(risen), frozenset(unknown), standing.hidden)
        return self._clear.once(key, lambda: self._judged(*key))

    def _judged(self, fired: frozenset[str], unknown: frozenset[str], hidden: frozenset[str]) -> bool:
        drawn = self._chain.conclude(dict.fromkeys(fired, True) | dict.fromkeys(unknown, None))
        return self._clear_alone(fired.union(rule for rule, truth in drawn.items() if truth), hidden)


def _truth(of: Grounds, changed: frozenset[str], standing: Standing) -> Truth:
    """The truth of a rule once these facts are not so."""
    rule = of.rule
    before = True if rule.id in standing.fired else None if rule.id in standing.unknown else False
    if changed.isdisjoint(of.facts) or not rule.in_force(standing.day):
        return before
    held = of.held_without(of.stated(standing.truths), changed)
    if isinstance(rule, MatchRule):
        return held
    return False if rule.id in changed or held is False else before


def _asked_if_unknown(rules: Sequence[CombineRule]) -> frozenset[str]:
    """The findings of which it matters whether they are surely not there: an `unless` rests on them."""
    asked = {name for rule in rules for name in rule.when.unless}
    while (
        below := {name for rule in rules if {rule.id, rule.conclude} & asked for name in rule.when.all_names}
        - asked
    ):
        asked |= below
    return frozenset(asked)
