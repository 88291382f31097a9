"""Alerts as JSON lines: the full record, one object a line."""

from collections.abc import Iterable, Sequence
from typing import BinaryIO

from screening.io.writers.records import Record, json_text


def write_jsonl(stream: BinaryIO, records: Iterable[Record], columns: Sequence[str] | None = None) -> None:
    """Each record on a line of its own, in UTF-8."""
    for record in records:
        stream.write(json_text(record).encode() + b"\n")
