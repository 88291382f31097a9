from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from screening.clearance import Clearance, Standing
from screening.engine.chain import ReferenceChain
from screening.engine.grounds import Grounds, Judging
from screening.outcome import Outcomes
from screening.policy import decide
from screening.result import Decision
from screening.ruleset.clauses import ClauseKey
from screening.ruleset.conditions import Truth, holds, supporting
from screening.ruleset.rule import CombineRule, MatchRule
from tests.rulebook import POLICY, combine_rule, match_rule, rule_set, window_rule

Truths = dict[ClauseKey, Truth]
FIELDS = ("consignee.name", "end_user.name", "payer.name", "bank.name", "goods.eccn")
NAMES = "abcde"
CLAUSES = {name: {"field": field, "known": "true"} for name, field in zip(NAMES, FIELDS, strict=True)}
CONDITIONS = (
    *("a", "b and c", "a or d", "c and not e", "d or (a and b)", "e", "b or c or d", "not a and b"),
    *("c and not (d and e)", "a and b and c", "not (a or b) or e"),
)


def rule(number: int, condition: str, weight: int = 40) -> MatchRule:
    return match_rule(f"GDS-{number:03}", CLAUSES, condition, weight=weight)


def truths_of(rules: Iterable[MatchRule], told: Mapping[str, Truth]) -> Truths:
    return {clause.key: told[name] for rule in rules for name, clause in rule.when.items()}


def found_ways(
    rules: Sequence[Judging], combined: Sequence[CombineRule], before: Mapping[str, Truth], truths: Truths
) -> list[set[str]]:
    """The ways to clear what these rules found: the truth of each by its id, and that of their clauses."""
    grounds = [Grounds(rule, {key: place for place, key in enumerate(truths)}) for rule in rules]
    chain, whole = ReferenceChain(combined), rule_set(*rules, *combined)
    clearance = Clearance(grounds, combined, chain, lambda ids: decide(map(whole.rule, ids), POLICY).decision)
    fired = tuple(rule_id for rule_id, truth in before.items() if truth)
    unknown = frozenset(rule_id for rule_id, truth in before.items() if truth is None)
    standing = Standing(fired, unknown, frozenset(), tuple(truths.values()), None)
    return [set(way) for way in clearance.ways(standing)]


class Judged:
    """Rules, and what the truth of their clauses comes to, worked out without any short cut."""

    def __init__(self, rules: list[MatchRule], combined: list[CombineRule]) -> None:
        self.rules = rules
        self.combined = combined
        self.outcomes = Outcomes(rule_set(*rules, *combined), ReferenceChain(combined))

    def judge(self, found: Mapping[str, Truth]) -> Decision:
        return self.outcomes.of(tuple(found[rule.id] for rule in self.rules)).verdict.decision

    def after(self, told: Mapping[str, Truth], changed: Iterable[str]) -> Decision:
        left = {n: told[n] and FIELDS[NAMES.index(n)] not in set(changed) for n in NAMES}
        return self.judge({r.id: holds(r.logic, left) for r in self.rules})

    def rests_on(self, told: Mapping[str, Truth]) -> list[str]:
        """The fields that any finding rests on."""
        fired = [rule for rule in self.rules if holds(rule.logic, told)]
        names = {name for rule in fired for name, truth in supporting(rule.logic, told) if truth}
        return sorted(FIELDS[NAMES.index(name)] for name in names)

    def ways(self, told: Mapping[str, Truth]) -> list[set[str]]:
        truths, before = truths_of(self.rules, told), {r.id: holds(r.logic, told) for r in self.rules}
        return found_ways(self.rules, self.combined, before, truths)


def judged(*conditions: str, combined: tuple[CombineRule, ...] = ()) -> Judged:
    return Judged([rule(n, condition) for n, condition in enumerate(conditions, 1)], list(combined))


def told(true: str = "", unknown: str = "") -> dict[str, Truth]:
    return {name: None if name in unknown else name in true for name in NAMES}


def test_one_fact_that_a_finding_rests_on_would_clear_it() -> None:
    assert judged("a and b").ways(told("ab")) == [{"consignee.name"}, {"end_user.name"}]


def test_either_of_two_facts_is_not_enough_to_change_alone() -> None:
    assert judged("a or b").ways(told("ab")) == [{"consignee.name", "end_user.name"}]


def test_two_findings_need_a_change_for_each() -> None:
    assert judged("a", "b and c").ways(told("abc")) == [
        {"consignee.name", "end_user.name"},
        {"consignee.name", "payer.name"},
    ]


