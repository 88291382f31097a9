"""Which of the many things that lists put among identifiers are numbers that identify somebody."""

import csv
from functools import cache
from pathlib import Path

_NO_NUMBERS = Path(__file__).parent / "us_csl_remarks.csv"
_OF_LETTERS = ("SWIFT", "BIC", "Aircraft Tail Number")
"""Kinds of identifiers that may hold no digit."""


def stands_for_an_identifier(kind: str, number: str) -> bool:
    """Whether a number of that kind identifies; US lists put remarks (`Gender, Male`) beside them."""
    if kind.strip().startswith(_remarks()):
        return False
    return any(map(str.isdigit, number)) or (bool(number) and kind.strip().startswith(_OF_LETTERS))


@cache
def _remarks() -> tuple[str, ...]:
    with _NO_NUMBERS.open(encoding="utf-8", newline="") as file:
        return tuple(row["begins"] for row in csv.DictReader(file))
