"""Shipments in CSV: RFC 4180, and what spreadsheets make of it.

The records are found by `records`, which counts lines and refuses to guess; pyarrow then parses the
sound ones. It takes a stray quote inside a cell as the character it is.
"""

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.csv
from numpy.typing import NDArray

from screening.errors import InputError
from screening.io.batch import PLACE, RawRows, broken_rows, reject_value
from screening.io.headers import Headings, column_meant, resolve_headers
from screening.io.mapping import ColumnMapping
from screening.io.records import OpenQuote, Records, first_record, split_records, swallows_rows
from screening.io.sources import Opened, readable

SEPARATORS = (",", ";", "\t", "|")
LONGEST_RECORD = 64 * 1024 * 1024
"""Bytes in which a record must end; else a quote was left open."""

_BLOCK = 4 * 1024 * 1024
_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_UTF8_REMEDY = "save it as UTF-8, or name the encoding in a mapping file (encoding: cp1254)"


@dataclass(slots=True)
class _Text:
    """The UTF-8 bytes of a file, from the header on, and how far they are read."""

    file: Opened
    rest: bytes = b""
    line: int = 1
    row: int = 0

    def more(self, size: int) -> bytes:
        """The next bytes, empty at the end."""
        with readable(self.file.name):
            return self.file.stream.read(size)


def read_csv(file: Opened, mapping: ColumnMapping | None) -> Iterator[RawRows]:
    """The rows of a CSV file, first a batch without any that tells its headings."""
    text = _Text(_decoded(file, mapping.encoding if mapping else None))
    headings, separator = _header(text, mapping)
    yield RawRows(
        headings, pl.DataFrame(schema=PLACE), _no_cells(headings), broken_rows([], [], headings.names)
    )
    for block, records in _blocks(text, separator):
        yield _rows(block, records, text, headings, separator)
        text.row += len(records.starts)
        text.line += records.line_ends


def _no_cells(headings: Headings) -> pl.DataFrame:
    return pl.DataFrame(schema=dict.fromkeys(headings.names, pl.String))


def _decoded(file: Opened, encoding: str | None) -> Opened:
    if encoding is None or encoding in ("utf-8", "utf-8-sig"):
        if file.head.startswith(_BOMS):
            raise InputError(
                file.name, "UTF-16 text", "save it as UTF-8, or write `encoding: utf-16` in a mapping file"
            )
        return file
    return Opened(file.name, codecs_stream(file, encoding), file.head)


def codecs_stream(file: Opened, encoding: str) -> io.BufferedReader:
    """The file's text, told in UTF-8."""
    return io.BufferedReader(_Recoded(file, encoding), 1 << 20)


class _Recoded(io.RawIOBase):
    """A stream of another encoding as UTF-8."""

    def __init__(self, file: Opened, encoding: str) -> None:
        self._file = file
        self._encoding = encoding
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._ready = b""
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        room = memoryview(buffer)  # type: ignore[arg-type]
        while not self._ready and not self._ended:
            piece = self._file.stream.read(1 << 18)
            self._ended = not piece
            self._ready = self._decode(piece).encode()
        taken = self._ready[: len(room)]
        self._ready = self._ready[len(taken) :]
        room[: len(taken)] = taken
        return len(taken)

    def _decode(self, piece: bytes) -> str:
        try:
            return self._decoder.decode(piece, final=not piece).replace("\ufeff", "")
        except UnicodeDecodeError as error:
            what = f"not {self._encoding} text, as the mapping file says"
            raise InputError(self._file.name, what, "name the right encoding there") from error


def _header(text: _Text, mapping: ColumnMapping | None) -> tuple[Headings, str]:
    """The headings and the separator; the text then stands at the first record."""
    name = text.file.name
    text.rest = text.more(_BLOCK).removeprefix(codecs.BOM_UTF8)
    text.rest, separator = _stated_separator(text, mapping.separator if mapping else None)
    start = text.rest.lstrip(b"\r\n")
    if not start.strip():
        raise InputError(name, "the file is empty", "it needs at least a header line")
    _refuse_binary(start[:65536], name)
    choices = [separator] if separator else list(SEPARATORS)
    found = [(mark, *first) for mark in choices if (first := _first_record(text, mark))]
    if not found:
        raise _unreadable_header(text)
    mark, cells, end, lines = max(found, key=lambda f: (_known(f[1], mapping), len(f[1])))
    headings = resolve_headers(cells, mapping, name)
    text.rest = text.rest[end:]
    text.line += lines
    return headings, mark


def _stated_separator(text: _Text, mapped: str | None) -> tuple[bytes, str | None]:
    """A first line `sep=;`, as Excel writes it, states the separator."""
    for mark in SEPARATORS:
        for end in (b"\r\n", b"\n"):
            line = f"sep={mark}".encode() + end
            if text.rest.lower().startswith(line) and not mapped:
                text.line += 1
                return text.rest[len(line) :], mark
    return text.rest, mapped


