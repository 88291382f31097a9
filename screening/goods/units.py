"""What a quantity counts: pieces, a mass, a length, or packages that say nothing of what is in them.

Files write `PCS`, `adet`, `шт`, `KGM`; a price or a weight of one piece needs to know. The words stand
in `unit_words.csv`. Most files write pieces and no unit, so a blank unit counts pieces too, unless the
quantity is the net weight once more.
"""

from functools import cache
from pathlib import Path

import polars as pl

from screening.phrases import folded, once_per_value, rows

_SAME_WEIGHT = 0.005
"""A quantity without a unit that differs from the net weight by no more than this share is a weight."""


def pieces(quantity: pl.Expr, unit: pl.Expr, net_kg: pl.Expr) -> pl.Expr:
    """How many pieces a quantity comes to; null for other measures, unknown units and no quantity.

    `unit` holds units as `read_units` gives them: `measure` and `factor`.
    """
    weighed = ((quantity - net_kg).abs() <= net_kg * _SAME_WEIGHT).fill_null(False)
    unstated = unit.struct.field("measure") == "unstated"
    counted = (unit.struct.field("measure") == "piece") | (unstated & ~weighed)
    return pl.when(counted & (quantity > 0)).then(quantity * unit.struct.field("factor"))


def kilograms(quantity: pl.Expr, unit: pl.Expr) -> pl.Expr:
    """How many kilograms a quantity comes to; null for other measures."""
    mass = unit.struct.field("measure") == "mass"
    return pl.when(mass & (quantity > 0)).then(quantity * unit.struct.field("factor"))


def read_units(units: pl.Series) -> pl.Series:
    """The measure and factor of each unit as written; a unit that nobody knows has measure `unknown`."""
    unstated = pl.lit({"measure": "unstated", "factor": 1.0}, _UNIT)
    read = once_per_value(units, _read)
    return read.to_frame("unit").select(pl.coalesce("unit", unstated)).to_series()


_UNIT = pl.Struct({"measure": pl.String, "factor": pl.Float64})


def _read(units: pl.Series) -> pl.Series:
    words = units.to_frame("unit").select(_plain(pl.col("unit")).alias("word"))
    measures, factors = _words()
    measure = pl.col("word").replace_strict(measures, default="unknown", return_dtype=pl.String)
    factor = pl.col("word").replace_strict(factors, default=1.0, return_dtype=pl.Float64)
    blank = pl.when(pl.col("word") == "").then(pl.lit("unstated")).otherwise(measure)
    return words.select(pl.struct(measure=blank, factor=factor).cast(_UNIT)).to_series()


def _plain(unit: pl.Expr) -> pl.Expr:
    return folded(unit).str.replace_all("|", " ", literal=True).str.strip_chars().str.replace_all(" +", " ")


@cache
def _words() -> tuple[dict[str, str], dict[str, float]]:
    lines = rows(Path(__file__).parent / "unit_words.csv")
    written = pl.Series([line["unit"] for line in lines], dtype=pl.String).to_frame("unit")
    words = written.select(_plain(pl.col("unit"))).to_series().to_list()
    measures = dict(zip(words, (line["measure"] for line in lines), strict=True))
    return measures, dict(zip(words, (float(line["factor"]) for line in lines), strict=True))
