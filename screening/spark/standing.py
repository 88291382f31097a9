"""Which rows of a book stand: those that are not told again, and that no higher revision replaces.

Rows of one shipment come together by a number of their id; `io/book.py` says of them what it says on
one machine.
"""

from collections.abc import Iterator

import polars as pl
import pyarrow as pa

from screening.amendments import AMENDED as REVISED
from screening.amendments import amendments
from screening.fields import FIELDS
from screening.io.book import identities, standings
from screening.spark.parcels import Outbox, opened, parcels, table_of
from screening.spark.reading import Parts, batches
from screening.spark.work import Work

IDENTITY, STANDING, PAPERS, AMENDED = "identity", "standing", "papers", "amended"
_SEED = 7
STOOD = {"row": pl.UInt32, "reason": pl.String, "gone": pl.Boolean, "day": pl.Date}
"""What is told of the rows that share a shipment: `gone` when the row does not stand, `reason` when that
is a reject's. One line more, without a row, tells the first `day` of the rows that stand."""
_COMPARED = {"row", "shipment_id", "line_number"}.union(*(FIELDS[name].columns for name in REVISED))
_SHIPMENT = pl.struct("shipment_id", "line_number")


def identified(parts: Parts, work: Work) -> Iterator[pa.RecordBatch]:
    """The identity and the day of every sound row, on their way to the others of the shipment."""
    out = Outbox({IDENTITY: _group(work)})
    for batch in batches(parts, work):
        there = "shipment_date" in batch.typed.columns
        dated = batch.typed.with_columns(day="shipment_date" if there else pl.lit(None, pl.Date))
        yield from out.put(IDENTITY, identities(batch, 0).hstack([dated["day"]]))
    yield from out.emptied()


def stood(table: pa.Table, _: Work) -> pa.Table:
    """What is to be told of these shipments: one frame of `STOOD`."""
    # The number in the book is the place in it.
    rows = pl.concat(opened(table, IDENTITY)).sort("row").with_columns(place=pl.col("row"))
    told = standings(rows).select(row="place", reason="reason", gone=pl.lit(True))
    whole = rows.join(told, on="row", how="left", maintain_order="left")
    shared = whole.filter(_SHIPMENT.is_duplicated()).select("row", "reason", "gone")
    first = whole.filter(pl.col("gone").is_null())["day"].min()
    ends = pl.DataFrame([(None, None, None, first)], STOOD, orient="row")
    return table_of(parcels(STANDING, pl.concat([shared, ends], how="diagonal"), pl.lit(0)))


def papers(parts: Parts, work: Work) -> Iterator[pa.RecordBatch]:
    """What is compared between revisions, of the rows to look at, on its way to those of one shipment."""
    out = Outbox({PAPERS: _group(work)})
    for batch in batches(parts, work):
        kept = [name for name in batch.typed.columns if name in _COMPARED]
        yield from out.put(PAPERS, batch.typed.select(kept))
    yield from out.emptied()


def compared(table: pa.Table, work: Work) -> pa.Table:
    """What the standing rows of these shipments changed: one frame of `row` and the fields."""
    rows = pl.concat(opened(table, PAPERS), how="diagonal").sort("row")
    rows = rows.with_columns(pl.lit(0, pl.UInt32).alias("story"))
    own = rows.join(work.standing, on="row", how="anti", maintain_order="left")
    replaced = work.standing.filter(pl.col("reason").is_null())
    others = rows.join(replaced, on="row", how="semi", maintain_order="left")
    fields = amendments(own, others, REVISED)
    return table_of(parcels(AMENDED, own.select("row").hstack(fields), pl.lit(0)))


def _group(work: Work) -> pl.Expr:
    return pl.col("shipment_id").hash(_SEED) % work.groups