def _known(cells: list[str], mapping: ColumnMapping | None) -> int:
    return sum(bool(column_meant(cell) or (mapping and mapping.names(cell))) for cell in cells)


def _first_record(text: _Text, separator: str) -> tuple[list[str], int, int] | None:
    """The cells of the header, where it ends, and its lines; None if its quotes need another separator."""
    try:
        records = first_record(text.rest, separator, last=True)
    except OpenQuote:
        return None
    if not len(records.starts) or not records.cells[0]:
        return None
    line = text.rest[records.starts[0] : records.ends[0]]
    return _cells(line, separator, text), records.used, records.line_ends


def _unreadable_header(text: _Text) -> InputError:
    where = f"{text.file.name}, line {text.line}"
    return InputError(
        where, "the quotes of the header line do not match", "close each quote that opens a name"
    )


def _cells(record: bytes, separator: str, text: _Text) -> list[str]:
    decoded = _text_of(record, text, 0)
    csv.field_size_limit(LONGEST_RECORD)
    return next(csv.reader(io.StringIO(decoded, newline=""), delimiter=separator))


def _text_of(record: bytes, text: _Text, before: int) -> str:
    try:
        return record.decode()
    except UnicodeDecodeError as error:
        line = text.line + before + record.count(b"\n", 0, error.start)
        what = f"not UTF-8 text (byte 0x{record[error.start]:02X})"
        raise InputError(f"{text.file.name}, line {line}", what, _UTF8_REMEDY) from error


def _refuse_binary(start: bytes, name: str) -> None:
    """Raises InputError when the beginning is no text. A NUL further on costs only its row."""
    line = start.splitlines()[0]
    if line.count(b"\0") * 4 >= len(line) > 1:
        raise InputError(name, "UTF-16 text or a binary file", "save it as CSV in UTF-8")
    if any(byte < 32 and byte not in (9, 27) for byte in line):
        raise InputError(name, "a binary file", "give CSV, Parquet, Arrow or JSON lines")


def _blocks(text: _Text, separator: str) -> Iterator[tuple[bytes, Records]]:
    block, last = text.rest, False
    while not last:
        # As much again as is left over: a long record is looked at a few times, not at every block.
        more = text.more(max(_BLOCK, len(block)))
        last = not more
        block += more
        try:
            records = split_records(block, separator, last)
            if not records.used and len(block) > LONGEST_RECORD:
                raise _endless(text, block, separator)
        except OpenQuote as error:
            raise _open_quote(text, error) from error
        yield block, records
        block = block[records.used :]


def _endless(text: _Text, block: bytes, separator: str) -> InputError:
    split_records(block, separator, last=True)  # tells an open quote
    where = f"{text.file.name}, row {text.row + 1}, line {text.line}"
    what = f"the row has no end within {LONGEST_RECORD // 2**20} MB"
    return InputError(where, what, "give one shipment a line")


def _open_quote(text: _Text, error: OpenQuote) -> InputError:
    where = f"{text.file.name}, row {text.row + error.record + 1}, line {text.line + error.line}"
    return InputError(
        where, "a quote opens here and is not closed", "close it, or double the quotes inside a cell"
    )


def _rows(block: bytes, records: Records, text: _Text, headings: Headings, separator: str) -> RawRows:
    _text_of(block[: records.used], text, 0)
    sound = _sound(block, records, headings, separator)
    place = pl.DataFrame(
        {
            "row": pl.int_range(text.row + 1, text.row + 1 + len(sound), eager=True).cast(pl.UInt32),
            "line": pl.Series(records.lines + text.line, dtype=pl.UInt32),
        }
    )
    if sound.all():
        good, broken = block[: records.used], broken_rows([], [], headings.names)
    else:
        spans = zip(records.starts[sound].tolist(), records.ends[sound].tolist(), strict=True)
        good = b"\n".join(block[start:end] for start, end in spans)
        broken = _broken(block, records, ~sound, place, headings, separator)
    cells = _parsed(good, headings, separator)
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


def _parsed(text: bytes, headings: Headings, separator: str) -> pl.DataFrame:
    if not text.strip(b"\r\n"):
        return _no_cells(headings)
    names = [f"f{at}" for at in range(len(headings.names))]
    table = pyarrow.csv.read_csv(
        pa.BufferReader(text),
        # One block: a record must not straddle two.
        read_options=pyarrow.csv.ReadOptions(column_names=names, use_threads=False, block_size=len(text) + 1),
        parse_options=pyarrow.csv.ParseOptions(delimiter=separator, newlines_in_values=True),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types={name: pa.string() for name in names}, strings_can_be_null=False, check_utf8=False
        ),
    )
    frame = pl.from_arrow(table.rename_columns(list(headings.names)))
    assert isinstance(frame, pl.DataFrame)
    return frame


def _broken(
    block: bytes,
    records: Records,
    which: NDArray[np.bool_],
    place: pl.DataFrame,
    headings: Headings,
    separator: str,
) -> pl.DataFrame:
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
