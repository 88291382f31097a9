"""What a value is in US dollars on the day of its shipment.

Rates are the user's to bring. Without one the dollar value is unknown: a rule that needs it is then
not evaluated, and nobody guesses.
"""

import csv
import io
import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path

import polars as pl

from screening.errors import InputError
from screening.io.reasons import shortened
from screening.io.sources import opened, readable

_SCHEMA = {"currency": pl.String, "date": pl.Date, "usd": pl.Float64}
_COLUMNS = ("date", "currency", "usd")
_LARGEST = 256 * 1024 * 1024


@dataclass(frozen=True)
class Rates:
    """US dollars for one unit of a currency, from a day on: `currency`, `date`, `usd`, in order of date."""

    table: pl.DataFrame

    def dollars(self, currency: str, day: date | None) -> float | None:
        """US dollars for one unit at the latest rate on or before the day; None where there is none.

        Dollars need no rate and no day.
        """
        known = currency.strip().upper()
        if known == "USD":
            return 1.0
        days, usd = self._by_currency.get(known, ((), ()))
        at = 0 if day is None else bisect_right(days, day)
        return usd[at - 1] if at else None

    @cached_property
    def days(self) -> list[date]:
        """The days from which a rate holds, in order."""
        return sorted(set(self.table["date"].to_list()))

    @cached_property
    def _by_currency(self) -> dict[str, tuple[list[date], list[float]]]:
        parts = self.table.partition_by("currency", as_dict=True)
        return {str(name): (of["date"].to_list(), of["usd"].to_list()) for (name,), of in parts.items()}

    @property
    def digest(self) -> str:
        """SHA-256 over the rates in order."""
        return sha256(self.table.write_csv().encode()).hexdigest()


NO_RATES = Rates(pl.DataFrame(schema=_SCHEMA))
"""Knows the dollar only."""


def read_rates(path: str | Path) -> Rates:
    """The rates of a CSV file with the columns date, currency, usd; raises InputError with the line."""
    with opened(path) as file, readable(file.name):
        content = file.whole(_LARGEST, "keep the days of the shipments only")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(str(path), "not UTF-8 text", "save it as UTF-8") from error
    found = _rates(text, str(path))
    rows = [(currency, day, usd) for (currency, day), usd in found.items()]
    return Rates(pl.DataFrame(rows, schema=_SCHEMA, orient="row").sort("date", "currency"))


def _rates(text: str, name: str) -> dict[tuple[str, date], float]:
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    found: dict[tuple[str, date], float] = {}
    try:
        at = _places([cell.strip().lower() for cell in next(lines, [])], name)
        for cells in lines:
            if any(cell.strip() for cell in cells):
                where = f"{name}, line {lines.line_num}"
                day, currency, usd = _rate(cells, at, where)
                if (currency, day) in found:
                    raise InputError(where, f"a second rate for {currency} on {day}", "keep one")
                found[currency, day] = usd
    except csv.Error as error:
        raise InputError(
            f"{name}, line {lines.line_num}", str(error), "mend the quotes of this line"
        ) from error
    return found


def _separator(text: str) -> str:
    header = text.partition("\n")[0]
    return max((",", ";", "\t"), key=header.count)


def _places(header: list[str], name: str) -> list[int]:
    for column in _COLUMNS:
        if header.count(column) != 1:
            what = "no column" if column not in header else "two columns"
            raise InputError(name, f'{what} "{column}"', f"a rates file has {', '.join(_COLUMNS)}")
    return [header.index(column) for column in _COLUMNS]


def _rate(cells: list[str], at: list[int], where: str) -> tuple[date, str, float]:
    if len(cells) <= max(at):
        raise InputError(where, f"only {len(cells)} cells", f"write {', '.join(_COLUMNS)}")
    day, currency, usd = (cells[place].strip() for place in at)
    return _day(day, where), _currency(currency, where), _usd(usd, currency.upper(), where)


def _day(text: str, where: str) -> date:
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(where, f'date "{shortened(text, 40)}" is not a date', "write YYYY-MM-DD") from error


def _currency(text: str, where: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{3}", text):
        what = f'currency "{shortened(text, 40)}" is not a currency code'
        raise InputError(where, what, "write three letters, for example EUR")
    return text.upper()


def _usd(text: str, currency: str, where: str) -> float:
    usd = float(text) if re.fullmatch(r"[0-9]{1,15}(\.[0-9]{0,30})?|\.[0-9]{1,30}", text) else 0.0
    if usd <= 0:
        what = f'usd "{shortened(text, 40)}" is not a rate'
        raise InputError(where, what, "write the US dollars that one unit is worth, for example 1.08")
    if currency == "USD" and usd != 1:
        raise InputError(where, f"one USD is {text} USD", "remove this line")
    return usd


def usd_amount(value: pl.Series, currency: pl.Series, day: pl.Series, rates: Rates = NO_RATES) -> pl.Series:
    """`value` in US dollars (Float64) at the latest rate on or before the day; null where there is none.

    The three go together row by row; dollars need no rate and no day.
    """
    rows = pl.DataFrame(
        {"value": value, "currency": currency.str.strip_chars().str.to_uppercase(), "date": day}
    ).with_row_index("at")
    dated = rows.filter(pl.col("date").is_not_null()).sort("date", maintain_order=True)
    rated = dated.join_asof(
        rates.table, on="date", by="currency", strategy="backward", check_sortedness=False
    )
    usd = rows.join(rated.select("at", "usd"), on="at", how="left", maintain_order="left")
    factor = pl.when(pl.col("currency") == "USD").then(pl.lit(1.0)).otherwise(pl.col("usd"))
    return usd.select((pl.col("value") * factor).alias("value_usd")).to_series()
