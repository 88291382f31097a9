"""What one piece weighs, and whether goods of its code can weigh that.

A microchip of a kilogram or a machining centre of two is no rounding error: the quantity, the weight
or the code is wrong. `weight_bounds.csv` holds for headings and codes what their lightest and their
heaviest pieces weigh, with much to spare; a code without bounds is not judged.
"""

from functools import cache
from pathlib import Path

import polars as pl

from screening.goods.prefixes import longest_prefix
from screening.phrases import rows
from screening.singly import quotient

_TARE = 2.0
"""A quantity in kilograms and the net weight may differ by this factor: gross for net, a rounded entry."""


def implausible(
    kg_per_piece: pl.Expr, lightest: pl.Expr, heaviest: pl.Expr, net_kg: pl.Expr, stated_kg: pl.Expr
) -> pl.Expr:
    """True where no piece of the code weighs that, or where the quantity is another weight than the weight.

    Null without a code that has bounds, a weight, or a quantity of pieces or kilograms.
    """
    like = pl.coalesce(
        kg_per_piece.is_between(lightest, heaviest), (net_kg / stated_kg).is_between(1 / _TARE, _TARE)
    )
    return ~like


def is_implausible(
    kg_per_piece: float | None,
    lightest: float | None,
    heaviest: float | None,
    net_kg: float | None,
    stated_kg: float | None,
) -> bool | None:
    """What `implausible` says of one row."""
    like = _between(kg_per_piece, lightest, heaviest)
    if like is None:
        like = _between(quotient(net_kg, stated_kg), 1 / _TARE, _TARE)
    return None if like is None else not like


def _between(figure: float | None, least: float | None, most: float | None) -> bool | None:
    if figure is None:
        return None
    if (least is not None and figure < least) or (most is not None and figure > most):
        return False
    return None if least is None or most is None else True


def bound(hs6: str, side: str) -> float | None:
    """What the lightest (`kg_min`) or heaviest (`kg_max`) piece of a code weighs; None where none is told."""
    return longest_prefix(hs6, _bounds(side))


@cache
def _bounds(side: str) -> dict[str, float | None]:
    return {
        line["code"]: float(line[side]) if line[side] else None
        for line in rows(Path(__file__).parent / "weight_bounds.csv")
    }
