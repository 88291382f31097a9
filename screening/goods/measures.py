"""Figures of a shipment that follow from its quantity, weight, value and code together."""

from collections.abc import Callable, Mapping

import polars as pl

from screening.goods.units import in_kilograms, in_pieces, is_unstated, kilograms, pieces, pieces_of
from screening.goods.values import KG, UNIT, Bands, deviation, deviation_of
from screening.goods.weights import bound, implausible, is_implausible
from screening.remembered import Reader, fact_name, said
from screening.singly import Singly, quotient

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


def _heavy(net_kg: float | None) -> float | None:
    return net_kg if net_kg is not None and net_kg > 0 else None


def _is_misweighed(
    kg_per_piece: float | None,
    lightest: float | None,
    heaviest: float | None,
    net_kg: float | None,
    quantity: float | None,
    mass: float | None,
) -> bool | None:
    stated = None if quantity is None or mass is None or not quantity > 0 else quantity * mass
    return is_implausible(kg_per_piece, lightest, heaviest, _heavy(net_kg), stated)


def _of_code(*facts: str) -> tuple[str, ...]:
    return tuple(fact_name("hs_code", fact) for fact in facts)


_KG_USD, _UNIT_USD, _KG_EACH = "value.usd_per_kg", "value.usd_per_unit", "weight.kg_per_unit"
_PIECE_NAME, _MASS_NAME, _UNSTATED_NAME = (fact_name("quantity_unit", fact) for fact in UNIT_FACTS)
FIGURES_SINGLY: Mapping[str, Singly] = {
    "quantity.pieces": Singly(("quantity", _PIECE_NAME, _UNSTATED_NAME, "net_weight_kg"), pieces_of),
    _KG_USD: Singly(("value.usd", "net_weight_kg"), lambda usd, net: quotient(usd, _heavy(net))),
    _UNIT_USD: Singly(("value.usd", "quantity.pieces"), quotient),
    "value.kg_deviation": Singly((_KG_USD, *_of_code("kg_centre", "kg_spread")), deviation_of),
    "value.unit_deviation": Singly((_UNIT_USD, *_of_code("unit_centre", "unit_spread")), deviation_of),
    _KG_EACH: Singly(("net_weight_kg", "quantity.pieces"), lambda net, of: quotient(_heavy(net), of)),
    "weight.implausible": Singly(
        (_KG_EACH, *_of_code("lightest", "heaviest"), "net_weight_kg", "quantity", _MASS_NAME),
        _is_misweighed,
    ),
}
"""The same of one row."""


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
