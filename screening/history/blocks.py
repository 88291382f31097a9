"""The rows of a part as bytes: three tables, so that what is not asked for is not read.

    core     who each row is: `line` and `revision`, a digest of what it said, its day, the run that
             posted it; never changes
    keys     a number for the group that each row belongs to by a field (`consignee.key`, ...); made anew
             when the code is another one or a rule groups by another field
    cells    the contract's columns that rules need of earlier shipments

Parquet, as everybody reads it; a part that the disk has bent is noticed by its sum.
"""

import io
import zlib
from collections.abc import Iterator, Mapping, Sequence
from enum import IntEnum
from typing import NamedTuple

import polars as pl
from sqlalchemy import Connection, delete, select

from screening.history.schema import BLOCKS, PARTS

ROWS = 65_536
"""Rows of a part, at most."""


class Kind(IntEnum):
    """Which of the tables of a part a block is."""

    CORE = 0
    KEYS = 1
    CELLS = 2


CORE = {
    "line": pl.Int64,
    "revision": pl.Int64,
    "said": pl.Int64,
    "day": pl.Date,
    "posted": pl.Int64,
}
"""The columns of the core: `line` is a number for shipment and line, `said` one for all its cells (0: no
longer told)."""


class Block(NamedTuple):
    """A table of a part as it is stored, and the sum that its bytes must have."""

    part: int
    sum: int
    content: bytes


class DamagedBlock(Exception):
    """The bytes of a block are not those that were written."""


def packed(frame: pl.DataFrame) -> bytes:
    """The frame as the bytes of a block."""
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression="zstd", compression_level=1, statistics=False)
    return buffer.getvalue()


def unpacked(block: Block, columns: Sequence[str] | None = None) -> pl.DataFrame:
    """The frame of a block, or those of these columns that it has. DamagedBlock for bent bytes."""
    part, total, content = block
    if zlib.crc32(content) != total:
        raise DamagedBlock(part)
    try:
        if columns is not None:
            there = pl.read_parquet_schema(io.BytesIO(content))
            columns = [name for name in columns if name in there]
        return pl.read_parquet(io.BytesIO(content), columns=columns, use_statistics=False)
    except pl.exceptions.PolarsError as error:
        raise DamagedBlock(part) from error


def read(connection: Connection, kind: Kind, parts: Sequence[int]) -> Iterator[Block]:
    """The blocks of a kind of these parts, one after the other, in their order."""
    for part in parts:
        asked = select(BLOCKS.c.part, BLOCKS.c.sum, BLOCKS.c.content)
        row = connection.execute(asked.where(BLOCKS.c.kind == kind, BLOCKS.c.part == part)).first()
        if row is None:
            raise DamagedBlock(part)
        yield Block(row.part, row.sum, row.content)


def write(connection: Connection, part: int, tables: Mapping[Kind, pl.DataFrame]) -> None:
    """Writes these tables of a part, instead of those that stand there."""
    kinds = [int(kind) for kind in tables]
    connection.execute(delete(BLOCKS).where(BLOCKS.c.part == part, BLOCKS.c.kind.in_(kinds)))
    contents = [(kind, packed(frame)) for kind, frame in tables.items()]
    rows = [
        {"kind": int(kind), "part": part, "sum": zlib.crc32(content), "content": content}
        for kind, content in contents
    ]
    connection.execute(BLOCKS.insert(), rows)


def remove(connection: Connection, parts: Sequence[int]) -> None:
    """Removes parts, with all that they hold."""
    for table, column in ((BLOCKS, BLOCKS.c.part), (PARTS, PARTS.c.number)):
        connection.execute(delete(table).where(column.in_(parts)))
