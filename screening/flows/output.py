"""A table of findings as a file: CSV for spreadsheets, JSON lines or Parquet, whole or not there.

Sums are written in units of their currency; names and sentences come from strangers' files, and no cell of
a CSV is a formula.
"""

import json
from pathlib import Path
from typing import BinaryIO

import polars as pl

from screening.errors import InputError
from screening.flows.table import MINOR
from screening.io.writers.atomic import STANDARD_OUTPUT, check_writable, whole_file
from screening.io.writers.formulas import defused

_DIGITS = 6
ENDINGS = (".csv", ".jsonl", ".parquet")


def check_table(path: str | Path) -> None:
    """Nothing, where a table can be written there; InputError before any work is done."""
    _ending(str(path))
    check_writable(path)


def write_table(path: str | Path, table: pl.DataFrame) -> None:
    """The table in the format of the file's ending; JSON lines on standard output (`-`)."""
    ending = _ending(str(path))
    table = table.with_columns(pl.col(pl.Float64).round(_DIGITS))
    with whole_file(path) as stream:
        if ending == ".parquet":
            table.write_parquet(stream)
        elif ending == ".csv":
            _write_csv(stream, table)
        else:
            for row in table.iter_rows(named=True):
                stream.write(json.dumps(row, ensure_ascii=False, default=str).encode() + b"\n")


def in_units(table: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """The sums of these columns in units of their currency instead of hundredths."""
    there = [name for name in columns if name in table.columns]
    return table.with_columns((pl.col(there) / MINOR).round(2))


def _ending(name: str) -> str:
    ending = ".jsonl" if name == STANDARD_OUTPUT else Path(name).suffix.lower()
    if ending not in ENDINGS:
        raise InputError(name, "its ending is no output format", f"use {', '.join(ENDINGS)}")
    return ending


def _write_csv(stream: BinaryIO, table: pl.DataFrame) -> None:
    texts = pl.col(pl.String).map_elements(defused, return_dtype=pl.String, skip_nulls=True)
    stream.write(table.with_columns(texts).write_csv().encode())
