"""Amounts as whole thousandths."""

from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.engine.amounts import LARGEST, SCALE, similar, thousandths
from tests.engine.made_books import book, coded_book, on_days

SHARE = Fraction(1, 20)


@pytest.mark.parametrize(
    ("value", "whole"),
    [(0.1, 100), (0.0004, 0), (0.0005, 1), (-1.5, -1500), (None, None), (float("nan"), None)],
)
def test_an_amount_is_rounded_to_thousandths(value: float | None, whole: int | None) -> None:
    assert thousandths(value) == whole


def test_an_amount_beyond_all_trade_counts_as_the_largest_one() -> None:
    assert thousandths(1e300) == thousandths(float("inf")) == LARGEST * SCALE


@given(st.floats(allow_nan=True))
def test_columns_are_rounded_as_single_values_are(value: float) -> None:
    rows = book(*on_days(0)).with_columns(pl.Series("weight.net_kg", [value]))
    amounts, known = coded_book(rows).amounts("weight.net_kg")
    assert (amounts[0] if known[0] else None) == thousandths(value)


@given(st.integers(-10, 10**6), st.integers(-10, 10**6))
def test_similarity_goes_both_ways(one: int, other: int) -> None:
    assert similar(one, other, SHARE) is similar(other, one, SHARE)


def test_nothing_is_similar_to_no_amount() -> None:
    assert not similar(0, 0, SHARE) and not similar(-5, -5, SHARE) and similar(20, 19, SHARE)
    assert not similar(2000, 1899, SHARE)
