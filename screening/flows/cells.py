"""The cells of a statistics file as text, column by column under our names, whatever layout it has.

A file is CSV (comma, semicolon, tab or bar; plain, gzip or zstd), Parquet, or the JSON of UN Comtrade.
"""

import gzip
import io
import json
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from screening.errors import InputError
from screening.flows.layout import Layout
from screening.flows.mapping import AS_IT_IS, TableMapping
from screening.flows.sources import layout_of, own
from screening.io.sources import access_fault

_HEAD = 1 << 16
_LARGEST_JSON = 1 << 30
_WANTED = "bring statistics as UN Comtrade, Eurostat or a CSV with a mapping file"
_FOREIGN = {
    b"PK\x03\x04": "an Excel workbook or a zip archive",
    b"%PDF": "a PDF file",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"<": "a page or XML, not a table",
}


@dataclass(frozen=True, slots=True)
class Cells:
    """A file's rows under our names, all text."""

    layout: Layout
    rows: pl.LazyFrame


def read_cells(path: Path, mapping: TableMapping = AS_IT_IS) -> Cells:
    """The cells of a file; InputError where it is none of statistics."""
    table = _table(path, mapping)
    headers = table.collect_schema().names()
    if mapping.columns:
        return Cells(own.LAYOUT, table.select(_by_mapping(path, headers, mapping)))
    layout = layout_of(headers)
    if layout is None:
        what = f"its columns are none of statistics that are known: {', '.join(headers[:8])}"
        raise InputError(str(path), what, _WANTED)
    if layout.shape is not None:
        return Cells(layout, layout.shape(table))
    return Cells(layout, table.select(_by_headers(layout, headers)))


def _by_mapping(path: Path, headers: list[str], mapping: TableMapping) -> list[pl.Expr]:
    if missing := [theirs for theirs in mapping.columns.values() if theirs not in headers]:
        raise InputError(
            str(path), f'there is no column "{missing[0]}"', f"there are {', '.join(headers[:12])}"
        )
    return [pl.col(theirs).alias(ours) for ours, theirs in mapping.columns.items()]


def _by_headers(layout: Layout, headers: list[str]) -> list[pl.Expr]:
    """Each of our columns from the first of its headers that says something in a row."""
    columns = layout.columns(headers)
    return [
        pl.coalesce(pl.col(name).replace({"": None, "NA": None}) for name in names).alias(column)
        if len(names) > 1
        else pl.col(names[0]).alias(column)
        for column, names in columns.items()
    ]


def _table(path: Path, mapping: TableMapping) -> pl.LazyFrame:
    head = _head(path)
    for magic, what in _FOREIGN.items():
        if head.startswith(magic):
            raise InputError(str(path), what, _WANTED)
    if head.startswith(b"PAR1"):
        return pl.scan_parquet(path).select(pl.all().cast(pl.String))
    if head.startswith(b"{"):
        return _json(path)
    separator = mapping.separator or max(",;\t|", key=head.partition(b"\n")[0].decode("latin-1").count)
    if mapping.encoding.lower().replace("-", "") != "utf8":
        return _csv(_decoded(path, mapping.encoding), separator)
    return _csv(path, separator)


def _csv(source: Path | io.BytesIO, separator: str) -> pl.LazyFrame:
    return pl.scan_csv(source, separator=separator, infer_schema=False, truncate_ragged_lines=True)


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
        if head.startswith(b"\x1f\x8b"):
            with gzip.open(path) as unpacked:
                head = unpacked.read(_HEAD)
        elif head.startswith(b"\x28\xb5\x2f\xfd"):
            head = pl.read_csv(path, n_rows=0, infer_schema=False).write_csv().encode()
    except OSError as error:
        raise access_fault(str(path), error) from error
    if not head.strip():
        raise InputError(str(path), "the file is empty", _WANTED)
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()


def _decoded(path: Path, encoding: str) -> io.BytesIO:
    try:
        return io.BytesIO(path.read_bytes().decode(encoding).encode())
    except (LookupError, UnicodeDecodeError) as error:
        raise InputError(
            str(path), f"is not text in {encoding}", "name its encoding in the mapping"
        ) from error


def _json(path: Path) -> pl.LazyFrame:
    """The rows of an answer of UN Comtrade: a list of records under `data` or `dataset`."""
    if path.stat().st_size > _LARGEST_JSON:
        raise InputError(str(path), "more than a gigabyte of JSON", "bring it as CSV")
    try:
        answer = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise InputError(str(path), "is no JSON that can be read", "fetch it again") from error
    records = answer.get("data", answer.get("dataset"))
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise InputError(str(path), "has no list of records under `data`", _WANTED)
    if not records:
        raise InputError(str(path), "holds no figure", "ask for another period, reporter or code")
    columns = dict.fromkeys(name for record in records for name in record)
    texts = {name: [_text(record.get(name)) for record in records] for name in columns}
    return pl.LazyFrame(texts, schema=dict.fromkeys(columns, pl.String))


def _text(value: object) -> str | None:
    return None if value is None or isinstance(value, dict | list) else str(value)
