"""Alerts as a table for spreadsheets: one alert a row, no cell a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from screening.io.writers.formulas import defused
from screening.io.writers.records import Record, flat_row, headers, shipment_columns


def write_csv(stream: BinaryIO, records: Iterable[Record], columns: Sequence[str] | None = None) -> None:
    """A header, and a row for each record.

    `columns`: those of the shipments; without them the records are gathered first to learn them.
    """
    if columns is None:
        records = list(records)
        columns = shipment_columns(records)
    write_rows(stream, headers(columns), (flat_row(record, columns) for record in records))


def write_rows(stream: BinaryIO, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """RFC 4180 in UTF-8, every text cell defused. Numbers stay numbers; ours are never negative."""
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=False)
    try:
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow([_cell(name) for name in header])
        writer.writerows([_cell(value) for value in row] for row in rows)
        text.flush()
    finally:
        _leave_open(text)


def _leave_open(text: io.TextIOWrapper) -> None:
    # The stream is its owner's to close, and a wrapper that is dropped would close it.
    text.detach()


def _cell(value: Any) -> Any:
    if value is None or isinstance(value, str):
        return value and defused(value)
    if isinstance(value, list | tuple):
        value = ";".join(str(part) for part in value)
    return value if isinstance(value, int | float) else defused(str(value))
