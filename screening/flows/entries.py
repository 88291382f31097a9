"""What was found, as a watchlist of corridors in the layout of `watchlists/corridors/`.

The user keeps the file, or `screening flows watch` does; fields of the route read it by a shipment's date.
"""

import datetime as dt
from collections.abc import Iterable

import polars as pl

from screening.flows.table import Source

COLUMNS = (
    *("id", "origin", "destination", "goods", "measure", "value", "from", "until", "basis"),
    *("source", "source_url", "date", "note"),
)


def corridor_entries(corridors: pl.DataFrame, sources: Iterable[Source]) -> pl.DataFrame:
    """An entry for each corridor: the lane from the origin to the hub, and its score since that year."""
    known = list(sources)
    days = [source.extracted_on for source in known if source.extracted_on]
    lane = pl.concat_str("origin", "hub", "goods", "year", separator="-").str.to_lowercase()
    evidence = pl.format(
        "{}: {} % of what was lost to {} came by this hub",
        "year",
        (pl.col("share") * 100).round().cast(pl.Int64),
        "destination",
    )
    return corridors.select(
        pl.col("destination").alias("end"), "origin", "hub", "goods", "year", "score", id=lane, note=evidence
    ).select(
        "id",
        "origin",
        pl.col("hub").alias("destination"),
        "goods",
        measure=pl.lit("score"),
        value=pl.col("score").round(2),
        **{"from": pl.date(pl.col("year"), 1, 1)},
        until=pl.lit(""),
        basis=pl.lit("computed"),
        source=pl.lit(", ".join(source.name for source in known)[:200]),
        source_url=pl.lit(""),
        date=pl.lit(max(days, default=_end_of(corridors))),
        note="note",
    )


def _end_of(corridors: pl.DataFrame) -> dt.date:
    """The last day of the figures, for statistics that don't say when they were taken."""
    last = corridors["year"].max()
    return dt.date(last if isinstance(last, int) else 1900, 12, 31)
