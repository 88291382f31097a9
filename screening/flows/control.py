"""The basket of goods that nobody restricts, by which a boom of all trade is told from diversion."""

from functools import cache
from pathlib import Path

from screening.flows.goods import Goods
from screening.flows.table import TOTAL
from screening.phrases import rows

NAME = "control"
ALL_GOODS = Goods(TOTAL, (TOTAL,))
"""The measure of a boom where the basket is not in the statistics; diluted by what is measured."""


@cache
def control_goods() -> Goods:
    """The chapters of `control_goods.csv` as one."""
    lines = rows(Path(__file__).parent / "control_goods.csv")
    return Goods(NAME, tuple(line["code"] for line in lines))
