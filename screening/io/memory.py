"""Shipments that a program already holds: as `Shipment` objects, or as a table.

They become the same batches as the rows of a file, so that everything after reading is one path.
"""

from collections.abc import Iterable, Iterator
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
from screening.io.values import typed_columns
from screening.shipment import COLUMNS, Kind, Shipment

API = "shipment"
"""What stands as the file of a shipment that came from a program."""


def shipment_batch(shipments: Iterable[Shipment]) -> Batch:
    """The shipments as one batch, in their order; a column that a shipment leaves at None is unknown.

    Raises InputError naming every value that can't be read.
    """
    rows = [shipment.model_dump(exclude_none=True) for shipment in shipments]
    names = [*COLUMNS, *sorted({name for row in rows for name in row} - set(COLUMNS))]
    told = {name: [_text(row.get(name), name) for row in rows] for name in names}
    cells = pl.DataFrame(told, schema=dict.fromkeys(names, pl.String))
    typed, faults = typed_columns(cells)
    if faults.height:
        raise InputError(API, "; ".join(_faults(faults, cells)))
    unstated = [
        pl.when(cells[c.name].is_not_null()).then(pl.col(c.name))
        for c in COLUMNS.values()
        if c.kind is Kind.COUNTRIES
    ]
    numbered = typed.with_columns(*unstated).with_row_index("row", offset=1)
    named = numbered.with_columns(
        pl.coalesce("shipment_id", pl.format("{}#{}", pl.lit(API), "row")).alias("shipment_id")
    )
    return Batch(
        file=API,
        typed=named.with_columns(pl.col("row").cast(pl.UInt32)),
        cells=cells,
        present=frozenset(COLUMNS),
        rejects=rejects_frame([], names),
        lines=pl.Series("line", [None] * len(rows), dtype=pl.UInt32),
    )


def _text(value: Any, name: str) -> str | None:
    if value is None:
        return None
    text = ";".join(map(str, value)) if isinstance(value, list) else str(value)
    if spelled(text) != text:
        what = f'{name}: "{shortened(spelled(text), 60)}" holds half a character (a lone surrogate)'
        raise InputError(API, what, "give whole text")
    return text


def _faults(faults: pl.DataFrame, cells: pl.DataFrame) -> Iterator[str]:
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
