"""Shipments that a program already holds: as `Shipment` objects, or as a table.

They become the same batches as the rows of a file, so that everything after reading is one path.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from math import isfinite
from typing import Any

import polars as pl
import pyarrow as pa

from screening.abreast import Blanks, abreast, blank, made
from screening.errors import Fault, InputError, ShipmentError, UsageError
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


@dataclass(frozen=True, slots=True)
class Told:
    """Shipments of one caller, read: those of several callers can become one batch.

    `texts` has a column for each name that one of them states, and `values` what those of the contract
    say; `ids` is what each shipment is called.
    """

    ids: list[str]
    texts: dict[str, list[str | None]]
    values: dict[str, list[Any]]

    @property
    def more(self) -> tuple[str, ...]:
        """The columns that the contract does not know."""
        return tuple(sorted(self.texts.keys() - COLUMNS.keys()))


def shipment_batch(shipments: Iterable[Shipment]) -> Batch:
    """The shipments as one batch, in their order; a column that a shipment leaves at None is unknown.

    Raises ShipmentError naming every value that can't be read.
    """
    return joined([told(shipments)])


def told(shipments: Iterable[Shipment]) -> Told:
    """What the shipments say. Raises ShipmentError naming every value that can't be read."""
    rows = [_cells(at, shipment) for at, shipment in enumerate(shipments)]
    names = dict.fromkeys(name for row in rows for name in row)
    texts = {name: [row.get(name) for row in rows] for name in names}
    values = typed_values({name: column for name, column in texts.items() if name in COLUMNS})
    if values is None:
        raise ShipmentError(API, list(_faults(texts)))
    stated = values.get("shipment_id") or [None] * len(rows)
    ids = [own or f"{API}#{at}" for at, own in enumerate(stated, 1)]
    return Told(ids, texts, values)


def joined(parts: Sequence[Told]) -> Batch:
    """The shipments of all parts as one batch; the rows of each are numbered from 1.

    The parts must agree in the columns that the contract does not know.
    """
    heights = [len(part.ids) for part in parts]
    numbers = [at for height in heights for at in range(1, height + 1)]
    texts = _columns([part.texts for part in parts], heights)
    values = _columns([part.values for part in parts], heights)
    values |= {"row": numbers, "shipment_id": [own for part in parts for own in part.ids]}
    height = len(numbers)
    typed = _blank_values().of(height) | made(values, _blank_values().types)
    stated = {name: texts[name] for name in sorted(texts)}
    cells = _blank_cells().of(height) | made(stated, dict.fromkeys(stated, pl.String()))
    return Batch(
        file=API,
        typed=abreast(list(typed.values())),
        cells=abreast(list(cells.values())),
        present=frozenset(COLUMNS),
        rejects=_no_rejects(),
        lines=blank("line", pl.UInt32(), height),
    )


def _columns(parts: Sequence[Mapping[str, list[Any]]], heights: Sequence[int]) -> dict[str, list[Any]]:
    """The columns of all parts, one under the other."""
    if len(parts) == 1:
        return dict(parts[0])
    blanks = [[None] * height for height in heights]
    pairs = list(zip(parts, blanks, strict=True))
    names = dict.fromkeys(name for part in parts for name in part)
    return {name: [cell for part, blank in pairs for cell in part.get(name, blank)] for name in names}


@cache
def _blank_values() -> Blanks:
    """Rows that say nothing, typed."""
    typed, _ = typed_columns(pl.DataFrame(schema=dict.fromkeys(COLUMNS, pl.String)))
    return Blanks({"row": pl.UInt32(), **typed.schema})


@cache
def _blank_cells() -> Blanks:
    return Blanks(dict.fromkeys(COLUMNS, pl.String()))


@cache
def _no_rejects() -> pl.DataFrame:
    return rejects_frame([], COLUMNS)


def _cells(at: int, shipment: Shipment) -> dict[str, str]:
    given = {**vars(shipment), **(shipment.model_extra or {})}
    return {name: _text(value, name, at) for name, value in given.items() if value is not None}


def _text(value: Any, name: str, at: int) -> str:
    text = _written(value)
    if not text.isascii() and spelled(text) != text:
        what = f'"{shortened(spelled(text), 60)}" holds half a character (a lone surrogate); give whole text'
        raise ShipmentError(API, [Fault(at, "", name, what)])
    return text


def _written(value: Any) -> str:
    """The value as a cell of a file has it: a number without an exponent, or a sign of zero."""
    if isinstance(value, list):
        return ";".join(map(str, value))
    if isinstance(value, float) and isfinite(value):
        return format(Decimal(str(value + 0.0)), "f")
    return str(value)


def _faults(texts: Mapping[str, list[str | None]]) -> Iterator[Fault]:
    _, faults = typed_columns(pl.DataFrame(texts, schema=dict.fromkeys(texts, pl.String)))
    ids = texts.get("shipment_id")
    for fault in faults.iter_rows(named=True):
        at = fault["at"]
        yield Fault(at, (ids and ids[at]) or "", fault["column"], fault["reason"])


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
