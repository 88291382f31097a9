"""What a firm's name says that it deals in, and whether goods have a place in that business.

A bakery that buys microchips is a published red flag. Names say little and firms do much, so the benefit of
the doubt is wide: a name with any technical, general or public word in it is taken for that, and the table
of misfits holds only goods that such a firm neither makes, sells nor repairs with.
"""

from functools import cache
from pathlib import Path

import polars as pl

from screening.phrases import first_class, rows

_HERE = Path(__file__).parent
NONE = "none"
_FOR_ALL = ("854140", "854141", "854142", "854143")
"""Solar cells and light-emitting diodes, which anybody puts on a roof or a wall."""


def line_of_business(names: pl.Series) -> pl.Series:
    """The line of business that each name tells, or `none`; null where it is blank.

    Of several lines that a name tells, it is the first in the list: the one that buys the most.
    """
    return first_class(names, _HERE / "business_words.csv", "line", NONE)


def line_mismatch(names: pl.Series, codes: pl.Series) -> pl.Series:
    """True where a firm of that line has no use for goods of the HS heading; null where either is blank."""
    told = pl.DataFrame({"line": line_of_business(names), "code": codes})
    pair = pl.concat_str("line", pl.lit(" "), pl.col("code").str.slice(0, 4))
    for_all = pl.col("code").str.slice(0, 6).is_in(_FOR_ALL)
    return told.select((pair.is_in(_misfits()) & ~for_all).alias("mismatch")).to_series()


@cache
def _misfits() -> list[str]:
    return [f"{line['line']} {line['heading']}" for line in rows(_HERE / "business_misfits.csv")]
