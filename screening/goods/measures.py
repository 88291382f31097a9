"""Figures of a shipment that follow from its quantity, weight, value and code together."""

import polars as pl

from screening.goods.units import kilograms, pieces, read_units
from screening.goods.values import KG, UNIT, Bands
from screening.goods.weights import implausible

FIGURES = (
    "quantity.pieces",
    "value.usd_per_kg",
    "value.usd_per_unit",
    "value.kg_deviation",
    "value.unit_deviation",
    "weight.kg_per_unit",
    "weight.implausible",
)
"""The fields that `figures` gives."""


def figures(rows: pl.DataFrame, usd: pl.Series, bands: Bands) -> pl.DataFrame:
    """One column for each of `FIGURES`, one row a shipment; null where a figure can't be told.

    `rows` has the typed columns `hs_code`, `quantity`, `quantity_unit` and `net_weight_kg`.
    """
    hs6, quantity, weight = pl.col("hs_code").str.slice(0, 6), pl.col("quantity"), pl.col("net_weight_kg")
    heavy = pl.when(weight > 0).then(weight)
    told = rows.with_columns(usd.alias("usd"), read_units(rows["quantity_unit"]).alias("unit"))
    count = pieces(quantity, pl.col("unit"), weight)
    counted = told.with_columns(
        count.alias("quantity.pieces"),
        (pl.col("usd") / heavy).alias("value.usd_per_kg"),
        (pl.col("usd") / count).alias("value.usd_per_unit"),
        (heavy / count).alias("weight.kg_per_unit"),
        stated=kilograms(quantity, pl.col("unit")),
    )
    return counted.with_columns(
        bands.deviation(hs6, pl.col("value.usd_per_kg"), KG).alias("value.kg_deviation"),
        bands.deviation(hs6, pl.col("value.usd_per_unit"), UNIT).alias("value.unit_deviation"),
        implausible(hs6, pl.col("weight.kg_per_unit"), heavy, pl.col("stated")).alias("weight.implausible"),
    ).select(FIGURES)
