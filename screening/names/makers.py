"""Whether a name holds that of a well-known maker, which it either is or would like to be taken for."""

from pathlib import Path

import polars as pl

from screening.phrases import first_class

_MAKERS = Path(__file__).parent / "makers.csv"
NONE = "none"


def maker_named(names: pl.Series) -> pl.Series:
    """The well-known maker whose name each name holds as words of its own, or `none`; null for a blank."""
    return first_class(names, _MAKERS, "maker", NONE)
