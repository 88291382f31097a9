"""Folded addresses as columns: one row an address, and one for each form in which a part of it may be met.

The two sides of a comparison write their parts in forms that meet by equality alone: a house between 301 and
307 meets the range, `Mongkok` meets `Mong Kok`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import polars as pl

from screening.addresses.fold import Address, Number

OWN, PLACE, CITY, NUMBER = range(4)
"""What a part is: a word of the address's own, a district or direction, a town, a number."""
UNIT, HOUSE, BOX, FLOOR, NO_LEVEL = range(5)
_LEVELS = {"unit": UNIT, "house": HOUSE, "box": BOX, "floor": FLOOR}
_WORD_WEIGHTS = {"own": 1.0, "city": 0.4, "district": 0.3, "direction": 0.3}
_WORD_KINDS = {"own": OWN, "city": CITY, "district": PLACE, "direction": PLACE}
_LETTER_WEIGHS, _FLOOR_WEIGHS, _RANGE_WEIGHS = 0.5, 0.3, 1.6
_DIGITS_WEIGH = {1: 0.6, 2: 0.8, 3: 1.1}
_LONG_NUMBER_WEIGHS = 1.4
NUMBERS_FROM = 1_000
"""Parts are numbered, words from 0 and numbers from here."""

_PART_SCHEMA: dict[str, type[pl.DataType]] = {
    "address": pl.UInt32,
    "part": pl.UInt16,
    "kind": pl.UInt8,
    "level": pl.UInt8,
    "weight": pl.Float64,
    "form": pl.String,
    "whole": pl.Boolean,
}


class Part(NamedTuple):
    """A form of a part of an address, as a row of the columns."""

    part: int
    kind: int
    level: int
    weight: float
    form: str
    whole: bool


@dataclass(frozen=True, slots=True)
class AddressColumns:
    """Addresses of one side."""

    addresses: pl.DataFrame
    """address (its number), country, postcode: blank where unknown."""
    parts: pl.DataFrame
    """address, part, kind, level, weight, form; `whole` is false for forms that stand for two parts."""

    @classmethod
    def of(cls, folded: Sequence[Address], listed: bool) -> "AddressColumns":
        """The columns of the addresses that tell a place; the others keep their number and have no part."""
        numbers = pl.Series("address", range(len(folded)), dtype=pl.UInt32)
        heads = pl.DataFrame(
            {
                "address": numbers,
                "country": pl.Series([a.country for a in folded], dtype=pl.String),
                "postcode": pl.Series([a.postcode for a in folded], dtype=pl.String),
            }
        )
        rows = [(at, *part) for at, a in enumerate(folded) for part in parts_of(a, listed)]
        return cls(heads, pl.DataFrame(rows, schema=_PART_SCHEMA, orient="row"))


def parts_of(address: Address, listed: bool) -> Iterator[Part]:
    """The parts of an address that tells a place, in all their forms; none of another."""
    if not address.tells_a_place:
        return
    for at, word in enumerate(address.words):
        yield Part(at, _WORD_KINDS[word.kind], NO_LEVEL, _WORD_WEIGHTS[word.kind], word.text, True)
    for at, (one, other) in enumerate(pairwise(address.words)):
        if one.kind == other.kind == "own":
            for part in (at, at + 1):
                yield Part(part, OWN, NO_LEVEL, 1.0, one.text + other.text, False)
    for at, number in enumerate(address.numbers, NUMBERS_FROM):
        for form in _number_forms(number, listed=listed):
            yield Part(at, NUMBER, _LEVELS[number.level], _number_weight(number), form, True)


def _number_forms(number: Number, listed: bool) -> Iterator[str]:
    """The number; and what meets a range of its level that holds it, or a number that it holds."""
    yield number.text if number.text[0].isdigit() else f"={number.text}"
    if number.pair:
        yield number.pair
    single, within = ("<", ">") if listed else (">", "<")
    if number.single:
        yield f"{single}{number.level} {number.text}"
    for each in number.within:
        yield f"{within}{number.level} {each}"


def _number_weight(number: Number) -> float:
    if number.level == "floor":
        return _FLOOR_WEIGHS
    if not number.text[0].isdigit():
        return _LETTER_WEIGHS
    if "-" in number.text:
        return _RANGE_WEIGHS
    return _DIGITS_WEIGH.get(len(number.text), _LONG_NUMBER_WEIGHS)
