"""Whether what a hub sells on follows what it buys: goods can't leave before they came.

Told by the months in which the two lanes broke. A break is found to a month or two, and buyers who know what
comes stock up, so that the hub may begin a little early; what goes on a year later is other goods.
"""

import polars as pl

from screening.flows.breaks import months_broken
from screening.flows.figures import Figures
from screening.flows.mirror import FLAGGED
from screening.flows.table import EXPORT, MINOR

EARLIEST, LATEST = -4, 12
"""Months from the break of the way in to that of the way out."""
_FLOOR = 1_000 * MINOR


def in_time(corridors: pl.DataFrame, figures: Figures, year: int) -> pl.DataFrame:
    """The corridors with `in_since`, `out_since` and the `delay` in months; none is flagged out of time.

    Where months don't tell, or nothing went on because nothing arrived, there is no delay to judge.
    """
    flagged = corridors.filter(pl.col("verdict") == FLAGGED)
    ways = {"in_since": ("origin", "hub"), "out_since": ("hub", "destination")}
    joined = corridors
    for name, (sender, receiver) in ways.items():
        lanes = flagged.select(reporter=sender, partner=receiver, goods="goods").unique()
        broken = _broken(figures, lanes, year).rename(
            {"reporter": sender, "partner": receiver, "since": name}
        )
        joined = joined.join(broken, on=[sender, receiver, "goods"], how="left")
    months = (pl.col("out_since").dt.year() - pl.col("in_since").dt.year()) * 12
    delay = months + pl.col("out_since").dt.month().cast(pl.Int32) - pl.col("in_since").dt.month()
    judged = joined.with_columns(delay=delay.cast(pl.Int32))
    plain = pl.col("unrecorded") < pl.col("rise_out")
    late = plain & ~pl.col("delay").is_between(EARLIEST, LATEST)
    verdict = pl.when(late.fill_null(False) & (pl.col("verdict") == FLAGGED)).then(pl.lit("out of time"))
    return judged.with_columns(verdict=verdict.otherwise(pl.col("verdict")))


def _broken(figures: Figures, lanes: pl.DataFrame, year: int) -> pl.DataFrame:
    asked = figures.monthly(EXPORT, lanes)
    if not asked.height:
        return lanes.with_columns(since=pl.lit(None, dtype=pl.Date))
    return months_broken(asked, year, _FLOOR)
