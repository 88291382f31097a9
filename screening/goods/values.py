"""What goods of a code usually cost, and how far from that a declared value lies.

Values of honest shipments of one code differ by a factor of ten and more, so a band is a median and a
robust spread of the *logarithm* of the value, and a deviation counts spreads. Bundled bands are wide
estimates for every chapter and for the codes that matter; a site with a history learns its own from
it (`bands_of`), and codes with too few rows keep the bundled ones.
"""

import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

from screening.goods.prefixes import longest_prefix
from screening.phrases import rows
from screening.singly import quotient

KG, UNIT = "usd_per_kg", "usd_per_unit"
MIN_ROWS = 30
"""Rows of a code that a learned band needs."""
MIN_SPREAD = 0.35
"""The narrowest learned band: a seller with one price list must not make every other price strange."""
_MAD_TO_SIGMA = 1.4826
_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Bands:
    """Bands by measure (`usd_per_kg`, `usd_per_unit`) and code of two, four or six digits."""

    centres: dict[str, dict[str, float]]
    """The median of the natural logarithm."""
    spreads: dict[str, dict[str, float]]
    """The spread that a normal distribution of that shape would have as its standard deviation."""

    def centre(self, hs6: str, measure: str) -> float | None:
        """The median for the code, None for a code without a band."""
        return longest_prefix(hs6, self.centres[measure])

    def spread(self, hs6: str, measure: str) -> float | None:
        """The spread for the code, None for a code without a band."""
        return longest_prefix(hs6, self.spreads[measure])

    def over(self, others: "Bands") -> "Bands":
        """These bands, and those of others for the codes that these do not know."""
        return Bands(
            {measure: others.centres[measure] | self.centres[measure] for measure in (KG, UNIT)},
            {measure: others.spreads[measure] | self.spreads[measure] for measure in (KG, UNIT)},
        )


def deviation(value: pl.Expr, centre: pl.Expr, spread: pl.Expr) -> pl.Expr:
    """How many spreads a value lies above (or, negative, below) the median of its code.

    Null where the value is unknown or not positive, and for a code without a band.
    """
    return pl.when(value > 0).then((value.log() - centre) / spread)


def deviation_of(value: float | None, centre: float | None, spread: float | None) -> float | None:
    """The `deviation` of one value."""
    if value is None or centre is None or spread is None or not value > 0:
        return None
    return quotient(math.log(value) - centre, spread)


def bands_of(frame: pl.DataFrame, min_rows: int = MIN_ROWS) -> Bands:
    """The bands that a book's own rows show, by six-digit code, over the bundled ones.

    `frame` has `goods.hs6`, `value.usd_per_kg` and `value.usd_per_unit`. The order of rows changes nothing.
    """
    learned = {measure: _learned(frame, f"value.{measure}", min_rows) for measure in (KG, UNIT)}
    centres = {measure: dict(zip(t["hs6"], t["centre"], strict=True)) for measure, t in learned.items()}
    spreads = {measure: dict(zip(t["hs6"], t["spread"], strict=True)) for measure, t in learned.items()}
    return Bands(centres, spreads).over(bundled_bands())


def _learned(frame: pl.DataFrame, column: str, min_rows: int) -> pl.DataFrame:
    known = frame.select(hs6="goods.hs6", value=column).drop_nulls().filter(pl.col("value") > 0)
    logs = known.select("hs6", log=pl.col("value").log().round(_DIGITS))
    centred = logs.with_columns(centre=pl.col("log").median().over("hs6"))
    apart = (pl.col("log") - pl.col("centre")).abs().median() * _MAD_TO_SIGMA
    told = centred.group_by("hs6").agg(
        pl.len().alias("count"), pl.col("centre").first(), spread=pl.max_horizontal(apart, pl.lit(MIN_SPREAD))
    )
    return told.filter(pl.col("count") >= min_rows).sort("hs6")


@cache
def bundled_bands() -> Bands:
    """The bands of `value_bands.csv`."""
    lines = rows(Path(__file__).parent / "value_bands.csv")
    columns = {KG: "kg_spread", UNIT: "unit_spread"}
    known = {measure: [line for line in lines if line[measure]] for measure in columns}
    return Bands(
        {m: {line["code"]: math.log(float(line[m])) for line in known[m]} for m in columns},
        {m: {line["code"]: float(line[s]) for line in known[m]} for m, s in columns.items()},
    )
