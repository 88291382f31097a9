"""The country of a telephone number, by its calling code.

A number without one (`0212 555 66 77`) says nothing: how people at home write it is no evidence. Russia and
Kazakhstan share the zone +7, and the digits behind it tell them apart.
"""

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import polars as pl

from screening.phrases import rows

_CODES = Path(__file__).parent / "calling_codes.csv"
_LONGEST, _SHORTEST = 15, 8
"""Digits of an international number (ITU-T E.164); a shorter one is an extension or a slip."""
_COMPARED = 7
"""Digits by which two numbers are held to be one."""
_APART = re.compile(r"[;,/|\n]|\bor\b")
_LABEL = re.compile(r"^[^+0-9]*")
_SHARED_LENGTH = 11
"""Digits of a whole number in a zone that several countries share; another length tells the zone alone."""
_ONE_FOR_ALL = {"HK": "CN", "MO": "CN"}
"""Hong Kong firms with a mainland telephone, and the like, are no sign of anything."""


def phone_countries(numbers: pl.Series) -> pl.Series:
    """The country of the first number of each cell that has a calling code; null where none tells it."""
    return pl.Series([_called(cell).country for cell in numbers.to_list()], dtype=pl.String)


def phone_zones(numbers: pl.Series) -> pl.Series:
    """The countries that share the calling code, each between two spaces; null where it is of one alone."""
    return pl.Series([_called(cell).zone for cell in numbers.to_list()], dtype=pl.String)


def last_digits(numbers: pl.Series) -> pl.Series:
    """The last digits of each cell, which are alike with and without the calling code; null for few."""
    digits = numbers.str.replace_all(r"[^0-9]", "").str.tail(_COMPARED)
    return digits.set(digits.str.len_chars() < _COMPARED, None)


def phone_elsewhere(number: pl.Expr, called: pl.Expr, zone: pl.Expr, stated: pl.Expr) -> pl.Expr:
    """True where a number has the calling code of another country than the stated one.

    By `phone_countries` and `phone_zones`. False where it has none; null where the number or the country
    is blank.
    """
    own = stated.replace(_ONE_FOR_ALL).str.slice(0, 2)
    apart = called.replace(_ONE_FOR_ALL).str.slice(0, 2) != own
    # A firm in Canada may well have a number in the States; and a number too short tells the zone alone.
    outside = ~zone.str.contains(pl.concat_str(pl.lit(" "), own, pl.lit(" ")), literal=True)
    american = zone.str.contains(" US ", literal=True)
    elsewhere = pl.when(zone.is_null()).then(apart).when(american).then(outside)
    judged = elsewhere.otherwise(outside | apart.fill_null(False)).fill_null(False)
    return pl.when(number.is_not_null() & stated.is_not_null()).then(judged)


def phone_country(cell: str) -> str | None:
    """The country of the first number in the cell that has a calling code, or None."""
    return _called(cell).country


class Called(NamedTuple):
    """What a number says of where it rings: its country, and where several share a code, all of those."""

    country: str | None
    zone: str | None
    """The countries of the code, each between two spaces."""


_NOWHERE = Called(None, None)


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
