"""The rows that can't be read, as a table for whoever mends them."""

from collections.abc import Iterable
from pathlib import Path

import polars as pl

from screening.io.reasons import shortened
from screening.io.writers.atomic import Opening, whole_file
from screening.io.writers.csv import write_rows

HEADER = ("file", "row", "line", "column", "value", "reason", "listed")


def write_rejects(path: str | Path, rejects: Iterable[pl.DataFrame], opened: Opening = whole_file) -> None:
    """A CSV file with one line for each rejected row.

    `rejects` are rejects frames, in order; its column `listed` (text, may be missing) says which of the row's
    names stands on which watchlist. `opened` gives the stream.
    """
    with opened(path) as stream:
        rows = (
            [f, r, n, column, shortened(value or ""), why, who]
            for frame in rejects
            for f, r, n, column, value, why, who in _table(frame).iter_rows()
        )
        write_rows(stream, HEADER, rows)


def _table(rejects: pl.DataFrame) -> pl.DataFrame:
    listed = [] if "listed" in rejects.columns else [pl.lit(None, pl.String).alias("listed")]
    return rejects.with_columns(listed).select(HEADER)
