"""International Trade in Goods by partner, of the International Monetary Fund: a column a year.

Values are millions of US dollars, of all goods.
"""

import re

import polars as pl

from screening.flows.layout import Layout
from screening.flows.table import TOTAL

_YEAR = re.compile(r"(19|20)\d\d")
_MILLION = 1_000_000


def _rows(table: pl.LazyFrame) -> pl.LazyFrame:
    names = table.collect_schema().names()
    years = [name for name in names if _YEAR.fullmatch(name)]
    long = table.unpivot(
        years,
        index=["COUNTRY", "COUNTERPART_COUNTRY", "TRADE_FLOW.ID", "INDICATOR"],
        variable_name="period",
        value_name="millions",
    )
    dollars = long.filter(pl.col("INDICATOR").str.contains("US dollar"), pl.col("millions") != "")
    return dollars.select(
        "period",
        reporter="COUNTRY",
        partner="COUNTERPART_COUNTRY",
        flow=pl.col("TRADE_FLOW.ID").str.slice(0, 1),
        code=pl.lit(TOTAL),
        value=(pl.col("millions").cast(pl.Float64, strict=False) * _MILLION).round(2).cast(pl.String),
    )


LAYOUT = Layout(
    name="imts",
    needs=(frozenset({"counterpartcountry"}), frozenset({"tradeflowid"}), frozenset({"indicator"})),
    currency="USD",
    shape=_rows,
)
