"""What a quantity counts: pieces, a mass, a length, or packages that say nothing of what is in them.

Files write `PCS`, `adet`, `шт`, `KGM`; a price or a weight of one piece needs to know. The words stand
in `unit_words.csv`. Most files write pieces and no unit, so a blank unit counts pieces too, unless the
quantity is the net weight once more.
"""

from functools import cache
from pathlib import Path

import polars as pl

from screening.phrases import folded, rows

_SAME_WEIGHT = 0.005
"""A quantity without a unit that differs from the net weight by no more than this share is a weight."""


def pieces(quantity: pl.Expr, measure: pl.Expr, factor: pl.Expr, net_kg: pl.Expr) -> pl.Expr:
    """How many pieces a quantity comes to; null for other measures, unknown units and no quantity.

    `measure` and `factor` are those of the unit, null where none is stated.
    """
    weighed = ((quantity - net_kg).abs() <= net_kg * _SAME_WEIGHT).fill_null(False)
    counted = (measure == "piece") | (_unstated(measure) & ~weighed)
    return pl.when(counted & (quantity > 0)).then(quantity * factor.fill_null(1.0))


def kilograms(quantity: pl.Expr, measure: pl.Expr, factor: pl.Expr) -> pl.Expr:
    """How many kilograms a quantity comes to; null for other measures."""
    return pl.when((measure == "mass") & (quantity > 0)).then(quantity * factor)


def _unstated(measure: pl.Expr) -> pl.Expr:
    return measure.is_null() | (measure == "unstated")


def measures(units: pl.Series) -> pl.Series:
    """What each unit as written counts; `unknown` for one that nobody knows, `unstated` for one of signs."""
    words = units.to_frame("unit").select(_plain(pl.col("unit")).alias("word"))
    told = pl.col("word").replace_strict(_words()[0], default="unknown", return_dtype=pl.String)
    return words.select(pl.when(pl.col("word") == "").then(pl.lit("unstated")).otherwise(told)).to_series()


def factors(units: pl.Series) -> pl.Series:
    """How many pieces, kilograms and the like one of each unit is; 1 for a unit that nobody knows."""
    words = units.to_frame("unit").select(_plain(pl.col("unit")))
    return words.to_series().replace_strict(_words()[1], default=1.0, return_dtype=pl.Float64)


def _plain(unit: pl.Expr) -> pl.Expr:
    return folded(unit).str.replace_all("|", " ", literal=True).str.strip_chars().str.replace_all(" +", " ")


@cache
def _words() -> tuple[dict[str, str], dict[str, float]]:
    lines = rows(Path(__file__).parent / "unit_words.csv")
    written = pl.Series([line["unit"] for line in lines], dtype=pl.String).to_frame("unit")
    words = written.select(_plain(pl.col("unit"))).to_series().to_list()
    measures = dict(zip(words, (line["measure"] for line in lines), strict=True))
    return measures, dict(zip(words, (float(line["factor"]) for line in lines), strict=True))
