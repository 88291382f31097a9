"""Shipments as columns, some thousand rows at a time, with the rows that can't be read beside them.

Readers give raw rows: text under canonical names. Here they become batches: typed, split into sound
rows and rejects, and every row that came in is in one of the two.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import polars as pl

from screening.io.headers import Headings
from screening.io.notation import Notation
from screening.io.reasons import shortened
from screening.io.signs import UNSEEN, Signs, signs_of
from screening.io.values import typed_columns
from screening.shipment import COLUMNS

ROWS = 50_000
"""Rows of a batch, unless they are very wide."""

MOST_TEXT = 64 * 1024 * 1024
"""Bytes of text that a batch of very wide rows may hold, and one row more."""

_LONGEST_NAME = 500
REJECT = {
    "file": pl.String,
    "row": pl.UInt32,
    "line": pl.UInt32,
    "column": pl.String,
    "value": pl.String,
    "reason": pl.String,
}
"""What stands in a rejects frame besides the names."""

LOOSE = {"loose_cells": pl.List(pl.String)}
"""The cells of a row that can't be assigned to columns: a listed name may be one of them."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of a shipment file.

    `typed`: `row` (UInt32, 1 is the first record) and the contract's columns that the file has, with
    their types. `cells`: the same rows as text, every column, blank as "". `lines`: the physical
    line of each (null where the format has none). `present`: the contract's columns that the file
    has. `rejects`: one row for each row that can't be read: `REJECT`, a column for each `_name`
    column present, and `loose_cells`.
    """

    file: str
    typed: pl.DataFrame
    cells: pl.DataFrame
    present: frozenset[str]
    rejects: pl.DataFrame
    lines: pl.Series


@dataclass(frozen=True, slots=True)
class RawRows:
    """Rows as they stand in a file: `place` (row, line) and `cells` go together; `broken` has no cells.

    `signs` are those of the text in the cells; `values` the columns of a table that have types of
    their own, of which the cells are the text.
    """

    headings: Headings
    place: pl.DataFrame
    cells: pl.DataFrame
    broken: pl.DataFrame
    signs: Signs = UNSEEN
    values: Mapping[str, pl.Series] = field(default_factory=dict)


PLACE = {"row": pl.UInt32, "line": pl.UInt32}


def broken_rows(
    rows: Sequence[tuple[int, int | None, str, str]], cells: list[list[str]], names: tuple[str, ...]
) -> pl.DataFrame:
    """A broken frame of (row, line, value, reason), with the cells as far as they can be read.

    The cells are taken in order for the name columns, and all of them are loose.
    """
    if not rows:
        return no_broken_rows(names)
    frame = pl.DataFrame(rows, schema={**PLACE, "value": pl.String, "reason": pl.String}, orient="row")
    named = [
        pl.Series(name, [_name(row[at]) if at < len(row) else None for row in cells], dtype=pl.String)
        for at, name in enumerate(names)
        if name in _names(names)
    ]
    loose = [[_name(cell) for cell in row if any(map(str.isalpha, cell))] for row in cells]
    return frame.with_columns(*named, pl.Series("loose_cells", loose, dtype=pl.List(pl.String)))


@lru_cache(maxsize=64)
def no_broken_rows(names: tuple[str, ...]) -> pl.DataFrame:
    """A broken frame without rows, of a file with these columns."""
    schema = {**PLACE, "value": pl.String, "reason": pl.String, **dict.fromkeys(_names(names), pl.String)}
    return pl.DataFrame(schema={**schema, **LOOSE})


def _name(cell: str) -> str:
    return cell.strip()[:_LONGEST_NAME]


def batch_of(rows: RawRows, file: str, notation: Notation) -> Batch:
    """The batch of these rows: typed, and those that can't be read among its rejects."""
    constants = [
        pl.lit(value, dtype=pl.String).alias(name) for name, value in rows.headings.constants.items()
    ]
    cells = rows.cells.with_columns(constants) if constants else rows.cells
    signs = rows.signs | signs_of(value.encode() for value in rows.headings.constants.values())
    typed, faults = typed_columns(cells, notation, signs, rows.values)
    typed = pl.DataFrame([rows.place["row"], *typed.get_columns()])
    rejects = _no_rejects(tuple(cells.columns))
    if rows.broken.height:
        broken = rows.broken.with_columns(pl.lit(file).alias("file"), pl.lit("").alias("column"))
        rejects = rejects_frame([broken], cells.columns)
    whole = Batch(file, typed, cells, rows.headings.present, rejects, rows.place["line"])
    return reject(whole, faults["at"].unique(maintain_order=True), _told(faults)) if faults.height else whole


@lru_cache(maxsize=64)
def _no_rejects(columns: tuple[str, ...]) -> pl.DataFrame:
    return rejects_frame([], columns)


def reject(batch: Batch, at: pl.Series, told: pl.DataFrame) -> Batch:
    """The batch with the rows at these places (0 is its first) among its rejects.

    `told` holds column, value and reason for each of them.
    """
    if not len(at):
        return batch
    place = pl.DataFrame([batch.typed["row"], batch.lines.alias("line")])[at]
    names = _names(batch.cells.columns)
    wrong = pl.concat([place, told, batch.cells[at].select(_short(names))], how="horizontal")
    wrong = wrong.with_columns(pl.lit(batch.file).alias("file"))
    rejects = rejects_frame([batch.rejects, wrong], batch.cells.columns).sort("row")
    sound = ~pl.int_range(batch.typed.height, dtype=pl.UInt32, eager=True).is_in(at.implode())
    return replace(kept(batch, sound), rejects=rejects)


def kept(batch: Batch, which: pl.Series) -> Batch:
    """The batch with these of its rows (a mask), its rejects as they are."""
    return replace(
        batch,
        typed=batch.typed.filter(which),
        cells=batch.cells.filter(which),
        lines=batch.lines.filter(which),
    )


def rejects_frame(parts: Iterable[pl.DataFrame], columns: Iterable[str]) -> pl.DataFrame:
    """One rejects frame of several, with the name columns among `columns`; blank where a part has none."""
    schema: dict[str, Any] = {**REJECT, **dict.fromkeys(_names(columns), pl.String), **LOOSE}
    whole = pl.concat([pl.DataFrame(schema=schema), *parts], how="diagonal").select(list(schema))
    return whole.with_columns(pl.col("loose_cells").fill_null([]))


def _names(columns: Iterable[str]) -> list[str]:
    return [name for name in columns if name.endswith("_name") and name in COLUMNS]


def _short(names: list[str]) -> list[pl.Expr]:
    return [pl.col(name).str.slice(0, _LONGEST_NAME) for name in names]


def _told(faults: pl.DataFrame) -> pl.DataFrame:
    """One line for each row with faults: the first in full, the others named after it."""
    also = pl.lit("also ") + pl.col("column") + ": " + pl.col("reason")
    told = faults.group_by("at", maintain_order=True).agg(
        pl.col("column").first(),
        pl.col("value").first(),
        pl.concat_list(pl.col("reason").first(), also.slice(1).implode())
        .list.join("; ")
        .first()
        .alias("reason"),
    )
    return told.select("column", "value", "reason")


def reject_value(cells: Iterable[str]) -> str:
    """The cells of a broken row as one short value."""
    return shortened(" | ".join(cells))
