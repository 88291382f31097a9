"""What is told in the end: a row for each shipment, the records of those that are not clear, the rejects."""

from collections.abc import Iterator
from typing import Any

import polars as pl
import pyarrow as pa

from screening.io.batch import Batch
from screening.spark.judging import HIDES, TOLD, OverTime
from screening.spark.parcels import BLOCK, bodies, opened, parcel
from screening.spark.reading import Parts, amended, batches_of, numbers, standing_batches, tables
from screening.spark.work import Work
from screening.timeline import Part

RAW = "raw"
ALERT = "row long"
RESULT = (
    "row long, shipment_id string, line_number long, decision string, score int, "
    "rules array<string>, unknown array<string>, record string"
)
"""A row for each sound shipment; `record` is that of the contract as JSON, null for a clear one."""
REJECT = "file string, row long, line long, column string, value string, reason string, listed string"
"""A row for each row that can't be read, or is told again."""
_OUTCOME: dict[str, Any] = {
    "decision": pl.String,
    "score": pl.Int32,
    "rules": pl.List(pl.String),
    "unknown": pl.List(pl.String),
}
_RECORD = {"row": pl.UInt32, "record": pl.String}
_TEXT, _TEXTS = pa.string(), pa.list_(pa.string())
_ARROW_RESULT = pa.schema(
    [("row", pa.int64()), ("shipment_id", _TEXT), ("line_number", pa.int64()), ("decision", _TEXT)]
    + [("score", pa.int32()), ("rules", _TEXTS), ("unknown", _TEXTS), ("record", _TEXT)]
)
_ARROW_REJECT = pa.schema(
    [("file", _TEXT), ("row", pa.int64()), ("line", pa.int64())]
    + [(name, _TEXT) for name in ("column", "value", "reason", "listed")]
)


def alerted(table: pa.Table, work: Work) -> pa.Table:
    """The rows of a block that are not clear."""
    rows = _decided(table, work).filter(pl.col("decision") != "clear")
    return rows.select(pl.col("row").cast(pl.Int64)).to_arrow()


def picked(parts: Parts, work: Work) -> Iterator[pa.RecordBatch]:
    """The rows to look at as they came, on their way to their block."""
    for table in tables(parts, work):
        block = numbers(table) // BLOCK
        for to in block.unique(maintain_order=True):
            yield parcel(RAW, to, _stream(table.filter((block == to).to_arrow())))


def decided(table: pa.Table, work: Work) -> pa.Table:
    """A row for each shipment of a block, without records."""
    return _told(_decided(table, work), pl.DataFrame(schema=_RECORD))


def written(table: pa.Table, work: Work) -> pa.Table:
    """A row for each shipment of a block, with the records of those that came along as they are."""
    records = pl.DataFrame(list(_records(table, work)), _RECORD, orient="row")
    return _told(_decided(table, work), records)


def rejected(parts: Parts, work: Work) -> Iterator[pa.RecordBatch]:
    """The rows that can't be read or are told again, with the listed names on them."""
    for batch in standing_batches(parts, work):
        if batch.rejects.height:
            shown = work.screener.with_listed(batch.rejects)
            yield from shown.select(_ARROW_REJECT.names).to_arrow().cast(_ARROW_REJECT).to_batches()


def _decided(table: pa.Table, work: Work) -> pl.DataFrame:
    rows = pl.concat(opened(table, TOLD)).sort("row")
    screener = work.screener
    over_time = OverTime.of(table).truths(screener.ruleset.window_rules, rows["row"])
    truths = rows.select(rule.id for rule in screener.ruleset.match_rules)
    hides = rows.select(pl.col(f"^{HIDES}.*$").name.replace(f"^{HIDES}", ""))
    places, outcomes = screener.outcomes(pl.DataFrame([*truths, *over_time]), hides)
    of = [(o.verdict.decision, o.verdict.score, list(o.found), list(o.unknown)) for o in outcomes]
    found = pl.DataFrame(of, _OUTCOME, orient="row")[places]
    return rows.select("row", "shipment_id", "line_number").hstack(found)


def _told(rows: pl.DataFrame, records: pl.DataFrame) -> pa.Table:
    whole = rows.join(records, on="row", how="left", maintain_order="left")
    return whole.select(_ARROW_RESULT.names).to_arrow().cast(_ARROW_RESULT)


def _records(table: pa.Table, work: Work) -> Iterator[tuple[int, str]]:
    over_time = OverTime.of(table)
    for body in bodies(table, RAW):
        for batch in batches_of(pa.ipc.open_stream(body).read_all(), work):
            yield from _alerts(batch, over_time, work)


def _alerts(batch: Batch, over_time: OverTime, work: Work) -> Iterator[tuple[int, str]]:
    screener, rows = work.screener, batch.typed["row"]
    rules = over_time.truths(screener.ruleset.window_rules, rows)
    places = pl.int_range(batch.typed.height, eager=True)
    part = Part(amended(batch, work), rules, work.begins, None, places, over_time.behind(rows))
    for record in screener.screen_part(batch, part).records(alerts_only=True):
        yield record["row"], record.line


def _stream(table: pa.Table) -> bytes:
    held = pa.BufferOutputStream()
    with pa.ipc.new_stream(held, table.schema) as stream:
        stream.write_table(table)
    return bytes(held.getvalue())
