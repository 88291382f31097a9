"""Truths of a few shipments as columns, where a query over columns costs more than its answer."""

from collections.abc import Sequence
from functools import lru_cache

import polars as pl

from screening.abreast import abreast
from screening.ruleset.conditions import Truth


def truth_columns(names: Sequence[str], rows: Sequence[Sequence[Truth]]) -> pl.DataFrame:
    """A Boolean column for each name (null is unknown), a row for each of the rows."""
    columns = zip(*rows, strict=True) if rows else [()] * len(names)
    return abreast([_column(name, truths) for name, truths in zip(names, columns, strict=True)])


@lru_cache(maxsize=1 << 14)
def _column(name: str, truths: tuple[Truth, ...]) -> pl.Series:
    # Columns never change, and most say the same of every shipment: they are made once.
    return pl.Series(name, truths, dtype=pl.Boolean)
