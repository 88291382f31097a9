"""Birth dates are as exact as they were written, and no more."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.names.births import births, births_of

DAYS = st.dates(date(1900, 1, 1), date(2020, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "1962-03-12",
        "12.3.1962",
        "12/03/1962",
        "12 Mar 1962",
        "12 March 1962",
        "12 Mar.1962",
        "March 12, 1962",
    ],
)
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    (found,) = births(text)
    assert (str(found), found.exact) == ("1962-03-12", True)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1962", "1962"),
        ("1962-00-00", "1962"),
        ("dd/mm/1962", "1962"),
        ("00/00/1962", "1962"),
        ("Mar 1962", "1962-03-01 to 1962-03-31"),
        ("1962-03", "1962-03-01 to 1962-03-31"),
        ("1960 to 1963", "1960 to 1963"),
        ("between 1960 and 1963", "1960 to 1963"),
        ("1960-1963", "1960 to 1963"),
        ("01 Jan 1960 to 31 Dec 1961", "1960 to 1961"),
    ],
)
def test_what_is_not_known_stays_open(text: str, told: str) -> None:
    (found,) = births(text)
    assert (str(found), found.exact) == (told, False)


@pytest.mark.parametrize("text", ["circa 1962", "Circa 1962", "approximately 1962", "about 1962", "c. 1962"])
def test_about_a_year_is_a_few_years(text: str) -> None:
    (found,) = births(text)
    assert (found.first.year, found.last.year) == (1960, 1964)


@pytest.mark.parametrize(
    "text", ["(a) 7.7.1956, (b) 17.6.1963", '"(a) 7.7.1956; (b) 17.6.1963"', "1956-07-07;1963-06-17"]
)
def test_a_cell_may_name_several(text: str) -> None:
    assert [str(found) for found in births(text)] == ["1956-07-07", "1963-06-17"]


@pytest.mark.parametrize(
    "text", ["", "unknown", "31.2.1962", "12", "12 Foo 1962", "1963 to 1960", "POB Omsk"]
)
def test_a_text_without_a_date_names_none(text: str) -> None:
    assert births(text) == ()


def test_dates_that_stand_twice_are_one() -> None:
    assert len(births_of(["1962-03-12", "12 Mar 1962", "1962"])) == 2


@given(DAYS, DAYS)
def test_two_days_may_be_one_when_they_are(one: date, other: date) -> None:
    (first,), (second,) = births(one.isoformat()), births(f"{other:%d.%m.%Y}")
    assert first.may_be(second) == (one == other)


@given(DAYS)
def test_a_day_may_be_in_its_year(day: date) -> None:
    (exact,), (year,) = births(day.isoformat()), births(str(day.year))
    assert exact.may_be(year) and year.may_be(exact)
