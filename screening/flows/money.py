"""Statistics in one currency, by the rates that the user brings.

Two accounts of one lane are often in two currencies. Without rates they are not held against each other.
"""

import polars as pl

from screening.flows.completeness import WHOLE_YEAR
from screening.flows.table import Statistics
from screening.io.rates import Rates, usd_amount

DOLLAR = "USD"


def in_dollars(statistics: Statistics, rates: Rates) -> Statistics:
    """The figures in US dollars, each at the latest rate by the middle of its period, where there is one."""
    rows = statistics.rows
    middle = pl.col("period").dt.offset_by(
        pl.when(pl.col("months") == WHOLE_YEAR).then(pl.lit("6mo")).otherwise(pl.lit("14d"))
    )
    day = rows.select(middle).to_series()
    usd = usd_amount(rows["value"].cast(pl.Float64), rows["currency"].cast(pl.String), day, rates)
    converted = pl.Series("usd", usd).round().cast(pl.Int64)
    told = rows.with_columns(converted).with_columns(
        value=pl.coalesce("usd", "value"),
        currency=pl.when(pl.col("usd").is_not_null())
        .then(pl.lit(DOLLAR))
        .otherwise(pl.col("currency").cast(pl.String))
        .cast(pl.Categorical),
    )
    return Statistics(told.drop("usd"), statistics.sources)
