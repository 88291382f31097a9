"""What a firm's name says that it deals in, and whether goods have a place in that business.

A bakery that buys microchips is a published red flag. Names say little and firms do much, so the benefit of
the doubt is wide: a name with any technical, general or public word in it is taken for that, and the table
of misfits holds only goods that such a firm neither makes, sells nor repairs with.
"""

from functools import cache
from pathlib import Path

import polars as pl

from screening.phrases import class_of, first_class, rows
from screening.remembered import one_by_one, told_once

_HERE = Path(__file__).parent
NONE = "none"
_FOR_ALL = ("854140", "854141", "854142", "854143")
"""Solar cells and light-emitting diodes, which anybody puts on a roof or a wall."""


def line_of_business(names: pl.Series) -> pl.Series:
    """The line of business that each name tells, or `none`; null where it is blank.

    Of several lines that a name tells, it is the first in the list: the one that buys the most.
    """
    return first_class(names, _HERE / "business_words.csv", "line", NONE)


def line_of_name(name: str) -> str:
    """What `line_of_business` says of one name."""
    return class_of(name, _HERE / "business_words.csv", "line", NONE)


def line_mismatch(line: pl.Expr, hs6: pl.Expr) -> pl.Expr:
    """True where a firm of that line has no use for goods of the HS code; null where either is blank."""
    pair = pl.concat_str(line, pl.lit(" "), hs6.str.slice(0, 4))
    return told_once(pair, _IS_MISFIT, pl.Boolean()) & ~hs6.is_in(_FOR_ALL)


def is_line_mismatch(line: str | None, hs6: str | None) -> bool | None:
    """What `line_mismatch` says of one row."""
    if hs6 in _FOR_ALL:
        return False
    return None if line is None or hs6 is None else f"{line} {hs6[:4]}" in _misfits()


@cache
def _misfits() -> frozenset[str]:
    return frozenset(f"{line['line']} {line['heading']}" for line in rows(_HERE / "business_misfits.csv"))


_IS_MISFIT = one_by_one(lambda pair: pair in _misfits(), pl.Boolean())
