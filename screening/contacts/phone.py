"""The country of a telephone number, by its calling code.

A number without one (`0212 555 66 77`) says nothing: how people at home write it is no evidence. Russia and
Kazakhstan share the zone +7, and the digits behind it tell them apart.
"""

import re
from functools import cache
from pathlib import Path

import polars as pl

from screening.phrases import once_per_value, rows

_CODES = Path(__file__).parent / "calling_codes.csv"
_LONGEST, _SHORTEST = 15, 8
"""Digits of an international number (ITU-T E.164); a shorter one is an extension or a slip."""
_APART = re.compile(r"[;,/|\n]|\bor\b")
_LABEL = re.compile(r"^[^+0-9]*")
_ONE_ZONE = {"HK": "CN", "MO": "CN", "PR": "US"}
"""Hong Kong firms with a mainland telephone, and the like, are no sign of anything."""


def phone_countries(numbers: pl.Series) -> pl.Series:
    """The country of the first number of each cell that has a calling code; null where none has."""
    return once_per_value(
        numbers,
        lambda distinct: pl.Series([phone_country(cell) for cell in distinct.to_list()], dtype=pl.String),
    )


def phone_elsewhere(numbers: pl.Series, countries: pl.Series) -> pl.Series:
    """True where a number has the calling code of another country than the stated one.

    False where it has none; null where the number or the country is blank.
    """
    told = pl.DataFrame(
        {
            "number": numbers,
            "called": phone_countries(numbers).replace(_ONE_ZONE),
            "stated": countries.replace(_ONE_ZONE),
        }
    )
    land = pl.col("stated").str.slice(0, 2) != pl.col("called").str.slice(0, 2)
    apart = pl.col("called").is_not_null() & land
    known = pl.col("number").is_not_null() & pl.col("stated").is_not_null()
    return told.select(pl.when(known).then(apart.fill_null(False)).alias("elsewhere")).to_series()


def phone_country(cell: str) -> str | None:
    """The country of the first number in the cell that has a calling code, or None."""
    for number in _APART.split(cell):
        if country := _called(number):
            return country
    return None


def _called(number: str) -> str | None:
    text = _LABEL.sub("", number)
    digits = "".join(sign for sign in text if sign.isascii() and sign.isdigit())
    if text.startswith("00"):
        digits = digits[2:]
    elif not text.startswith("+"):
        return None
    if not _SHORTEST <= len(digits) <= _LONGEST:
        return None
    found = (_codes().get(digits[:length]) for length in range(6, 0, -1))
    return next((country for country in found if country), None)


@cache
def _codes() -> dict[str, str]:
    return {row["code"]: row["country"] for row in rows(_CODES)}
