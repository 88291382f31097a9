"""Rows of a DataFrame as batches, each row with its number in the book.

A DataFrame has no order. Its rows either bring numbers, or are numbered as Spark holds them: partition
by partition.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import polars as pl
import pyarrow as pa

from screening.io.arrow_tables import table_parts
from screening.io.batch import ROWS, Batch, batch_of
from screening.io.book import named, settled
from screening.spark.work import Work

NUMBER = "_screening_number"
"""The column in which a row brings its number; else its partition in the high bits, its place below."""
ROW = "_screening_row"
"""The number in the book, in tables that go from one task to another."""
LOW = 33
"""Bits of the place within a partition."""

Parts = Iterable[pa.RecordBatch]


def batches(parts: Parts, work: Work) -> Iterator[Batch]:
    """The rows to look at, as one machine reads them."""
    for table in tables(parts, work):
        yield from batches_of(table, work)


def standing_batches(parts: Parts, work: Work) -> Iterator[Batch]:
    """The batches without the rows that are replaced; those that are told again are among their rejects."""
    for batch in batches(parts, work):
        places = batch.typed.select("row").with_row_index("place")
        gone = places.join(work.standing, on="row", how="inner", maintain_order="left")
        yield settled(batch, gone.select("place", "reason"))[0]


def tables(parts: Parts, work: Work) -> Iterator[pa.Table]:
    """The rows to look at, some thousand at a time, with their numbers in the book."""
    wanted = work.rows
    for table in _full(parts):
        given = pl.Series(pl.from_arrow(table[NUMBER])).cast(pl.Int64)
        rows = (given if work.starts is None else _counted(given, work.starts)).cast(pl.UInt32)
        told = table.drop_columns([NUMBER]).append_column(ROW, rows.to_arrow())
        yield told if wanted is None else told.filter(rows.is_in(wanted.implode()).to_arrow())


def batches_of(table: pa.Table, work: Work) -> Iterator[Batch]:
    """The rows of a table that has their numbers."""
    rows = numbers(table)
    for part in table_parts(table.drop_columns([ROW]), work.file, work.mapping, ROWS):
        if part.height:
            read = part.raw(work.file)
            place = read.place.with_columns(row=rows.gather(read.place["row"] - 1))
            whole = batch_of(replace(read, place=place), work.file, work.mapping.notation)
            yield named(whole, Path(work.file).name)


def numbers(table: pa.Table) -> pl.Series:
    """The numbers that the rows of a table have in the book."""
    return pl.Series(pl.from_arrow(table[ROW]))


def amended(batch: Batch, work: Work) -> pl.DataFrame:
    """The fields that compare revisions: told where there is an earlier one, else as of a row alone."""
    alone = work.screener.amended(batch, [])
    if not work.amended.height or not alone.width:
        return alone
    there = work.amended.with_columns(there=pl.lit(True))
    found = batch.typed.select("row").join(there, on="row", how="left", maintain_order="left")
    both = (
        found.select("there").hstack(alone).hstack(found.select(pl.col(alone.columns).name.suffix(" told")))
    )
    return both.select(
        pl.when("there").then(f"{name} told").otherwise(name).alias(name) for name in alone.columns
    )


def _counted(given: pl.Series, starts: dict[int, int]) -> pl.Series:
    before = (given // (1 << LOW)).replace_strict(starts, return_dtype=pl.Int64)
    return before + given % (1 << LOW) + 1


def _full(parts: Parts) -> Iterator[pa.Table]:
    held: list[pa.RecordBatch] = []
    height = 0
    for part in parts:
        held.append(part)
        height += part.num_rows
        if height >= ROWS:
            yield pa.Table.from_batches(held)
            held, height = [], 0
    if height:
        yield pa.Table.from_batches(held)
