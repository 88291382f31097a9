"""The rows that can't be read, as a table for whoever mends them."""

from pathlib import Path

import polars as pl

from screening.io.reasons import shortened
from screening.io.writers.atomic import Opening, whole_file
from screening.io.writers.csv import write_rows

HEADER = ("file", "row", "line", "column", "value", "reason", "listed")


def write_rejects(path: str | Path, rejects: pl.DataFrame, opened: Opening = whole_file) -> None:
    """A CSV file with one line for each rejected row.

    `rejects` is a rejects frame; its column `listed` (text, may be missing) says which of the row's
    names stands on which watchlist. `opened` gives the stream.
    """
    listed = [] if "listed" in rejects.columns else [pl.lit(None, pl.String).alias("listed")]
    table = rejects.with_columns(listed).select(HEADER)
    with opened(path) as stream:
        rows = (
            [f, r, n, column, shortened(value or ""), why, who]
            for f, r, n, column, value, why, who in table.iter_rows()
        )
        write_rows(stream, HEADER, rows)
