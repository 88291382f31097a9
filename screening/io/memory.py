"""Shipments that a program already holds: as `Shipment` objects, or as a table.

They become the same batches as the rows of a file, so that everything after reading is one path.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import polars as pl
import pyarrow as pa

from screening.errors import InputError, UsageError
from screening.io.arrow_tables import table_parts
from screening.io.batch import Batch, rejects_frame
from screening.io.notation import PLAIN
from screening.io.pieces import Piece
from screening.io.reasons import shortened
from screening.io.sources import spelled
from screening.io.values import typed_columns, typed_values
from screening.shipment import COLUMNS, Shipment

API = "shipment"
"""What stands as the file of a shipment that came from a program."""


def shipment_batch(shipments: Iterable[Shipment]) -> Batch:
    """The shipments as one batch, in their order; a column that a shipment leaves at None is unknown.

    Raises InputError naming every value that can't be read.
    """
    rows = [_cells(shipment) for shipment in shipments]
    more = sorted({name for row in rows for name in row} - COLUMNS.keys())
    cells = _frame(rows, dict.fromkeys((*COLUMNS, *more), pl.String))
    stated = [name for name in COLUMNS if any(name in row for row in rows)]
    values = typed_values({name: [row.get(name) for row in rows] for name in stated})
    if values is None:
        raise InputError(API, "; ".join(_faults(cells)))
    return Batch(
        file=API,
        typed=_frame(list(_numbered(values, len(rows))), _types()),
        cells=cells,
        present=frozenset(COLUMNS),
        rejects=_no_rejects(),
        lines=pl.Series("line", [None] * len(rows), dtype=pl.UInt32),
    )


def _frame(rows: list[dict[str, Any]], schema: dict[str, Any]) -> pl.DataFrame:
    return pl.from_dicts(rows, schema=schema) if rows else pl.DataFrame(schema=schema)


@cache
def _types() -> dict[str, Any]:
    typed, _ = typed_columns(pl.DataFrame(schema=dict.fromkeys(COLUMNS, pl.String)))
    return {"row": pl.UInt32, **typed.schema}


@cache
def _no_rejects() -> pl.DataFrame:
    return rejects_frame([], COLUMNS)


def _numbered(values: dict[str, list[Any]], height: int) -> Iterator[dict[str, Any]]:
    for at in range(height):
        row = {name: column[at] for name, column in values.items()}
        own = row.get("shipment_id") or f"{API}#{at + 1}"
        yield {**row, "row": at + 1, "shipment_id": own}


def _cells(shipment: Shipment) -> dict[str, str]:
    return {name: _text(value, name) for name, value in shipment.model_dump(exclude_none=True).items()}


def _text(value: Any, name: str) -> str:
    text = ";".join(map(str, value)) if isinstance(value, list) else str(value)
    if spelled(text) != text:
        what = f'{name}: "{shortened(spelled(text), 60)}" holds half a character (a lone surrogate)'
        raise InputError(API, what, "give whole text")
    return text


def _faults(cells: pl.DataFrame) -> Iterator[str]:
    _, faults = typed_columns(cells)
    for fault in faults.iter_rows(named=True):
        shipment_id = cells["shipment_id"][fault["at"]]
        yield f"{shipment_id or fault['at'] + 1}, {fault['column']}: {fault['reason']}"


def table_batches(table: pa.Table | pl.DataFrame) -> Iterator[Batch]:
    """The rows of a table as batches; headers are read as those of a file are.

    Any table that Arrow can take over is one, that of pandas too; UsageError for what is none.
    """
    return (Piece("table", PLAIN, part).batch() for part in table_parts(_arrow(table)))


def _arrow(table: object) -> pa.Table:
    if isinstance(table, pa.Table):
        return table
    if not hasattr(table, "__arrow_c_stream__") and not hasattr(table, "__arrow_c_array__"):
        kind = type(table).__name__
        raise UsageError(f"{kind} is no table of columns; give a pyarrow or polars table")
    try:
        return pa.table(table)
    except pa.ArrowException as error:
        what = f"a column has a type that Arrow does not know ({str(error).splitlines()[0][:80]})"
        raise InputError("table", what, "cast it to text or numbers") from error
