"""Shipments in CSV: RFC 4180, and what spreadsheets make of it.

The records are found by `records`, which counts lines and refuses to guess; pyarrow then parses the
sound ones. It takes a stray quote inside a cell as the character it is.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.csv
from numpy.typing import NDArray

from screening.errors import InputError
from screening.io.batch import MOST_TEXT, PLACE, RawRows, broken_rows, no_broken_rows, reject_value
from screening.io.csv_header import read_header
from screening.io.encodings import Text, as_utf8, decoded
from screening.io.headers import Headings
from screening.io.mapping import ColumnMapping
from screening.io.records import OpenQuote, Records, split_records, swallows_rows
from screening.io.signs import signs_of
from screening.io.sources import OnDisk, Opened

LONGEST_RECORD = 64 * 1024 * 1024
"""Bytes in which a record must end; else a quote was left open."""

_BLOCK = 4 * 1024 * 1024
_PARSED = 1024 * 1024
"""Bytes that are parsed at a time: as many as stay near the processor."""


@dataclass(frozen=True, slots=True)
class Span:
    """Where texts stand one after another in a file on the disk."""

    file: OnDisk
    start: int
    lengths: tuple[int, ...]

    def texts(self) -> tuple[bytes, ...]:
        """The texts; raises InputError where the file was changed since they were read."""
        content = memoryview(self.file.read(self.start, sum(self.lengths)))
        ends = accumulate(self.lengths)
        return tuple(bytes(content[end - count : end]) for count, end in zip(self.lengths, ends, strict=True))


@dataclass(frozen=True, slots=True)
class CsvPart:
    """Whole records of a CSV file in some texts; `row` and `line` are those of the first byte.

    `plain` where every line is a record, and its quotes are sound. `span` where another process can read
    the texts by itself.
    """

    headings: Headings
    separator: str
    texts: tuple[bytes, ...]
    height: int
    row: int
    line: int
    plain: bool
    span: Span | None = None
    total: None = None

    def raw(self, file: str) -> RawRows:
        """The rows as text, and the records that are none."""
        if not self.height:
            return RawRows(
                self.headings,
                pl.DataFrame(schema=PLACE),
                _no_cells(self.headings),
                no_broken_rows(self.headings.names),
            )
        return _plain_rows(self) or _rows(self, b"".join(self.texts))

    def content(self) -> Iterator[bytes]:
        """All that the rows depend on."""
        yield repr((self.separator, self.row, self.line)).encode()
        yield from self.texts

    def __reduce__(self) -> tuple[Any, ...]:
        place = self.height, self.row, self.line, self.plain
        if self.span is None:
            return CsvPart, (self.headings, self.separator, self.texts, *place)
        return _read_again, (self.headings, self.separator, *place, self.span)


def _read_again(
    headings: Headings, separator: str, height: int, row: int, line: int, plain: bool, span: Span
) -> CsvPart:
    return CsvPart(headings, separator, span.texts(), height, row, line, plain, span)


def csv_parts(file: Opened, mapping: ColumnMapping | None, rows: int) -> Iterator[CsvPart]:
    """The records of a CSV file, `rows` at a time; one part without any where there are none."""
    text = Text(as_utf8(file, mapping.encoding if mapping else None))
    headings, separator = read_header(text, mapping)
    held: list[CsvPart] = []
    told = False
    for part in _spans(text, headings, separator, rows):
        held.append(part)
        full = part.height and (part.row - 1 + part.height) % rows == 0
        if full or sum(len(text) for part in held for text in part.texts) > MOST_TEXT:
            yield _joined(held)
            held, told = [], True
    if any(part.height for part in held) or not told:
        yield _joined(held)


def _spans(text: Text, headings: Headings, separator: str, rows: int) -> Iterator[CsvPart]:
    """The records of each block, cut where `rows` are full."""
    for block, records in _blocks(text, separator):
        if not block.isascii():
            decoded(block[: records.used], text)
        count, begins = len(records.starts), text.count - len(block)
        edges = [0, *range((-text.row) % rows or rows, count, rows), count]
        for low, high in pairwise(edges):
            start, line = (int(records.starts[low]), int(records.lines[low])) if low else (0, 0)
            end = int(records.starts[high]) if high < count else records.used
            place = high - low, text.row + 1 + low, text.line + line
            span = _span(text, begins + start, end - start)
            yield CsvPart(headings, separator, (block[start:end],), *place, records.plain, span)
        text.row += count
        text.line += records.line_ends


def _joined(parts: list[CsvPart]) -> CsvPart:
    if len(parts) == 1:
        return parts[0]
    texts, height = tuple(text for part in parts for text in part.texts), sum(part.height for part in parts)
    span = parts[0].span and replace(parts[0].span, lengths=tuple(map(len, texts)))
    plain = all(part.plain for part in parts)
    return replace(parts[0], texts=texts, height=height, plain=plain, span=span)


def _span(text: Text, start: int, length: int) -> Span | None:
    return Span(text.file.on_disk, start, (length,)) if text.file.on_disk else None


def _no_cells(headings: Headings) -> pl.DataFrame:
    return pl.DataFrame(schema=dict.fromkeys(headings.names, pl.String))


def _blocks(text: Text, separator: str) -> Iterator[tuple[bytes, Records]]:
    block, last = text.rest, False
    while not last:
        # As much again as is left over: a long record is looked at a few times, not at every block.
        more = text.more(max(_BLOCK, len(block)))
        last = not more
        block += more
        try:
            records = split_records(block, separator, last, counted=False)
            if not records.used and len(block) > LONGEST_RECORD:
                raise _endless(text, block, separator)
        except OpenQuote as error:
            raise _open_quote(text, error) from error
        yield block, records
        block = block[records.used :]


def _endless(text: Text, block: bytes, separator: str) -> InputError:
    split_records(block, separator, last=True)  # tells an open quote
    where = f"{text.file.name}, row {text.row + 1}, line {text.line}"
    what = f"the row has no end within {LONGEST_RECORD // 2**20} MB"
    return InputError(where, what, "give one shipment a line")


def _open_quote(text: Text, error: OpenQuote) -> InputError:
    where = f"{text.file.name}, row {text.row + error.record + 1}, line {text.line + error.line}"
    return InputError(
        where, "a quote opens here and is not closed", "close it, or double the quotes inside a cell"
    )


def _plain_rows(part: CsvPart) -> RawRows | None:
    """The rows where the parser finds no fault; what it does not take is looked at record by record."""
    if not part.plain:
        return None
    try:
        cells = _parsed(part.texts, part.headings, part.separator, _PARSED)
    except pa.ArrowInvalid:
        # A row has more cells or fewer than the header, or is longer than what is parsed at a time.
        return None
    if cells.height != part.height:
        return None
    place = pl.select(
        row=pl.int_range(part.row, part.row + part.height, dtype=pl.UInt32),
        line=pl.int_range(part.line, part.line + part.height, dtype=pl.UInt32),
    )
    signs = signs_of(part.texts, line_ends=False)
    return RawRows(part.headings, place, cells, no_broken_rows(part.headings.names), signs)


def _rows(part: CsvPart, text: bytes) -> RawRows:
    headings, separator = part.headings, part.separator
    records = split_records(text, separator, last=True)
    sound = _sound(text, records, headings, separator)
    place = pl.DataFrame(
        {
            "row": pl.int_range(part.row, part.row + len(sound), eager=True).cast(pl.UInt32),
            "line": pl.Series(records.lines + part.line, dtype=pl.UInt32),
        }
    )
    if sound.all():
        good, broken = text, no_broken_rows(headings.names)
    else:
        spans = zip(records.starts[sound].tolist(), records.ends[sound].tolist(), strict=True)
        good = b"\n".join(text[start:end] for start, end in spans)
        broken = _broken(text, records, ~sound, place, headings, separator)
    # One block: a record must not straddle two.
    cells = _parsed((good,), headings, separator, len(good) + 1)
    return RawRows(headings, place.filter(pl.Series(sound)), cells, broken)


def _sound(block: bytes, records: Records, headings: Headings, separator: str) -> NDArray[np.bool_]:
    """Which records have the cells that the header has, and no row within a cell."""
    width = len(headings.names)
    sound: NDArray[np.bool_] = records.cells == width
    following = np.append(records.lines[1:], records.line_ends + 1)
    for at in np.flatnonzero(sound & (following - records.lines > 1)).tolist():
        record = block[records.starts[at] : records.ends[at]]
        sound[at] = not swallows_rows(record, separator, width)
    return sound


def _parsed(texts: Iterable[bytes], headings: Headings, separator: str, block: int) -> pl.DataFrame:
    tables = [_table(text, headings, separator, block) for text in texts if text.lstrip(b"\r\n")]
    if not tables:
        return _no_cells(headings)
    frame = pl.from_arrow(pa.concat_tables(tables).rename_columns(list(headings.names)))
    assert isinstance(frame, pl.DataFrame)
    return frame


def _table(text: bytes, headings: Headings, separator: str, block: int) -> pa.Table:
    names = [f"f{at}" for at in range(len(headings.names))]
    return pyarrow.csv.read_csv(
        pa.BufferReader(text),
        read_options=pyarrow.csv.ReadOptions(column_names=names, use_threads=False, block_size=block),
        parse_options=pyarrow.csv.ParseOptions(delimiter=separator, newlines_in_values=True),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types={name: pa.string() for name in names}, strings_can_be_null=False, check_utf8=False
        ),
    )


def _broken(
    block: bytes,
    records: Records,
    which: NDArray[np.bool_],
    place: pl.DataFrame,
    headings: Headings,
    separator: str,
) -> pl.DataFrame:
    csv.field_size_limit(LONGEST_RECORD)
    rows, kept = [], []
    for at in np.flatnonzero(which).tolist():
        record = block[records.starts[at] : records.ends[at]].decode()
        cells = next(csv.reader(io.StringIO(record, newline=""), delimiter=separator), [])
        reason = _ragged(int(records.cells[at]), len(headings.names))
        rows.append((place["row"][at], place["line"][at], reject_value(cells), reason))
        kept.append(cells)
    return broken_rows(rows, kept, headings.names)


def _ragged(cells: int, width: int) -> str:
    if not cells:
        return (
            "a cell begins with a quote and goes on after the quote closes; double the quotes inside a cell"
        )
    if cells == width:
        return "a quoted cell holds what looks like whole rows; close the quote that was left open"
    what = "1 cell" if cells == 1 else f"{cells} cells"
    remedy = "quote cells that hold the separator" if cells > width else "write every cell, blank ones too"
    return f"the row has {what}, the header {width}; {remedy}"
