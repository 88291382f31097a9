"""What a value is in US dollars on the day of its shipment."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from screening.errors import InputError
from screening.io.rates import NO_RATES, Rates, read_rates, usd_amount

Given = Callable[..., Path]
TEXT = "date,currency,usd\n2024-01-10,EUR,1.10\n2024-01-01,eur,1.00\n2024-01-01,TRY,0.03\n"


@pytest.fixture
def rates(given: Given) -> Rates:
    return read_rates(given(TEXT, "rates.csv"))


def dollars(value: float | None, currency: str | None, day: date | None, rates: Rates) -> float | None:
    amount = usd_amount(
        pl.Series([value], dtype=pl.Float64),
        pl.Series([currency], dtype=pl.String),
        pl.Series([day], dtype=pl.Date),
        rates,
    )
    result: float | None = amount.to_list()[0]
    return result


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2023, 12, 31), None),
        (date(2024, 1, 1), 100.0),
        (date(2024, 1, 9), 100.0),
        (date(2024, 1, 10), 110.0),
        (date(2030, 1, 1), 110.0),
        (None, None),
    ],
)
def test_the_latest_rate_on_or_before_the_day_counts(rates: Rates, day: date | None, expected: float) -> None:
    assert dollars(100, "EUR", day, rates) == (pytest.approx(expected) if expected else None)


def test_a_dollar_is_a_dollar_without_rate_or_day() -> None:
    assert dollars(5, " usd ", None, NO_RATES) == 5


@pytest.mark.parametrize("currency", ["GBP", "", None, "US$"])
def test_without_a_rate_the_dollars_are_unknown(rates: Rates, currency: str | None) -> None:
    assert dollars(5, currency, date(2024, 1, 5), rates) is None


def test_the_amounts_keep_the_order_of_the_rows(rates: Rates) -> None:
    days = pl.Series([date(2024, 2, 1), None, date(2024, 1, 5), date(2024, 1, 5)], dtype=pl.Date)
    currencies = pl.Series(["EUR", "USD", "TRY", "EUR"])
    found = usd_amount(pl.Series([1.0, 2.0, 100.0, None]), currencies, days, rates)
    assert found.to_list() == [pytest.approx(1.1), 2.0, pytest.approx(3.0), None]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("date,currency\n", 'no column "usd"; a rates file has date, currency, usd'),
        ("date,date,currency,usd\n", 'two columns "date"'),
        (
            "date,currency,usd\n01.02.2024,EUR,1\n",
            'line 2: date "01.02.2024" is not a date; write YYYY-MM-DD',
        ),
        ("date,currency,usd\n2024-02-30,EUR,1\n", 'line 2: date "2024-02-30" is not a date'),
        ("date,currency,usd\n2024-01-01,Euro,1\n", 'line 2: currency "Euro" is not a currency code'),
        ("date,currency,usd\n2024-01-01,EUR,0\n", 'line 2: usd "0" is not a rate'),
        ("date,currency,usd\n2024-01-01,EUR,-1\n", 'line 2: usd "-1" is not a rate'),
        ("date,currency,usd\n2024-01-01,EUR,nan\n", 'line 2: usd "nan" is not a rate'),
        ("date,currency,usd\n2024-01-01,USD,2\n", "line 2: one USD is 2 USD"),
        ("date,currency,usd\n2024-01-01,EUR\n", "line 2: only 2 cells"),
        (
            "date,currency,usd\n2024-01-01,EUR,1\n2024-01-01,eur,2\n",
            "line 3: a second rate for EUR on 2024-01-01",
        ),
        (b"date,currency,usd\n\xff", "not UTF-8 text"),
        ("", "the file is empty"),
    ],
)
def test_a_fault_in_a_rates_file_is_told_with_its_line(given: Given, text: str, told: str) -> None:
    with pytest.raises(InputError) as refused:
        read_rates(given(text, "rates.csv"))
    assert told in str(refused.value)


def test_a_rates_file_may_be_separated_by_semicolons(given: Given) -> None:
    assert read_rates(given(TEXT.replace(",", ";"))).table.height == 3


@pytest.mark.parametrize("currency", ["EUR", " eur", "usd", "KZT"])
@pytest.mark.parametrize("day", [None, date(2023, 12, 31), date(2024, 1, 1), date(2024, 1, 10)])
def test_a_unit_is_worth_the_same_by_itself_and_among_others(
    currency: str, day: date | None, rates: Rates
) -> None:
    assert rates.dollars(currency, day) == dollars(1.0, currency, day, rates)
