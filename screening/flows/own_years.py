"""A corridor's own years: what it was in a year, and what it usually was before.

Nothing is counted where a file tells of the year and not of the corridor; a year that no file tells whole
is left out, never taken for nothing.
"""

import polars as pl

from screening.flows.completeness import WHOLE_YEAR
from screening.flows.figures import LANE, Figures

_MAD = 1.4826


def whole_years(figures: Figures, flow: str, first: int, last: int) -> pl.DataFrame:
    """`value` and `weight_g` of every corridor in every year from first to last that is told whole."""
    told = figures.yearly(flow).filter(pl.col("year").is_between(first, last))
    years = pl.DataFrame({"year": range(first, last + 1)}, schema={"year": pl.Int32})
    asked = told.select(LANE).unique().join(years, how="cross").join(told, on=[*LANE, "year"], how="anti")
    nothing = figures.silent(asked, flow).with_columns(
        value=pl.lit(0, dtype=pl.Int64), weight_g=pl.lit(0, dtype=pl.Int64)
    )
    both = pl.concat([told, nothing], how="diagonal_relaxed")
    whole = both.filter((pl.col("covered") == WHOLE_YEAR) & ~pl.col("cut"))
    return whole.drop("covered", "cut")


def before(years: pl.DataFrame, since: int, keys: tuple[str, ...] = LANE) -> pl.DataFrame:
    """Of each corridor the median year before, its spread, and how many years there are."""
    past = years.filter(pl.col("year") < since)
    value = pl.col("value")
    return past.group_by(keys).agg(
        before=value.median(),
        spread=(value - value.median()).abs().median() * _MAD,
        weight_before=pl.col("weight_g").median(),
        years=pl.len(),
    )
