"""How goods are packed, and whether goods of that kind are ever packed so.

Microchips by the big bag, or a tank in a hold of aircraft, are not what the papers say they are. The table
of misfits holds only what no trade does.
"""

from functools import cache
from pathlib import Path

import polars as pl

from screening.phrases import first_class, rows

_HERE = Path(__file__).parent
OTHER = "other"


def packing_kind(texts: pl.Series) -> pl.Series:
    """The kind of packing in one word; `other` where the words name none, null where the cell is blank."""
    return first_class(texts, _HERE / "packing_words.csv", "kind", OTHER)


def packing_misfit(kind: pl.Expr, chapter: pl.Expr, mode: pl.Expr) -> pl.Expr:
    """True where goods of the chapter, or what goes by that kind of transport, are not packed so.

    `kind` is one of `packing_kind`. Null where the packing is blank, or both others are.
    """
    known = kind.is_not_null() & (chapter.is_not_null() | mode.is_not_null())
    return pl.when(known).then(_against("chapter", kind, chapter) | _against("mode", kind, mode))


def _against(what: str, kind: pl.Expr, value: pl.Expr) -> pl.Expr:
    return pl.concat_str(kind, pl.lit(" "), value).is_in(_misfits(what)).fill_null(False)


@cache
def _misfits(what: str) -> list[str]:
    lines = rows(_HERE / "packing_misfits.csv")
    return [f"{line['kind']} {line['value']}" for line in lines if line["against"] == what]
