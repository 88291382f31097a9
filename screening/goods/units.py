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


def pieces(quantity: pl.Expr, piece: pl.Expr, unstated: pl.Expr, net_kg: pl.Expr) -> pl.Expr:
    """How many pieces a quantity comes to; null for other measures, unknown units and no quantity.

    `piece` and `unstated` are what `in_pieces` and `is_unstated` tell of the unit, null where it is blank.
    """
    weighed = ((quantity - net_kg).abs() <= net_kg * _SAME_WEIGHT).fill_null(False)
    alone = pl.when(unstated.fill_null(True) & ~weighed).then(1.0)
    return pl.when(quantity > 0).then(quantity * pl.coalesce(piece, alone))


def pieces_of(
    quantity: float | None, piece: float | None, unstated: bool | None, net_kg: float | None
) -> float | None:
    """The `pieces` of one quantity."""
    if quantity is None or not quantity > 0:
        return None
    if piece is not None:
        return quantity * piece
    weighed = net_kg is not None and abs(quantity - net_kg) <= net_kg * _SAME_WEIGHT
    return None if weighed or unstated is False else quantity


def kilograms(quantity: pl.Expr, mass: pl.Expr) -> pl.Expr:
    """How many kilograms a quantity comes to, by what `in_kilograms` tells; null for other measures."""
    return pl.when(quantity > 0).then(quantity * mass)


def in_pieces(units: pl.Series) -> pl.Series:
    """How many pieces one of each unit is; null for a unit of something else, or that nobody knows."""
    return _factors(units, "piece")


def in_kilograms(units: pl.Series) -> pl.Series:
    """How many kilograms one of each unit is; null for a unit of something else, or that nobody knows."""
    return _factors(units, "mass")


def is_unstated(units: pl.Series) -> pl.Series:
    """True for a unit of signs alone."""
    return _words(units).is_in(["", *_known("unstated")])


def _factors(units: pl.Series, measure: str) -> pl.Series:
    return _words(units).replace_strict(_known(measure), default=None, return_dtype=pl.Float64)


def _words(units: pl.Series) -> pl.Series:
    return units.to_frame("unit").select(_plain(pl.col("unit"))).to_series()


def _plain(unit: pl.Expr) -> pl.Expr:
    return folded(unit).str.replace_all("|", " ", literal=True).str.strip_chars().str.replace_all(" +", " ")


@cache
def _known(measure: str) -> dict[str, float]:
    """How many of the measure each unit of it is, by its words."""
    lines = [line for line in rows(Path(__file__).parent / "unit_words.csv") if line["measure"] == measure]
    words = _words(pl.Series([line["unit"] for line in lines], dtype=pl.String))
    return dict(zip(words, (float(line["factor"]) for line in lines), strict=True))
