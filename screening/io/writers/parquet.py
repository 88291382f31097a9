"""Alerts as Parquet: flat columns for queries, and the full record as JSON beside them."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, BinaryIO

import pyarrow as pa

from screening.io.writers.records import FLAT, Record, flat_row, headers, json_text, shipment_columns

_ROWS = 10_000
_WHOLE_NUMBERS = ("line_number", "row", "score")


def write_parquet(stream: BinaryIO, records: Iterable[Record], columns: Sequence[str] | None = None) -> None:
    """One row for each record: the columns of the CSV, then `record`, the JSON of all of it."""
    import pyarrow.parquet as pq  # with all that it brings along, for who wants such a file

    if columns is None:
        records = list(records)
        columns = shipment_columns(records)
    schema = _schema(columns)
    left = iter(records)
    with pq.ParquetWriter(stream, schema, compression="zstd") as writer:
        while part := list(islice(left, _ROWS)):
            rows = [[*flat_row(record, columns), json_text(record)] for record in part]
            arrays = [
                _array(values, field.type)
                for values, field in zip(zip(*rows, strict=True), schema, strict=True)
            ]
            writer.write_batch(pa.record_batch(arrays, schema=schema))


def _schema(columns: Sequence[str]) -> pa.Schema:
    own = headers(columns)[len(FLAT) :]
    flat = [(name, pa.int64() if name in _WHOLE_NUMBERS else pa.string()) for name in FLAT]
    return pa.schema([*flat, *((name, pa.string()) for name in own), ("record", pa.string())])


def _array(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    if pa.types.is_integer(kind):
        return pa.array(values, kind)
    return pa.array([None if value is None else _text(value) for value in values], kind)


def _text(value: Any) -> str:
    return ";".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
