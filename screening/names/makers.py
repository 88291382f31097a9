"""Whether a name holds that of a well-known maker, which it either is or would like to be taken for."""

from pathlib import Path

import polars as pl

from screening.phrases import class_of, first_class

_MAKERS = Path(__file__).parent / "makers.csv"
NONE = "none"


def maker_named(names: pl.Series) -> pl.Series:
    """The well-known maker whose name each name holds as words of its own, or `none`; null for a blank."""
    return first_class(names, _MAKERS, "maker", NONE)


def maker_in(name: str) -> str:
    """What `maker_named` says of one name."""
    return class_of(name, _MAKERS, "maker", NONE)
