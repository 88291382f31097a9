"""Whether a stated use can be the use of the goods: nobody aims a telescopic sight in a bakery.

A civilian use for goods that serve weapons is a published red flag. The benefit of the doubt is wide: only
uses that are plainly of a household, a shop, a kitchen or a classroom are read, and only goods that have
no place there are held against them.
"""

from functools import cache
from pathlib import Path

import polars as pl

from screening.phrases import class_of, first_class, rows
from screening.remembered import one_by_one, told_once

_HERE = Path(__file__).parent
NONE = "none"


def uses_stated(texts: pl.Series) -> pl.Series:
    """The plainly civilian use that each text states, or `none`."""
    return first_class(texts, _HERE / "use_words.csv", "use", NONE)


def use_in(text: str) -> str:
    """What `uses_stated` says of one text."""
    return class_of(text, _HERE / "use_words.csv", "use", NONE)


def end_use_mismatch(use: pl.Expr, hs6: pl.Expr) -> pl.Expr:
    """True where goods of the HS code have no place in the use (`uses_stated`); null where one is blank."""
    codes = (hs6.str.slice(0, 4), hs6)
    heading, code = (_misfit(pl.concat_str(use, pl.lit(" "), told)) for told in codes)
    return heading | code


def is_end_use_mismatch(use: str, hs6: str) -> bool:
    """What `end_use_mismatch` says of one row."""
    return not _misfits().isdisjoint((f"{use} {hs6[:4]}", f"{use} {hs6}"))


def _misfit(pair: pl.Expr) -> pl.Expr:
    return told_once(pair, _IS_MISFIT, pl.Boolean())


@cache
def _misfits() -> frozenset[str]:
    return frozenset(f"{line['use']} {line['code']}" for line in rows(_HERE / "use_misfits.csv"))


_IS_MISFIT = one_by_one(lambda pair: pair in _misfits(), pl.Boolean())
