"""Rules that compare a group with its past, at their boundaries. What is told is told by both engines."""

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.engine.changed import as_much
from screening.ruleset.conditions import Truth
from tests.engine.made_books import BEGIN, TO_KZ, behind, book, change_rule, clauses, on_days, told

TRIPLED = change_rule(min_rows=2)
EARLY = BEGIN - timedelta(days=100)
WHOLE = st.integers(-(10**15), 10**15)


def kilos(*weights: tuple[int, float | None]) -> list[dict[str, object]]:
    """A row of each day and weight."""
    return [{"day": day, "weight.net_kg": weight} for day, weight in weights]


@pytest.mark.parametrize(("weight", "truth"), [(50.0, True), (49.999, False), (50.001, True), (None, None)])
def test_the_ratio_of_the_daily_amounts_is_exact(weight: float | None, truth: Truth) -> None:
    # 100 kg in the 20 days before are 5 a day; 150 kg in 10 days are 15.
    rows = book(*kilos((5, 100.0), (29, 100.0), (30, weight)))
    assert told(TRIPLED, rows, EARLY)[-1] is truth


@pytest.mark.parametrize("past", [0, 19])
def test_the_baseline_ends_where_the_window_begins(past: int) -> None:
    assert told(TRIPLED, book(*kilos((past, 100.0), (29, 100.0), (30, 50.0))), EARLY)[-1] is True


def test_a_row_on_the_first_day_of_the_window_is_no_past() -> None:
    assert told(TRIPLED, book(*kilos((20, 1.0), (30, 500.0))), EARLY)[-1] is False


def test_without_a_past_nothing_has_changed() -> None:
    assert told(TRIPLED, book(*kilos((29, 100.0), (30, 500.0))), EARLY) == [False, False]
    before_the_baseline = book(*kilos((0, 1.0), (30, 100.0), (31, 500.0)))
    assert told(TRIPLED, before_the_baseline, EARLY)[-1] is False


@pytest.mark.parametrize(("begun", "truth"), [(30, True), (29, None), (0, None)])
def test_it_is_unknown_until_the_book_reaches_back_that_far(begun: int, truth: Truth) -> None:
    rows = book(*kilos((25, 1.0), (39, 100.0), (40, 100.0)))
    assert told(TRIPLED, rows, BEGIN + timedelta(days=40 - begun))[-1] is truth


def test_a_book_reaches_back_to_its_first_row_of_any_group() -> None:
    other = {"day": 0, "consignee.key": "another"}
    assert told(TRIPLED, book(other, *kilos((5, 1.0), (29, 100.0), (30, 100.0))))[-1] is True
    assert told(TRIPLED, book(*kilos((5, 1.0), (29, 100.0), (30, 100.0))))[-1] is None


def test_too_few_rows_are_no_change() -> None:
    assert told(TRIPLED, book(*kilos((5, 1.0), (30, 500.0))), EARLY)[-1] is False


def test_rows_may_be_counted_instead() -> None:
    more = change_rule(of="rows", ratio_at_least="2")
    assert told(more, book(*on_days(5, 30)), EARLY)[-1] is True
    assert told(more, book(*on_days(5, 6, 30)), EARLY)[-1] is False


def test_only_rows_that_fit_are_compared() -> None:
    to_kz = change_rule(where=clauses(TO_KZ))
    rows = book(*kilos((5, 1.0), (30, 100.0)), {"day": 30, "destination.country": "RU"})
    assert told(to_kz, rows, EARLY) == [False, True, False]


def test_a_ratio_is_told_with_the_rows_of_the_window() -> None:
    found = behind(TRIPLED, book(*kilos((5, 100.0), (29, 100.0), (30, 100.0))), at=2, begins=EARLY)
    assert (found.shipments, found.total, found.measured.count) == (("S1",), 1, 2)
    assert (found.measured.ratio, found.measured.sum) == (4.0, 200.0)


@settings(deadline=None)
@given(st.lists(st.tuples(WHOLE, WHOLE), min_size=1), st.integers(1, 10**6), st.integers(1, 10**6))
def test_products_are_compared_exactly(pairs: list[tuple[int, int]], one: int, other: int) -> None:
    left, right = (np.array(side) for side in zip(*pairs, strict=True))
    assert as_much(left, one, right, other).tolist() == [a * one >= b * other for a, b in pairs]


def test_products_a_hair_apart_are_told_apart() -> None:
    one, other = np.array([10**14 + 1, 10**14, 10**14 - 1]), np.array([10**14] * 3)
    assert as_much(one, 999_983, other, 999_983).tolist() == [True, True, False]
