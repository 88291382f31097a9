from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.watchlists.sources.days import listed_day


@pytest.mark.parametrize(
    "text",
    [
        "2013-10-02",
        "2013-10-02T14:05:00Z",
        "2.10.2013",
        "02-10-2013",
        "02/10/2013",
        "2 Oct. 2013",
        "02-Oct-2013",
    ],
)
def test_a_day_is_read_as_its_authority_writes_it(text: str) -> None:
    assert listed_day(text) == date(2013, 10, 2)


def test_a_us_list_puts_the_month_first() -> None:
    assert listed_day("10/02/2013", month_first=True) == date(2013, 10, 2)


@pytest.mark.parametrize(
    "text", [None, "", "dd/mm/1971", "2013", "31.2.2013", "4 Foo 2013", "13/25/2023", "soon"]
)
def test_what_names_no_day_is_unknown(text: str | None) -> None:
    assert listed_day(text) is None


@given(st.dates(min_value=date(1900, 1, 1)))
def test_every_day_is_read_in_every_order(day: date) -> None:
    assert listed_day(day.isoformat()) == listed_day(f"{day.day}.{day.month}.{day.year}") == day
    assert listed_day(f"{day.month}/{day.day}/{day.year}", month_first=True) == day
