"""The same text has the same key, whatever its order and dress."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.goods.text_keys import text_keys


def key(text: str | None) -> str | None:
    told: str | None = text_keys(pl.Series([text], dtype=pl.String)).item()
    return told


@pytest.mark.parametrize(
    "other",
    [
        "ball bearings, 6205",
        "BEARINGS; BALL 6205",
        "Ball Bearing 6205",
        "goods: ball bearings 6205 (spare parts)",
    ],
)
def test_order_case_plural_and_empty_words_make_no_other_text(other: str) -> None:
    assert key(other) == key("Ball bearings 6205")


@pytest.mark.parametrize("other", ["ball bearings 6305", "roller bearings 6205", "rulman 6205"])
def test_another_number_or_word_is_another_text(other: str) -> None:
    assert key(other) != key("Ball bearings 6205")


@pytest.mark.parametrize("text", [None, "", "spare parts", "yedek parça", "запчасти", "123"])
def test_a_text_that_says_nothing_has_no_key(text: str | None) -> None:
    assert key(text) is None


@given(st.text())
def test_any_text_is_keyed_and_its_key_is_its_own(text: str) -> None:
    told = key(text)
    assert told is None or key(told) == told
