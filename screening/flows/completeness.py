"""Is a year of statistics whole? Eight months of a year are no fall, and half a file is no gap.

A year by months is whole with twelve of them. A year by itself is taken for cut short where both its total
and the number of its partners fell far below the year before: trade may halve, but a country does not lose
a fifth of its partners with it.
"""

import polars as pl

from screening.flows.table import UNION, UNSPECIFIED, WORLD

FELL_TO = 0.5
"""Below this share of the year before a total is looked at again."""
PARTNERS_LEFT = 0.85
"""With fewer than this share of the partners it is no whole file."""
WHOLE_YEAR = 12
AGGREGATES = (WORLD, UNION, UNSPECIFIED)
_FILE = ("source", "reporter", "flow", "months")


def years_told(rows: pl.DataFrame) -> pl.DataFrame:
    """How much of each year a source has of a reporter's flow: `covered` months, and `cut` short or not."""
    year = pl.col("period").dt.year().alias("year")
    told = rows.group_by(*_FILE, year).agg(
        covered=pl.when(pl.col("months").first() == WHOLE_YEAR)
        .then(WHOLE_YEAR)
        .otherwise(pl.col("period").dt.month().n_unique())
        .cast(pl.Int8),
        total=pl.col("value").sum(),
        partners=pl.col("partner").n_unique(),
    )
    return _with_cuts(told).drop("total", "partners").sort(*_FILE, "year")


def _with_cuts(told: pl.DataFrame) -> pl.DataFrame:
    before = told.select(*_FILE, pl.col("year") + 1, then="total", partners_then="partners")
    joined = told.join(before, on=[*_FILE, "year"], how="left")
    fell = pl.col("total") < FELL_TO * pl.col("then")
    fewer = pl.col("partners") < PARTNERS_LEFT * pl.col("partners_then")
    cut = (pl.col("months") == WHOLE_YEAR) & fell & fewer
    return joined.with_columns(cut=cut.fill_null(False)).drop("then", "partners_then")
