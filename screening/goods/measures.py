"""Figures of a shipment that follow from its quantity, weight, value and code together."""

from collections.abc import Callable, Mapping

import polars as pl

from screening.goods.units import in_kilograms, in_pieces, is_unstated, kilograms, pieces
from screening.goods.values import KG, UNIT, Bands, deviation
from screening.goods.weights import bound, implausible
from screening.remembered import Reader, said

UNIT_FACTS: Mapping[str, Reader] = {
    "piece": in_pieces,
    "mass": in_kilograms,
    "unstated": is_unstated,
}
"""What is told of a quantity's unit."""
_PIECE, _MASS, _UNSTATED = (said("quantity_unit", fact) for fact in UNIT_FACTS)
_QUANTITY, _WEIGHT = pl.col("quantity"), pl.col("net_weight_kg")
_HEAVY = pl.when(_WEIGHT > 0).then(_WEIGHT)
_PIECES, _USD = pl.col("quantity.pieces"), pl.col("value.usd")

FIGURES: Mapping[str, pl.Expr] = {
    "quantity.pieces": pieces(_QUANTITY, _PIECE, _UNSTATED, _WEIGHT),
    "value.usd_per_kg": _USD / _HEAVY,
    "value.usd_per_unit": _USD / _PIECES,
    "value.kg_deviation": deviation(
        pl.col("value.usd_per_kg"), said("hs_code", "kg_centre"), said("hs_code", "kg_spread")
    ),
    "value.unit_deviation": deviation(
        pl.col("value.usd_per_unit"), said("hs_code", "unit_centre"), said("hs_code", "unit_spread")
    ),
    "weight.kg_per_unit": _HEAVY / _PIECES,
    "weight.implausible": implausible(
        pl.col("weight.kg_per_unit"),
        said("hs_code", "lightest"),
        said("hs_code", "heaviest"),
        _HEAVY,
        kilograms(_QUANTITY, _MASS),
    ),
}
"""Each figure, by the columns, the facts of the code and the unit, and other fields; null where unknown."""


def code_figures(bands: Bands) -> Mapping[str, Callable[[str], float | None]]:
    """What is told of goods by their code of six digits alone: usual values, and what a piece may weigh."""
    return {
        "kg_centre": lambda hs6: bands.centre(hs6, KG),
        "kg_spread": lambda hs6: bands.spread(hs6, KG),
        "unit_centre": lambda hs6: bands.centre(hs6, UNIT),
        "unit_spread": lambda hs6: bands.spread(hs6, UNIT),
        "lightest": lambda hs6: bound(hs6, "kg_min"),
        "heaviest": lambda hs6: bound(hs6, "kg_max"),
    }
