"""The country of a telephone number, by its calling code.

A number without one (`0212 555 66 77`) says nothing: how people at home write it is no evidence. Russia and
Kazakhstan share the zone +7, and the digits behind it tell them apart.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import polars as pl

from screening.phrases import once_per_value, rows

_CODES = Path(__file__).parent / "calling_codes.csv"
_LONGEST, _SHORTEST = 15, 8
"""Digits of an international number (ITU-T E.164); a shorter one is an extension or a slip."""
_APART = re.compile(r"[;,/|\n]|\bor\b")
_LABEL = re.compile(r"^[^+0-9]*")
_SHARED_LENGTH = 11
"""Digits of a whole number in a zone that several countries share; another length tells the zone alone."""
_ONE_FOR_ALL = {"HK": "CN", "MO": "CN"}
"""Hong Kong firms with a mainland telephone, and the like, are no sign of anything."""


def phone_countries(numbers: pl.Series) -> pl.Series:
    """The country of the first number of each cell that has a calling code; null where none tells it."""
    return _told(numbers, lambda found: found.country)


def phone_elsewhere(numbers: pl.Series, countries: pl.Series) -> pl.Series:
    """True where a number has the calling code of another country than the stated one.

    False where it has none; null where the number or the country is blank.
    """
    told = pl.DataFrame(
        {"number": numbers, "zone": _told(numbers, lambda found: found.zone), "stated": countries}
    ).with_columns(called=phone_countries(numbers))
    own = pl.col("stated").replace(_ONE_FOR_ALL).str.slice(0, 2)
    apart = pl.col("called").replace(_ONE_FOR_ALL).str.slice(0, 2) != own
    # A firm in Canada may well have a number in the States; and a number too short tells the zone alone.
    in_zone = pl.concat_str(pl.lit(" "), own, pl.lit(" "))
    outside = ~pl.col("zone").str.contains(in_zone, literal=True)
    american = pl.col("zone").str.contains(" US ", literal=True)
    elsewhere = pl.when(pl.col("zone").is_null()).then(apart).when(american).then(outside)
    known = pl.col("number").is_not_null() & pl.col("stated").is_not_null()
    judged = elsewhere.otherwise(outside | apart.fill_null(False)).fill_null(False)
    return told.select(pl.when(known).then(judged).alias("elsewhere")).to_series()


def phone_country(cell: str) -> str | None:
    """The country of the first number in the cell that has a calling code, or None."""
    return _called(cell).country


class Called(NamedTuple):
    """What a number says of where it rings: its country, and where several share a code, all of those."""

    country: str | None
    zone: str | None
    """The countries of the code, each between two spaces."""


_NOWHERE = Called(None, None)


def _told(numbers: pl.Series, read: Callable[[Called], str | None]) -> pl.Series:
    return once_per_value(
        numbers,
        lambda distinct: pl.Series([read(_called(cell)) for cell in distinct.to_list()], dtype=pl.String),
    )


@lru_cache(maxsize=1 << 16)
def _called(cell: str) -> Called:
    found = (_number(part) for part in _APART.split(cell))
    return next((called for called in found if called != _NOWHERE), _NOWHERE)


def _number(text: str) -> Called:
    written = _LABEL.sub("", text)
    digits = "".join(sign for sign in written if sign.isascii() and sign.isdigit())
    if written.startswith("00"):
        digits = digits[2:]
    elif not written.startswith("+"):
        return _NOWHERE
    if not _SHORTEST <= len(digits) <= _LONGEST:
        return _NOWHERE
    zone = _zones().get(digits[0])
    if zone and len(digits) != _SHARED_LENGTH:
        return Called(None, zone)
    found = (_codes().get(digits[:length]) for length in range(6, 0, -1))
    return Called(next((country for country in found if country), None), zone)


@cache
def _codes() -> dict[str, str]:
    return {row["code"]: row["country"] for row in rows(_CODES)}


@cache
def _zones() -> dict[str, str]:
    """The countries that share the codes +1 and +7, each between two spaces."""
    return {
        first: f" {' '.join(sorted({land[:2] for code, land in _codes().items() if code[0] == first}))} "
        for first in ("1", "7")
    }
