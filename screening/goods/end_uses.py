"""Whether a stated use can be the use of the goods: nobody aims a telescopic sight in a bakery.

A civilian use for goods that serve weapons is a published red flag. The benefit of the doubt is wide: only
uses that are plainly of a household, a shop, a kitchen or a classroom are read, and only goods that have
no place there are held against them.
"""

from functools import cache
from pathlib import Path

import polars as pl

from screening.phrases import first_class, rows

_HERE = Path(__file__).parent
NONE = "none"


def end_use_mismatch(uses: pl.Series, codes: pl.Series) -> pl.Series:
    """True where goods of the HS code have no place in the stated use; null where one is blank."""
    told = pl.DataFrame({"use": first_class(uses, _HERE / "use_words.csv", "use", NONE), "code": codes})
    pairs = [
        pl.concat_str("use", pl.lit(" "), pl.col("code").str.slice(0, digits)).is_in(_misfits())
        for digits in (4, 6)
    ]
    return told.select((pairs[0] | pairs[1]).alias("mismatch")).to_series()


@cache
def _misfits() -> list[str]:
    return [f"{line['use']} {line['code']}" for line in rows(_HERE / "use_misfits.csv")]
