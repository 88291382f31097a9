"""What would have cleared a shipment: the smallest changes of fact that bring it to `clear`.

A change makes one field's clauses come out the other way: the consignee is not in a transit
country, the end use is declared. What holds over time is a fact of its own, under its rule's id: the
lane did not stop. Every set of one, two and three such changes is tried against all rules, so that a
change that brings another rule to fire is no way out.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations, islice
from typing import NamedTuple

from screening.engine.chain import Chain
from screening.engine.grounds import MOST_CHANGES, Grounds, RowTruths, Stated, picked
from screening.result import Decision
from screening.ruleset.conditions import Truth
from screening.ruleset.rule import CombineRule, MatchRule
from screening.written import Kept

Verdicts = Callable[[Iterable[str]], Decision]
"""The decision that the findings of these rules, by their ids, and nothing besides come to."""

_MOST_WAYS = 5
_MOST_SETS = 50_000
_MOST_CASES = 5_000
_NOTHING: frozenset[str] = frozenset()


class Standing(NamedTuple):
    """What holds of one shipment."""

    fired: tuple[str, ...]
    """The rules over shipments that fired, hidden or not, by id."""
    unknown: frozenset[str]
    """The rules that could not be told."""
    hidden: frozenset[str]
    """The rules whose findings are hidden, should they fire."""
    truths: RowTruths
    day: date | None


class _Rule(NamedTuple):
    """A rule, and what is so of the shipment."""

    id: str
    grounds: Grounds
    stated: Stated
    before: Truth

    def without(self, changed: frozenset[str]) -> Truth:
        """The truth of the rule once these facts are not so."""
        if changed.isdisjoint(self.grounds.facts):
            return self.before
        held = self.grounds.held_without(self.stated, changed)
        if isinstance(self.grounds.rule, MatchRule):
            return held
        return False if self.id in changed or held is False else self.before

    def judges(self, day: date | None) -> bool:
        """Whether the rule judges shipments of the day."""
        return self.grounds.rule.in_force(day)

    @property
    def may_be_unsure(self) -> bool:
        """Whether the rule may be other than surely not there, whatever is changed."""
        return self.before is not False or self.grounds.denies

    @property
    def rests_on(self) -> frozenset[str]:
        """The facts that a change can take from it, where it fired."""
        return self.grounds.rests_on(self.stated)


class _Case(NamedTuple):
    """All that the ways to clear depend on; thousands of shipments have it in common."""

    fired: tuple[_Rule, ...]
    rising: tuple[_Rule, ...]
    """The rules that some change of facts would make fire."""
    unsure: tuple[_Rule, ...]
    """The rules of which it matters whether they are surely not there."""
    hidden: frozenset[str]


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
        self._may_rise = [of for of in self._grounds.values() if of.denies]
        self._denied = picked(sorted({place for of in self._may_rise for place in of.places}))
        self._risen: Kept[Stated, tuple[Grounds, ...]] = Kept(_MOST_CASES)
        asked = _asked_if_unknown(combined)
        self._may_settle = [of for name, of in self._grounds.items() if name in asked]
        self._known: Kept[_Case, tuple[frozenset[str], ...]] = Kept(_MOST_CASES)
        self._alone: Kept[tuple[frozenset[str], frozenset[str]], bool] = Kept(_MOST_SETS)
        self._clear: Kept[tuple[frozenset[str], frozenset[str], frozenset[str]], bool] = Kept(_MOST_SETS)

    def ways(self, standing: Standing) -> tuple[frozenset[str], ...]:
        """The smallest sets of facts whose change would clear the shipment, at most five of them.

        A fact is a field, or what a rule over time found, by the rule's id.
        """
        case = self._case(standing)
        return self._known.once(case, lambda: self._ways(case))

    def _case(self, standing: Standing) -> _Case:
        fired = (self._rule(self._grounds[name], standing) for name in standing.fired)
        rising = (self._rule(of, standing) for of in self._rising(standing.truths))
        unsure = (self._rule(of, standing) for of in self._may_settle)
        return _Case(
            fired=tuple(fired),
            rising=tuple(r for r in rising if not r.before and r.judges(standing.day)),
            unsure=tuple(r for r in unsure if r.may_be_unsure and r.judges(standing.day)),
            hidden=standing.hidden,
        )

    def _rising(self, truths: RowTruths) -> tuple[Grounds, ...]:
        return self._risen.once(self._denied(truths), lambda: tuple(self._risen_on(truths)))

    def _risen_on(self, truths: RowTruths) -> Iterator[Grounds]:
        return (of for of in self._may_rise if of.may_rise(of.stated(truths)))

    def _rule(self, of: Grounds, standing: Standing) -> _Rule:
        name = of.rule.id
        before = True if name in standing.fired else None if name in standing.unknown else False
        return _Rule(name, of, of.stated(standing.truths), before)

    def _ways(self, case: _Case) -> tuple[frozenset[str], ...]:
        fired = [(rule, rule.rests_on) for rule in case.fired]
        grave = [facts for rule, facts in fired if not self._clear_alone(frozenset([rule.id]), case.hidden)]
        facts = sorted(_NOTHING.union(*(facts for _, facts in fired)))

        def clears(changed: frozenset[str]) -> bool:
            # Most changes leave a rule that alone is too much: they fail here, where it costs little.
            if any(map(changed.isdisjoint, grave)):
                return False
            still = frozenset(r.id for r, facts in fired if changed.isdisjoint(facts) or r.without(changed))
            return self._clear_alone(still, case.hidden) and self._clear_then(still, changed, case)

        for size in range(1, MOST_CHANGES + 1):
            ways = tuple(islice(filter(clears, map(frozenset, combinations(facts, size))), _MOST_WAYS))
            if ways:
                return ways
        return ()

    def _clear_alone(self, found: frozenset[str], hidden: frozenset[str]) -> bool:
        """Whether these findings come to nothing, whatever is concluded from them."""
        return self._alone.once((found, hidden), lambda: self._verdict(found - hidden) == "clear")

    def _clear_then(self, still: frozenset[str], changed: frozenset[str], case: _Case) -> bool:
        """Whether nothing is left once the rules that still fire, and those that now do, are judged."""
        risen = [rule.id for rule in case.rising if rule.without(changed)]
        unknown = frozenset(rule.id for rule in case.unsure if rule.without(changed) is None)
        key = (still.union(risen), unknown, case.hidden)
        return self._clear.once(key, lambda: self._judged(*key))

    def _judged(self, fired: frozenset[str], unknown: frozenset[str], hidden: frozenset[str]) -> bool:
        drawn = self._chain.conclude(dict.fromkeys(fired, True) | dict.fromkeys(unknown, None))
        return self._clear_alone(fired.union(rule for rule, truth in drawn.items() if truth), hidden)


def _asked_if_unknown(rules: Sequence[CombineRule]) -> frozenset[str]:
    """The findings of which it matters whether they are surely not there: an `unless` rests on them."""
    asked = {name for rule in rules for name in rule.when.unless}
    while (
        below := {name for rule in rules if {rule.id, rule.conclude} & asked for name in rule.when.all_names}
        - asked
    ):
        asked |= below
    return frozenset(asked)
