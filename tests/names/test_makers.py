"""A well-known maker is heard in a name as words of its own."""

import polars as pl
import pytest

from screening.names.makers import maker_named


@pytest.mark.parametrize(
    ("name", "maker"),
    [
        ("Siemens Trading FZE", "Siemens"),
        ("SKF Bearings Bishkek OsOO", "SKF"),
        ("Texas Instruments Asia Ltd", "Texas Instruments"),
        ("Texas Grill LLC", "none"),
        ("Siemensstadt Cafe", "none"),
    ],
)
def test_a_maker_is_heard_as_words_of_its_own(name: str, maker: str) -> None:
    assert maker_named(pl.Series([name])).to_list() == [maker]


def test_a_blank_name_tells_nothing() -> None:
    assert maker_named(pl.Series([None], dtype=pl.String)).to_list() == [None]
