"""Breaks: the month from which a series is on its higher level."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from screening.flows.breaks import SHORTEST, break_at, levels


@given(st.integers(SHORTEST, 45), st.floats(2, 100))
def test_a_step_is_found_where_it_is(month: int, rise: float) -> None:
    series = np.where(np.arange(48) >= month, rise, 1.0)[None, :]
    assert break_at(levels(series, np.array([1.0])))[0][0] == month


def test_a_fall_is_no_break() -> None:
    assert break_at(np.array([[9.0] * 12 + [1.0] * 12]))[0][0] == -1


def test_a_short_series_has_no_break() -> None:
    assert break_at(np.ones((2, 4)))[0].tolist() == [-1, -1]


def test_one_large_month_does_not_make_a_level() -> None:
    series = np.array([[1.0] * 12 + [200.0] + [1.0] * 11 + [9.0] * 24])
    assert break_at(levels(series, np.array([1.0])))[0][0] == 24
