"""The first line of a CSV file: what separates its cells, and what its columns are called.

The separator is read off the header alone: the one that yields the most columns that we know. Rows
would mislead, since `;` and `,` stand in addresses and amounts.
"""

import codecs
import csv
import io

from screening.errors import InputError
from screening.io.encodings import Text, decoded
from screening.io.headers import Headings, column_meant, resolve_headers
from screening.io.mapping import ColumnMapping
from screening.io.records import OpenQuote, first_record

SEPARATORS = (",", ";", "\t", "|")
_MOST = 4 * 1024 * 1024


def read_header(text: Text, mapping: ColumnMapping | None) -> tuple[Headings, str]:
    """The headings and the separator; the text then stands at the first record."""
    name = text.file.name
    text.rest = text.more(_MOST).removeprefix(codecs.BOM_UTF8)
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


def _stated_separator(text: Text, mapped: str | None) -> tuple[bytes, str | None]:
    """A first line `sep=;`, as Excel writes it, states the separator."""
    for mark in SEPARATORS:
        for end in (b"\r\n", b"\n"):
            line = f"sep={mark}".encode() + end
            if text.rest[: len(line)].lower() == line and not mapped:
                text.line += 1
                return text.rest[len(line) :], mark
    return text.rest, mapped


def _known(cells: list[str], mapping: ColumnMapping | None) -> int:
    return sum(bool(column_meant(cell) or (mapping and mapping.names(cell))) for cell in cells)


def _first_record(text: Text, separator: str) -> tuple[list[str], int, int] | None:
    """The cells of the header, where it ends, and its lines; None if its quotes need another separator."""
    try:
        records = first_record(text.rest, separator, last=True)
    except OpenQuote:
        return None
    if not len(records.starts) or not records.cells[0]:
        return None
    line = text.rest[records.starts[0] : records.ends[0]]
    return _cells(line, separator, text), records.used, records.line_ends


def _unreadable_header(text: Text) -> InputError:
    where = f"{text.file.name}, line {text.line}"
    return InputError(
        where, "the quotes of the header line do not match", "close each quote that opens a name"
    )


def _cells(record: bytes, separator: str, text: Text) -> list[str]:
    line = decoded(record, text)
    return next(csv.reader(io.StringIO(line, newline=""), delimiter=separator))


def _refuse_binary(start: bytes, name: str) -> None:
    """Raises InputError when the beginning is no text. A NUL further on costs only its row."""
    line = start.splitlines()[0]
    if line.count(b"\0") * 4 >= len(line) > 1:
        raise InputError(name, "UTF-16 text or a binary file", "save it as CSV in UTF-8")
    if any(byte < 32 and byte not in (9, 27) for byte in line):
        raise InputError(name, "a binary file", "give CSV, Parquet, Arrow or JSON lines")
