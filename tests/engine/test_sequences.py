"""Rules of steps, at their boundaries. What is told is told by both engines (`made_books.told`)."""

from datetime import date, timedelta
from typing import Any

import pytest

from screening.ruleset.conditions import Truth
from tests.engine.made_books import BEGIN, TO_KZ, TO_RU, behind, book, clauses, on_days, sequence_rule, told

RU, KZ = {"destination.country": "RU"}, {"destination.country": "KZ"}
TO_RUSSIA, TO_TRANSIT = {"where": clauses(TO_RU)}, {"where": clauses(TO_KZ)}
STOPS = {"stops": {"after_at_least": 2, "quiet_for": "10d"}}
STARTS = {"starts": {"unseen_for": "20d"}}
NEAR = {"similar": {"field": "weight.net_kg", "within": "0.05"}}
ANOTHER_BUYER = {"differs": "consignee.key"}
THEN = sequence_rule(TO_RUSSIA, TO_TRANSIT)
STOPPED = sequence_rule(TO_RUSSIA | STOPS, TO_TRANSIT)
STARTED = sequence_rule(TO_TRANSIT | STARTS)
SHIFTED = sequence_rule(TO_RUSSIA | STOPS, TO_TRANSIT | STARTS, persists="15d")
EARLY = BEGIN - timedelta(days=100)


def last(rule: Any, *rows: dict[str, Any], begins: date | None = EARLY) -> Truth:
    """What the rule says of the last row."""
    return told(rule, book(*rows), begins)[-1]


@pytest.mark.parametrize(("day", "truth"), [(0, True), (1, True), (30, True), (31, False)])
def test_one_thing_follows_another_within_the_window(day: int, truth: bool) -> None:
    assert last(THEN, *on_days(0, **RU), *on_days(day, **KZ)) is truth


def test_what_comes_later_is_no_beginning() -> None:
    assert told(THEN, book(*on_days(5, **RU), *on_days(4, **KZ))) == [False, False]


def test_a_row_does_not_follow_itself() -> None:
    twice = sequence_rule(TO_TRANSIT, TO_TRANSIT)
    assert told(twice, book(*on_days(0))) == [False]
    assert told(twice, book(*on_days(0, 0))) == [True, True]
    assert told(twice, book(*on_days(0, 1))) == [False, True]


def test_steps_lie_within_the_window_together() -> None:
    three = sequence_rule(TO_RUSSIA, TO_TRANSIT, TO_RUSSIA)
    assert last(three, *on_days(0, **RU), *on_days(15, **KZ), *on_days(30, **RU)) is True
    assert last(three, *on_days(0, **RU), *on_days(15, **KZ), *on_days(31, **RU)) is False


@pytest.mark.parametrize(("day", "truth"), [(14, False), (15, True), (34, True), (35, False)])
def test_a_lane_has_stopped_when_it_was_quiet_long_enough_and_not_too_long(day: int, truth: bool) -> None:
    assert last(STOPPED, *on_days(4, 5, **RU), *on_days(day, **KZ)) is truth


def test_one_row_is_no_lane() -> None:
    assert last(STOPPED, *on_days(5, **RU), *on_days(15, **KZ)) is False


def test_a_lane_that_is_still_used_has_not_stopped() -> None:
    assert last(STOPPED, *on_days(0, 1, 6, **RU), *on_days(15, **KZ)) is False
    assert last(STOPPED, *on_days(0, 1, **RU), {"day": 15, **RU}, {"day": 15, **KZ}) is False


def test_the_end_of_the_book_is_not_a_stop() -> None:
    assert (
        told(STOPPED, book(*on_days(0, 1, **RU), *on_days(40, **KZ, **{"exporter.key": "another"})))[-1]
        is False
    )


@pytest.mark.parametrize(("day", "truth"), [(19, False), (20, True)])
def test_a_lane_starts_when_it_was_not_seen_long_enough(day: int, truth: bool) -> None:
    assert last(STARTED, *on_days(0, day)) is truth


def test_rows_of_the_first_day_are_all_the_start() -> None:
    assert told(STARTED, book(*on_days(3, 3)), EARLY) == [True, True]


@pytest.mark.parametrize(("reach", "truth"), [(20, True), (19, None), (0, None)])
def test_a_start_is_unknown_until_the_book_reaches_back_that_far(reach: int, truth: Truth) -> None:
    assert last(STARTED, *on_days(3), begins=BEGIN + timedelta(days=3 - reach)) is truth


