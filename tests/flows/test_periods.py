"""Periods are read however an office writes them, and never guessed."""

from datetime import date

import pytest

from screening.flows.periods import period_of, period_of_parts


@pytest.mark.parametrize("text", ["2022", "Y2022", "202252", "202252-Jan.-Dec. 2022", "Jan.-Dec. 2022"])
def test_a_year_is_twelve_months(text: str) -> None:
    assert period_of(text) == (date(2022, 1, 1), 12)


@pytest.mark.parametrize(
    "text", ["202203", "2022-03", "2022M03", "2022-03-01", "Mar. 2022", "202203-Mar. 2022"]
)
def test_a_month_is_one(text: str) -> None:
    assert period_of(text) == (date(2022, 3, 1), 1)


@pytest.mark.parametrize("text", ["", "202213", "Q1 2022", "Foo. 2022", "22-03", "1822"])
def test_what_is_no_period_is_none(text: str) -> None:
    assert period_of(text) is None


@pytest.mark.parametrize(("month", "months"), [(None, 12), ("52", 12), ("Year", 12), ("7", 1), ("Jul", 1)])
def test_year_and_month_may_have_cells_of_their_own(month: str | None, months: int) -> None:
    period = period_of_parts("2023", month)
    assert period is not None
    assert period[1] == months
