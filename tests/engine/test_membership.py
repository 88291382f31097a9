from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.engine.membership import any_on_list, on_list, source_of, tiers
from screening.watchlists.lists import ListCatalogue, Standing

LISTS = ListCatalogue.load()
FIRST, LAST = date(2022, 2, 24), date(2023, 6, 30)
DAY = timedelta(days=1)
SPANS = [
    Standing("KZ", FIRST, None),
    Standing("AM", None, LAST),
    Standing("GE", FIRST, LAST),
    Standing("AZ", None, None),
]


def stands(country: str | None, day: date | None) -> bool | None:
    row = pl.DataFrame({"c": [country], "d": [day]}, schema={"c": pl.String, "d": pl.Date})
    told: bool | None = row.select(on_list(pl.col("c"), SPANS, pl.col("d"))).item()
    return told


@pytest.mark.parametrize(("shift", "on"), [(-1, False), (0, True), (1, True)])
def test_an_entry_stands_from_its_first_day(shift: int, on: bool) -> None:
    assert stands("KZ", FIRST + shift * DAY) is on
    assert stands("GE", FIRST + shift * DAY) is on


@pytest.mark.parametrize(("shift", "on"), [(-1, True), (0, True), (1, False)])
def test_an_entry_stands_to_its_last_day(shift: int, on: bool) -> None:
    assert stands("AM", LAST + shift * DAY) is on
    assert stands("GE", LAST + shift * DAY) is on


def test_without_a_day_the_list_is_taken_as_it_stands() -> None:
    assert [stands(country, None) for country in ("KZ", "AM", "GE", "AZ")] == [True, False, False, True]


def test_who_is_unknown_stands_on_no_list_and_off_none() -> None:
    assert stands(None, FIRST) is None
    assert stands("ZA", FIRST) is False


def test_an_empty_list_has_nobody() -> None:
    row = pl.DataFrame({"c": ["KZ", None], "d": [FIRST, FIRST]})
    assert row.select(on_list(pl.col("c"), [], pl.col("d"))).to_series().to_list() == [False, None]


@given(st.sampled_from([None, "KZ", "AM", "GE", "ZA"]), st.none() | st.dates(FIRST - DAY, LAST + DAY))
def test_the_columns_say_what_each_standing_says(country: str | None, day: date | None) -> None:
    expected = None if country is None else any(s.member == country and s.on(day) for s in SPANS)
    assert stands(country, day) is expected


def test_one_country_of_many_is_enough() -> None:
    rows = pl.DataFrame({"c": [["ZA", "KZ"], ["ZA"], [], None], "d": [FIRST] * 4})
    told = rows.select(any_on_list(pl.col("c"), SPANS, pl.col("d"))).to_series()
    assert told.to_list() == [True, False, False, None]


def test_every_code_of_a_tier_is_in_its_tier() -> None:
    placed = {s.member: tier for tier, members in tiers(LISTS.goods["goods/chpl"]).items() for s in members}
    assert placed["854231"] == "1"
    assert set(placed) == {entry.hs6 for entry in LISTS.goods["goods/chpl"].entries}


def test_the_source_of_a_country_says_who_and_when() -> None:
    told = source_of(LISTS, "countries/destinations_of_concern", ["RU"], date(2024, 1, 1))
    assert told and "Regulation" in told and "2022" in told


def test_the_source_of_goods_says_since_when_they_are_controlled() -> None:
    told = source_of(LISTS, "goods/chpl", ["854231"], date(2024, 1, 1))
    assert told and "controlled from 2022-02-24" in told and "listed 2023-05-19" in told


def test_nobody_is_the_source_of_what_is_not_on_the_list_that_day() -> None:
    assert source_of(LISTS, "goods/chpl", ["854231"], date(2022, 2, 23)) is None
    assert source_of(LISTS, "goods/chpl", ["010121"], None) is None
