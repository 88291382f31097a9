"""The month in which a series of monthly figures changed its level for good.

One change of level in the middle of a series, found by least squares: of all months the one that parts the
series into two levels best. Figures are taken by their inverse hyperbolic sine, like a logarithm that knows
what to do with nothing, so that one large month does not make a level.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from screening.flows.figures import LANE

Matrix = npt.NDArray[Any]
SHORTEST = 3
"""A level has at least so many months."""


def levels(values: Matrix, scale: Matrix) -> Matrix:
    """The figures (a row a series) on the scale on which breaks are looked for."""
    return np.asarray(np.arcsinh(values / scale[:, None]))


def break_at(series: Matrix) -> tuple[Matrix, Matrix]:
    """For each row the position of the first month of its higher level, and how clearly it rose.

    The position is -1 where nothing rose. The rise is in standard deviations within the two levels.
    """
    count = series.shape[1]
    if count < 2 * SHORTEST:
        return np.full(len(series), -1), np.zeros(len(series))
    at = np.arange(SHORTEST, count - SHORTEST + 1)
    sums, squares = np.cumsum(series, axis=1), np.cumsum(series**2, axis=1)
    before, after = sums[:, at - 1] / at, (sums[:, -1:] - sums[:, at - 1]) / (count - at)
    gained = (after - before).clip(0) ** 2 * at * (count - at) / count
    best = gained.argmax(axis=1)
    row = np.arange(len(series))
    total = squares[:, -1] - sums[:, -1] ** 2 / count
    within = np.sqrt(np.maximum(total - gained[row, best], 1e-9) / count)
    rise = (after - before)[row, best] / within
    return np.where(gained[row, best] > 0, at[best], -1), np.where(gained[row, best] > 0, rise, 0.0)


def months_broken(months: pl.DataFrame, year: int, floor: float) -> pl.DataFrame:
    """The month since which each corridor is on its higher level: `since`, null where it did not rise.

    Figures are measured by their mean before that year, and by `floor` at least.
    """
    month = pl.col("period")
    axis = months.select(pl.date_range(month.min(), month.max(), "1mo").alias("period")).to_series()
    wide = months.pivot(
        on="period", index=list(LANE), values="value", on_columns=axis.to_list(), aggregate_function="sum"
    )
    values = wide.drop(LANE).fill_null(0).to_numpy().astype(float)
    early = (axis.dt.year() < year).to_numpy()
    usual = values[:, early].mean(axis=1) if early.any() else values.mean(axis=1)
    at, _ = break_at(levels(values, usual.clip(floor)))
    since = pl.Series("since", [axis[int(place)] if place >= 0 else None for place in at], dtype=pl.Date)
    return wide.select(pl.col(LANE).cast(pl.String)).with_columns(since)