def test_a_lane_that_was_seen_is_no_start_however_short_the_book() -> None:
    assert told(STARTED, book(*on_days(0, 1))) == [None, False]


@pytest.mark.parametrize(("day", "truth"), [(21, True), (35, True), (36, False)])
def test_later_rows_of_the_started_lane_carry_the_finding_on(day: int, truth: bool) -> None:
    rows = [*on_days(4, 5, **RU), *on_days(20, **KZ), *on_days(day, **KZ)]
    assert told(SHIFTED, book(*rows), EARLY)[2:] == [True, truth]


def test_a_lane_to_another_group_is_not_the_stopped_ones_heir() -> None:
    rows = [*on_days(4, 5, **RU), {"day": 20, **KZ, "exporter.key": "another"}]
    assert last(SHIFTED, *rows) is False


def test_a_pattern_is_completed_only_while_the_rule_is_in_force() -> None:
    rows = [*on_days(4, 5, **RU), *on_days(20, **KZ), *on_days(22, **KZ)]
    since = SHIFTED.model_copy(update={"valid_from": BEGIN + timedelta(days=21)})
    assert told(since, book(*rows), EARLY)[2:] == [False, False]


@pytest.mark.parametrize(
    ("weight", "truth"),
    [(95.0, True), (94.999, False), (105.263, True), (105.264, False), (0.0, False), (None, None)],
)
def test_a_similar_amount_differs_by_at_most_the_share_of_the_larger_one(
    weight: float | None, truth: Truth
) -> None:
    rule = sequence_rule(TO_RUSSIA, TO_TRANSIT | NEAR)
    assert last(rule, *on_days(0, **RU), *on_days(1, **KZ, **{"weight.net_kg": weight})) is truth


def test_an_unknown_amount_before_is_similar_to_nothing() -> None:
    rule = sequence_rule(TO_RUSSIA, TO_TRANSIT | NEAR)
    for weight in (None, 0.0):
        assert last(rule, *on_days(0, **RU, **{"weight.net_kg": weight}), *on_days(1, **KZ)) is False


@pytest.mark.parametrize(("buyer", "truth"), [("another", True), ("BUYER", False), (None, None)])
def test_a_value_may_have_to_differ_from_that_of_the_step_before(buyer: str | None, truth: Truth) -> None:
    rule = sequence_rule(TO_RUSSIA, TO_TRANSIT | ANOTHER_BUYER)
    assert last(rule, *on_days(0, **RU), {"day": 1, **KZ, "consignee.key": buyer}) is truth


def test_an_unknown_value_is_clear_where_nothing_came_before() -> None:
    rule = sequence_rule(TO_RUSSIA, TO_TRANSIT | ANOTHER_BUYER | NEAR)
    assert last(rule, *on_days(1, **KZ, **{"consignee.key": None, "weight.net_kg": None})) is False


def test_in_and_out_of_one_hub_is_a_group_of_two_fields() -> None:
    into, out = {"where": clauses(TO_KZ)}, {"where": clauses({"field": "export.country", "in": ["KZ"]})}
    hub = sequence_rule(into, out | {"group_by": ["export.country"]}, group_by=["destination.country"])
    leaves = {"export.country": "KZ", "destination.country": "RU"}
    assert last(hub, *on_days(0, **KZ), *on_days(3, **leaves)) is True
    assert last(hub, *on_days(0, **KZ), *on_days(3, **leaves, **{"goods.hs6": None})) is True
    assert last(hub, *on_days(0, **RU), *on_days(3, **leaves)) is False


def test_the_rows_before_the_stop_are_named_with_the_last_of_them() -> None:
    rows = book(*on_days(3, 4, 5, **RU), *on_days(20, **KZ), *on_days(21, **KZ))
    found = behind(SHIFTED, rows, at=3, begins=EARLY)
    assert (found.shipments, found.measured.count) == (("S0", "S1", "S2"), 3)
    assert (found.measured.first, found.measured.last) == (date(2024, 1, 4), date(2024, 1, 6))


def test_a_row_that_carries_the_finding_on_names_the_row_that_completed_it() -> None:
    rows = book(*on_days(4, 5, **RU), *on_days(20, **KZ), *on_days(21, **KZ))
    assert behind(SHIFTED, rows, at=3, begins=EARLY).shipments == ("S0", "S1", "S2")


def test_every_row_of_a_chain_is_named_and_no_other() -> None:
    rows = book(*on_days(0, 40, **RU), *on_days(41, 42, **KZ), *on_days(39, **RU))
    assert behind(THEN, rows, at=3).shipments == ("S4", "S1")
