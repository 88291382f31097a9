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


def packing_misfit(texts: pl.Series, codes: pl.Series, modes: pl.Series) -> pl.Series:
    """True where goods of the chapter, or what goes by that kind of transport, are not packed so.

    `codes` are HS codes, `modes` kinds of transport. Null where the packing is blank, or both others are.
    """
    told = pl.DataFrame({"kind": packing_kind(texts), "chapter": codes.str.slice(0, 2), "mode": modes})
    return told.select(
        (_against("chapter") | _against("mode")).alias("misfit").pipe(_known_by_either)
    ).to_series()


def _against(what: str) -> pl.Expr:
    pair = pl.concat_str("kind", pl.lit(" "), pl.col(what))
    return pair.is_in(_misfits(what)).fill_null(False)


def _known_by_either(misfit: pl.Expr) -> pl.Expr:
    known = pl.col("kind").is_not_null() & (pl.col("chapter").is_not_null() | pl.col("mode").is_not_null())
    return pl.when(known).then(misfit)


@cache
def _misfits(what: str) -> list[str]:
    lines = rows(_HERE / "packing_misfits.csv")
    return [f"{line['kind']} {line['value']}" for line in lines if line["against"] == what]
