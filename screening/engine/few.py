"""Truths of a few shipments as columns, where a query over columns costs more than its answer."""

from collections.abc import Sequence
from functools import lru_cache

import polars as pl

from screening.abreast import abreast
from screening.ruleset.conditions import Truth

FEW = 16
"""Rows that are judged one by one."""


def truth_columns(names: Sequence[str], rows: Sequence[Sequence[Truth]]) -> pl.DataFrame:
    """A Boolean column for each name (null is unknown), a row for each of the rows."""
    if len(rows) == 1:
        return abreast([_cell(name, truth) for name, truth in zip(names, rows[0], strict=True)])
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.Boolean), orient="row")


@lru_cache(maxsize=8192)
def _cell(name: str, truth: Truth) -> pl.Series:
    # Columns never change, so that those of one row are made once.
    return pl.Series(name, [truth], dtype=pl.Boolean)
