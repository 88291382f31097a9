"""Why a cell can't be read, in a sentence that ends with what would be right.

Faults are rare: this runs once for each distinct wrong value, after the columns have found them.
"""

import csv
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from screening.io.notation import Notation
from screening.places.countries import country_code
from screening.shipment import Kind

LONGEST_CELL = 100_000
"""Characters that a cell may have; a longer one is no cell of a shipment."""

CONTROL = r"[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x{9F}]"
"""Control characters, in polars' spelling: nobody types them, and names must not hide behind them."""

_CONTROL = re.compile(CONTROL.replace(r"\x{9F}", r"\x9F"))
_SHOWN = 80


@cache
def answer_words() -> dict[str, str]:
    """The words for yes and no, each with its answer."""
    with Path(__file__).with_name("yes_no.csv").open(encoding="utf-8", newline="") as lines:
        return {row["word"]: row["answer"] for row in csv.DictReader(lines)}


def shortened(value: str, limit: int = _SHOWN) -> str:
    """The value as people can read it in a table: one line, no control characters, not long."""
    head = re.sub(r"\s+", " ", _CONTROL.sub("\N{REPLACEMENT CHARACTER}", value[: limit * 4]))
    return head if len(head) <= limit and len(value) <= limit * 4 else head[: limit - 1] + "…"


def reason_for(kind: Kind, value: str, notation: Notation) -> str:
    """Why `value` is no value of this kind."""
    if len(value) > LONGEST_CELL:
        return f"the cell has {len(value):,} characters; it may have {LONGEST_CELL:,}"
    if control := _CONTROL.search(value):
        return (
            f"the cell holds the control character U+{ord(control[0]):04X} "
            f"at character {control.start() + 1}; remove it"
        )
    return _REASONS[kind](shortened(value.strip(), 60), value.strip(), notation)


def _text(shown: str, value: str, notation: Notation) -> str:
    return f'"{shown}" can\'t be read as text'


def _date(shown: str, value: str, notation: Notation) -> str:
    if re.fullmatch(r"[0-9]{4}-?[0-9]{2}-?[0-9]{2}.*", value):
        return f'"{shown}" is not a day of the calendar; write YYYY-MM-DD, for example 2024-03-31'
    if notation.date_format is not None:
        return f'"{shown}" is not a date of the mapping file\'s format {notation.date_format}, nor YYYY-MM-DD'
    return f'"{shown}" is not an ISO 8601 date; write YYYY-MM-DD, or name the date format in a mapping file'


def _country(shown: str, value: str, notation: Notation) -> str:
    return f'"{shown}" is not a country that we know; write its ISO 3166 code, for example KZ'


def _countries(shown: str, value: str, notation: Notation) -> str:
    wrong = [part.strip() for part in value.split(";") if part.strip() and country_code(part) is None]
    return f"{_country(shortened(wrong[0], 60), wrong[0], notation)}; put ; between countries"


def _hs_code(shown: str, value: str, notation: Notation) -> str:
    if re.fullmatch(r"[0-9]{5,}\.0", value):
        return f'"{shown}" is a number and may have lost a leading zero; write the HS code as text'
    digits = re.sub(r"[.\s]", "", value)
    if re.fullmatch(r"[0-9]+", digits):
        many = "1 digit" if len(digits) == 1 else f"{len(digits)} digits"
        return f'"{shown}" has {many}; an HS code has 6 to 10'
    return f'"{shown}" is not an HS code; write 6 to 10 digits, for example 8542.31'


def _locode(shown: str, value: str, notation: Notation) -> str:
    return (
        f'"{shown}" is not a UN/LOCODE; write the two letters of the country '
        "and three of the place, for example TRIST"
    )


def _amount(shown: str, value: str, notation: Notation) -> str:
    number = f"digits with a decimal {_mark(notation.decimal)}, for example 1200{notation.decimal}50"
    if re.fullmatch(r"[-\u2212(]\s*[0-9].*", value):
        return f'"{shown}" is negative; write an amount of 0 or more'
    if re.fullmatch(r"[0-9]+(\.[0-9]*)?", value) and notation.decimal == ".":
        return f'"{shown}" is too large to be an amount'
    if re.fullmatch(r"[0-9.,'\s\u2019]+", value):
        remedy = "" if notation.thousands else "; a mapping file can name a thousands separator"
        return f'"{shown}" is not a plain number; write {number}{remedy}'
    return f'"{shown}" is not a number; write {number}'


def _mark(decimal: str) -> str:
    return {".": "point", ",": "comma"}.get(decimal, decimal)


def _count(shown: str, value: str, notation: Notation) -> str:
    return f'"{shown}" is not a whole number of 0 or more; write digits only'


def _yes_no(shown: str, value: str, notation: Notation) -> str:
    return f'"{shown}" is neither yes nor no; write one of the two, or leave the cell blank'


_REASONS: dict[Kind, Callable[[str, str, Notation], str]] = {
    Kind.TEXT: _text,
    Kind.DATE: _date,
    Kind.COUNTRY: _country,
    Kind.COUNTRIES: _countries,
    Kind.HS_CODE: _hs_code,
    Kind.LOCODE: _locode,
    Kind.AMOUNT: _amount,
    Kind.COUNT: _count,
    Kind.YES_NO: _yes_no,
}
