"""Conditions in three truths: Kleene's laws, what supports a condition, and the ways in which it can hold."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.ruleset.conditions import (
    And,
    Condition,
    ConditionError,
    Name,
    Not,
    Or,
    Settled,
    Truth,
    can_hold,
    clause_names,
    denies,
    holds,
    parse_condition,
    renamed,
    smallest,
    supporting,
    ways_to_hold,
)

NAMES = ("a", "b", "c", "d")
Facts = dict[str, Truth]


def _larger(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(parts, min_size=1, max_size=3).map(tuple)
    return parts.map(Not) | several.map(And) | several.map(Or)


conditions: st.SearchStrategy[Condition] = st.recursive(
    st.sampled_from(NAMES).map(Name), _larger, max_leaves=8
)
facts = st.fixed_dictionaries({name: st.sampled_from([True, False, None]) for name in NAMES})


def completions(known: Facts) -> list[Facts]:
    """The facts with every unknown settled in every way."""
    unknown = [name for name, truth in known.items() if truth is None]
    choices = product((True, False), repeat=len(unknown))
    return [{**known, **dict(zip(unknown, values, strict=True))} for values in choices]


@given(conditions, conditions, facts)
def test_not_over_and_is_or_over_not(one: Condition, other: Condition, known: Facts) -> None:
    assert holds(Not(And((one, other))), known) == holds(Or((Not(one), Not(other))), known)


@given(conditions, st.lists(facts, max_size=6))
def test_what_a_condition_came_to_is_what_it_comes_to(condition: Condition, known: list[Facts]) -> None:
    settled = Settled(condition)
    assert [settled.holds(one) for one in known * 2] == [holds(condition, one) for one in known * 2]


@given(conditions, facts)
def test_not_twice_is_nothing(condition: Condition, known: Facts) -> None:
    assert holds(Not(Not(condition)), known) == holds(condition, known)


@given(conditions, facts)
def test_clauses_by_other_names_come_to_the_same(condition: Condition, known: Facts) -> None:
    others = {name: name.upper() for name in known}
    assert holds(renamed(condition, others), {others[name]: truth for name, truth in known.items()}) == holds(
        condition, known
    )


@given(conditions, conditions, facts)
def test_the_order_of_the_parts_does_not_matter(one: Condition, other: Condition, known: Facts) -> None:
    assert holds(And((one, other)), known) == holds(And((other, one)), known)
    assert holds(Or((one, other)), known) == holds(Or((other, one)), known)


@given(conditions, facts)
def test_what_is_settled_stays_so_whatever_the_unknown_turns_out_to_be(c: Condition, known: Facts) -> None:
    truth = holds(c, known)
    if truth is not None:
        assert {holds(c, whole) for whole in completions(known)} == {truth}


@given(conditions, facts)
def test_a_condition_is_never_unknown_when_every_clause_is_known(c: Condition, known: Facts) -> None:
    assert all(holds(c, whole) is not None for whole in completions(known))


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        (True, None, None, True),
        (False, None, False, None),
        (None, None, None, None),
        (True, False, False, True),
    ],
)
def test_the_tables_of_kleene(left: Truth, right: Truth, both: Truth, either: Truth) -> None:
    known = {"a": left, "b": right}
    assert holds(parse_condition("a and b"), known) is both
    assert holds(parse_condition("a or b"), known) is either


@given(conditions, facts)
def test_what_supports_a_condition_is_true_and_enough(c: Condition, known: Facts) -> None:
    if holds(c, known):
        support = supporting(c, known)
        assert all(known[name] is truth for name, truth in support)
        assert holds(c, {**dict.fromkeys(NAMES), **dict(support)})


def test_of_an_or_only_the_true_sides_support() -> None:
    known = {"a": True, "b": False, "c": None, "d": False}
    assert supporting(parse_condition("(a or b or c) and not d"), known) == [("a", True), ("d", False)]


@given(conditions, facts)
def test_a_condition_holds_just_where_one_of_its_ways_does(c: Condition, known: Facts) -> None:
    ways = ways_to_hold(c)
    assert any(all(known[name] is t for name, t in way) for way in ways) == (holds(c, known) is True)


@given(conditions)
def test_no_way_contains_another(c: Condition) -> None:
    ways = ways_to_hold(c)
    assert not any(one < other for one in ways for other in ways)


@given(conditions)
def test_a_condition_that_can_hold_has_a_way(c: Condition) -> None:
    assert can_hold(c, {}) == bool(ways_to_hold(c))


def test_a_condition_with_too_many_ways_is_refused() -> None:
    text = " and ".join(f"({' or '.join(f'c{i}_{j}' for j in range(4))})" for i in range(8))
    with pytest.raises(ConditionError, match="split the rule"):
        ways_to_hold(parse_condition(text))


@given(st.sets(st.frozensets(st.integers(0, 5)), max_size=8))
def test_the_smallest_sets_cover_the_others(sets: set[frozenset[int]]) -> None:
    kept = smallest(sets)
    assert all(any(other <= one for other in kept) for one in sets)


@pytest.mark.parametrize(
    "text",
    [
        *("", "a and", "a b", "a == b", "f(a)", "a.b", "1", "True", "a if b else c", "a & b", "[a]", "'a'"),
        *("a; b", "a := b", "__import__('os')", "lambda: a", "(" * 500 + "a" + ")" * 500, "\0"),
    ],
)
def test_nothing_but_names_and_or_not_is_a_condition(text: str) -> None:
    with pytest.raises(ConditionError):
        parse_condition(text)


def test_a_condition_may_be_nested_as_deep_as_nobody_writes_it() -> None:
    with pytest.raises(ConditionError):
        parse_condition("not " * 100_000 + "a")


def test_a_long_condition_is_told_by_its_beginning() -> None:
    with pytest.raises(ConditionError) as refused:
        parse_condition("(" * 9_000)
    assert len(str(refused.value)) < 200


def test_a_condition_may_run_over_several_lines() -> None:
    assert list(clause_names(parse_condition("a and\n  (b\n or a)"))) == ["a", "b", "a"]


@given(st.text())
def test_any_text_is_a_condition_or_refused(text: str) -> None:
    try:
        assert list(clause_names(parse_condition(text)))
    except ConditionError as error:
        assert str(error)


@given(conditions, facts)
def test_a_condition_that_denies_nothing_holds_no_less_where_more_is_true(c: Condition, known: Facts) -> None:
    if not denies(c) and holds(c, known):
        assert all(holds(c, {**known, name: True}) for name in NAMES)
