"""Amounts as whole thousandths: sums of integers are the same in whatever order they are added."""

from fractions import Fraction
from math import floor, isnan

SCALE = 1_000
LARGEST = 1e11
"""Kilograms, dollars or pieces that one shipment counts for at most."""


def thousandths(value: float | None) -> int | None:
    """The value in whole thousandths; None when it is unknown."""
    if value is None or isnan(value):
        return None
    return floor(min(max(value, -LARGEST), LARGEST) * SCALE + 0.5)


def similar(one: int, other: int, share: Fraction) -> bool:
    """True when two amounts differ by at most this share of the larger one; nothing is like no amount."""
    if one <= 0 or other <= 0:
        return False
    return abs(one - other) * share.denominator <= max(one, other) * share.numerator
