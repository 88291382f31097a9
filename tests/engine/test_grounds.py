"""What the clauses of a rule say of one row."""

from hypothesis import given
from hypothesis import strategies as st

from screening.engine.grounds import Grounds, picked
from screening.ruleset.conditions import Truth, holds, supporting
from tests.rulebook import match_rule, window_rule

FIELDS = ("consignee.name", "end_user.name", "payer.name", "payer.name")
OPERANDS = ("x", "x", "x", "y")
CLAUSES = {
    name: {"field": field, "is": operand}
    for name, field, operand in zip("abcd", FIELDS, OPERANDS, strict=True)
}
CONDITIONS = ("a", "b and c", "d or (a and not c)", "not (a or b)", "c and d", "a and b and not (c and d)")
TRUTHS = st.tuples(*[st.sampled_from([True, False, None])] * 4)


def grounds_of(condition: str) -> Grounds:
    """The grounds of a rule whose clauses stand in a row as d, c, b, a."""
    rule = match_rule("GDS-001", CLAUSES, condition)
    return Grounds(rule, {rule.when[name].key: place for place, name in enumerate("dcba")})


def named(row: tuple[Truth, ...]) -> dict[str, Truth]:
    return dict(zip("dcba", row, strict=True))


@given(st.sampled_from(CONDITIONS), st.lists(TRUTHS, min_size=1, max_size=4))
def test_what_supports_a_rule_is_what_supports_its_condition(
    condition: str, rows: list[tuple[Truth, ...]]
) -> None:
    grounds = grounds_of(condition)
    for row in [*rows, *rows]:
        told = [(grounds.clauses[n].name, truth) for n, truth in grounds.supports(grounds.stated(row))]
        assert told == supporting(grounds.logic, named(row))


@given(
    st.sampled_from(CONDITIONS), st.lists(TRUTHS, min_size=1, max_size=4), st.sets(st.sampled_from(FIELDS))
)
def test_without_some_facts_the_true_clauses_over_them_are_false(
    condition: str, rows: list[tuple[Truth, ...]], changed: set[str]
) -> None:
    grounds = grounds_of(condition)
    gone = {name for name, field in zip("abcd", FIELDS, strict=True) if field in changed}
    for row in [*rows, *rows]:
        left = {name: False if truth and name in gone else truth for name, truth in named(row).items()}
        told = grounds.held_without(grounds.stated(row), frozenset(changed))
        assert told is holds(grounds.logic, left)


def test_a_rule_over_time_rests_on_what_it_found_too() -> None:
    rule = window_rule(
        "PAT-001", "count", of={"a": CLAUSES["a"]}, within="3d", count={"rows": {"at_least": "2"}}
    )
    grounds = Grounds(rule, {rule.own.clauses[0].key: 0})
    assert grounds.rests_on((True,)) == {"PAT-001", "consignee.name"}
    assert grounds_of("a or b").rests_on((False, True)) == {"end_user.name"}


def test_any_number_of_places_is_picked_as_a_tuple() -> None:
    assert [picked(places)("abc") for places in ([], [1], [2, 0])] == [(), ("b",), ("c", "a")]