def test_a_change_that_brings_another_rule_to_fire_is_no_way() -> None:
    assert judged("a and b", "c and not a").ways(told("abc")) == [{"end_user.name"}]


def test_a_conclusion_that_stays_is_no_way() -> None:
    light = [rule(1, "a", weight=1), rule(2, "b", weight=1)]
    drawn = combine_rule("CMB-001", "either", {"any_of": ["GDS-001", "GDS-002"]}, weight=60)
    assert Judged(light, [drawn]).ways(told("ab")) == [{"consignee.name", "end_user.name"}]


def over_time(fires: Truth, said: Mapping[str, Truth], *conditions: str) -> list[set[str]]:
    """The ways where a rule over time, whose own clause is `a`, found this."""
    rules = [rule(n, condition) for n, condition in enumerate(conditions, 1)]
    pattern = window_rule("PAT-001", "count", of={"a": CLAUSES["a"]}, within="30d", count=MANY, weight=40)
    truths = {**truths_of(rules, said), pattern.own.clauses[0].key: said["a"]}
    before = {rule.id: holds(rule.logic, said) for rule in rules} | {"PAT-001": fires}
    return found_ways([*rules, pattern], [], before, truths)


MANY = {"rows": {"at_least": "3"}}


def test_what_holds_over_time_is_a_fact_of_its_own() -> None:
    assert over_time(True, told("a")) == [{"PAT-001"}, {"consignee.name"}]


def test_a_fact_that_a_pattern_and_a_finding_rest_on_clears_both() -> None:
    assert over_time(True, told("ab"), "a and b") == [{"consignee.name"}]


def test_a_pattern_that_is_not_there_needs_no_way() -> None:
    assert over_time(False, told("ab"), "b") == [{"end_user.name"}]
    assert over_time(None, told("ab"), "b") == [{"end_user.name"}]


def test_more_than_three_changes_are_not_told() -> None:
    assert judged("a or b or c or d").ways(told("abcd")) == []


def test_what_fires_because_a_fact_is_missing_has_no_way_by_that_fact() -> None:
    assert judged("not a").ways(told()) == []


def test_at_most_five_ways_are_told() -> None:
    many = {f"n{i}": {"field": f"{role}.name", "known": "true"} for i, role in enumerate(ROLES)}
    rules = [match_rule("GDS-001", many)]
    truths: Truths = dict.fromkeys((c.key for c in rules[0].clauses), True)
    assert len(found_ways(rules, [], {"GDS-001": True}, truths)) == 5


ROLES = ("exporter", "consignee", "end_user", "payer", "bank", "carrier", "vessel")
TOLD = st.fixed_dictionaries({name: st.sampled_from([True, True, False, None]) for name in NAMES})
BOOKS = st.lists(
    st.tuples(st.sampled_from(CONDITIONS), st.sampled_from([5, 20, 40, 90])), min_size=1, max_size=5
)


def drawn(rules: Sequence[MatchRule]) -> list[CombineRule]:
    """Conclusions from findings and from conclusions, some of them unless others stand."""
    first, last = rules[0].id, rules[-1].id
    return [
        combine_rule("CMB-001", "more", {"any_of": [first], "unless": [last]}, weight=20),
        combine_rule("CMB-002", "most", {"any_of": [first, last], "unless": ["more"]}, weight=20),
    ]


@settings(max_examples=300)
@given(BOOKS, TOLD, st.booleans())
def test_every_way_clears_and_none_smaller_does(
    book: list[tuple[str, int]], facts: dict[str, Truth], combines: bool
) -> None:
    rules = [rule(n, condition, weight) for n, (condition, weight) in enumerate(book, 1)]
    whole = Judged(rules, drawn(rules) if combines and len(rules) > 1 else [])
    assume(whole.after(facts, ()) != "clear")
    ways = whole.ways(facts)
    sets = (set(s) for size in (1, 2, 3) for s in combinations(whole.rests_on(facts), size))
    clearing = [changed for changed in sets if whole.after(facts, changed) == "clear"]
    smallest = [s for s in clearing if len(s) == len(clearing[0])]
    assert all(way in smallest for way in ways)
    assert bool(ways) == bool(smallest)


@pytest.mark.parametrize("unknown", ["b", "c"])
def test_what_is_unknown_stays_unknown(unknown: str) -> None:
    assert judged("a and not b", "a and c").ways(told("a", unknown)) in ([], [{"consignee.name"}])
