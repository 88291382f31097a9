"""Shipments in Parquet and Arrow, whose columns have types of their own.

Each value is first told as the text that a CSV of the same rows would hold, and then read like any
other: a date is a date and a fault is a fault, whatever the format.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.ipc

from screening.errors import InputError
from screening.io.arrow_text import as_text, is_text, table_column, table_signs, value_type
from screening.io.batch import MOST_TEXT, ROWS, RawRows, no_broken_rows
from screening.io.headers import Headings, resolve_headers
from screening.io.mapping import ColumnMapping
from screening.io.sources import Opened, readable

PARQUET = b"PAR1"
ARROW = (b"ARROW1", b"\xff\xff\xff\xff")
LARGEST = 2 * 1024 * 1024 * 1024
"""Bytes of a file, and of one row group unpacked, that are held at once."""

_WRITE_AGAIN = "write it again in smaller row groups"


@dataclass(frozen=True, slots=True)
class ArrowPart:
    """Some rows of a table; `row` is the number of the first, `total` the rows of the whole if known."""

    headings: Headings
    table: pa.Table
    row: int
    total: int | None = None

    @property
    def height(self) -> int:
        """How many rows these are."""
        return int(self.table.num_rows)

    def raw(self, file: str) -> RawRows:
        """The rows as text."""
        with _sound(file):
            return _raw(self.headings, self.table, self.row - 1)

    def content(self) -> Iterator[bytes]:
        """All that the rows depend on."""
        yield str(self.row).encode()
        yield _packed(self.table)

    def __reduce__(self) -> tuple[Any, ...]:
        # As a stream: pickled as it is, a part of a table takes all of it along.
        return _unpacked, (self.headings, _packed(self.table), self.row, self.total)


def _packed(table: pa.Table) -> bytes:
    held = pa.BufferOutputStream()
    with pyarrow.ipc.new_stream(held, table.schema) as stream:
        stream.write_table(table)
    return bytes(held.getvalue())


def _unpacked(headings: Headings, content: bytes, row: int, total: int | None) -> ArrowPart:
    return ArrowPart(headings, pyarrow.ipc.open_stream(content).read_all(), row, total)


def parquet_parts(file: Opened, mapping: ColumnMapping | None, rows: int) -> Iterator[ArrowPart]:
    """The rows of a Parquet file, so many at a time."""
    import pyarrow.parquet as pq  # with all that it brings along, for who has such a file

    with _sound(file.name):
        held = _held(file)
        texts = [f.name for f in pq.read_schema(held) if is_text(f.type)]
        # Kept as dictionaries: one long text that stands in every row is held once.
        parquet = pq.ParquetFile(held, read_dictionary=texts)
        for group in range(parquet.num_row_groups):
            if parquet.metadata.row_group(group).total_byte_size > LARGEST:
                raise InputError(file.name, "a row group of more than 2 GB", _WRITE_AGAIN)
        headings = _headings(parquet.schema_arrow, file.name, mapping)
        found = _parts(headings, parquet.schema_arrow, parquet.iter_batches(rows), rows)
        for part in found:
            yield replace(part, total=parquet.metadata.num_rows)


def arrow_parts(file: Opened, mapping: ColumnMapping | None, rows: int) -> Iterator[ArrowPart]:
    """The rows of an Arrow file or stream, so many at a time."""
    with _sound(file.name):
        if file.head.startswith(ARROW[0]):
            whole = pyarrow.ipc.open_file(_held(file))
            schema, found = whole.schema, (whole.get_batch(at) for at in range(whole.num_record_batches))
        else:
            stream = pyarrow.ipc.open_stream(file.stream)
            schema, found = stream.schema, iter(stream)
        yield from _parts(_headings(schema, file.name, mapping), schema, found, rows)


def table_parts(
    table: pa.Table, name: str = "table", mapping: ColumnMapping | None = None, rows: int = ROWS
) -> Iterator[ArrowPart]:
    """The rows of a table in memory, as those of a file; `name` stands in errors for the file."""
    with _sound(name):
        headings = _headings(table.schema, name, mapping)
        for part in _parts(headings, table.schema, table.to_batches(), rows):
            yield replace(part, total=table.num_rows)


@contextmanager
def _sound(name: str) -> Iterator[None]:
    try:
        with readable(name):
            yield
    except (pa.ArrowException, pl.exceptions.PolarsError, UnicodeDecodeError, MemoryError) as error:
        # A length that a wrong byte made endless is asked for, and refused without a word.
        why = (str(error).splitlines() or ["it asks for more memory than there is"])[0]
        what = f"damaged, or not what its first bytes say ({why[:100]})"
        raise InputError(name, what, "write the file again") from error


def _held(file: Opened) -> pa.NativeFile:
    """The file where any part can be reached: Parquet keeps its index at the end."""
    if file.on_disk is not None:
        return pa.memory_map(file.name)
    content = file.stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise InputError(
            file.name, "more than 2 GB that can't be read in part", "unpack it, and name the file"
        )
    return pa.BufferReader(content)


def _headings(schema: pa.Schema, name: str, mapping: ColumnMapping | None) -> Headings:
    headings = resolve_headers(schema.names, mapping, name)
    for field in schema:
        if not _plain(field.type):
            what = f'column "{field.name}" holds {field.type}'
            raise InputError(name, what, "write text, numbers, dates or lists of text")
        _refuse_unknown_zone(field, name)
    return headings


def _parts(
    headings: Headings, schema: pa.Schema, found: Iterable[pa.RecordBatch], rows: int
) -> Iterator[ArrowPart]:
    row = 1
    for table in _full(found, rows):
        step = _narrow(table)
        for at in range(0, table.num_rows, step):
            yield ArrowPart(headings, table.slice(at, step), row + at)
        row += table.num_rows
    if row == 1:
        yield ArrowPart(headings, schema.empty_table(), row)


def _full(found: Iterable[pa.RecordBatch], rows: int) -> Iterator[pa.Table]:
    """The rows of these batches, so many at a time."""
    held: list[pa.RecordBatch] = []
    height = 0
    for batch in found:
        # Polars takes text on trust, and ends the program at an index that points nowhere.
        batch.validate(full=True)
        while batch.num_rows:
            first, batch = batch.slice(0, rows - height), batch.slice(rows - height)
            held.append(first)
            height += first.num_rows
            if height == rows:
                yield pa.Table.from_batches(held)
                held, height = [], 0
    if held:
        yield pa.Table.from_batches(held)


def _narrow(table: pa.Table) -> int:
    """How many rows hold no more text than a batch may: few where rows are very wide."""
    text, rows = sum(map(_text_bytes, table.columns)), int(table.num_rows)
    return max(1, rows * MOST_TEXT // max(text, MOST_TEXT))


def _text_bytes(column: pa.ChunkedArray) -> int:
    """Bytes of text in the cells, a text that is shared by many rows counted in each."""
    if not is_text(value_type(column.type)):
        return 0
    return sum(_text_of(chunk) for chunk in column.chunks)


def _text_of(chunk: pa.Array) -> int:
    if pa.types.is_dictionary(chunk.type):
        return _sum(_lengths(chunk.dictionary).take(chunk.indices))
    return _sum(_lengths(chunk))


def _lengths(texts: pa.Array) -> pa.Array:
    if pa.types.is_string_view(texts.type):  # which Arrow can't measure
        return pl.Series(pl.from_arrow(texts)).str.len_bytes().to_arrow()
    import pyarrow.compute as pc

    return pc.binary_length(texts)


def _sum(lengths: pa.Array) -> int:
    import pyarrow.compute as pc

    return int(pc.sum(lengths).as_py() or 0)


def _raw(headings: Headings, table: pa.Table, row: int) -> RawRows:
    columns = [table_column(name, column) for name, column in zip(headings.names, table.columns, strict=True)]
    cells = pl.DataFrame([as_text(column) for column in columns])
    place = pl.select(
        row=pl.int_range(row + 1, row + 1 + table.num_rows, dtype=pl.UInt32),
        line=pl.repeat(None, table.num_rows, dtype=pl.UInt32),
    )
    values = {column.name: column for column in columns if column.dtype != pl.String}
    return RawRows(headings, place, cells, no_broken_rows(headings.names), table_signs(table), values)


def _refuse_unknown_zone(field: pa.Field, name: str) -> None:
    kind = value_type(field.type)
    zone = kind.tz if pa.types.is_timestamp(kind) else None
    try:
        pl.Series(dtype=pl.Int64).cast(pl.Datetime("us", zone or None))
    except pl.exceptions.ComputeError as error:
        what = f'column "{field.name}" is in the time zone "{zone}", which nobody knows'
        raise InputError(name, what, "write plain dates, or times in UTC") from error


def _plain(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        return _plain(kind.value_type)
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        # Its name is asked for too: polars ends the program at one that is no text, and this raises.
        return kind.value_field.name is not None and is_text(kind.value_type)
    return is_text(kind) or any(test(kind) for test in _PLAIN)


_PLAIN: tuple[Callable[[pa.DataType], bool], ...] = (
    pa.types.is_integer,
    pa.types.is_floating,
    pa.types.is_decimal,
    pa.types.is_date,
    pa.types.is_timestamp,
    pa.types.is_boolean,
    pa.types.is_null,
)
