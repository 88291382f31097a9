"""Which writer an output file's ending asks for."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

from screening.errors import InputError
from screening.io.writers.atomic import STANDARD_OUTPUT, Opening, check_writable, whole_file
from screening.io.writers.csv import write_csv
from screening.io.writers.jsonl import write_jsonl
from screening.io.writers.parquet import write_parquet
from screening.io.writers.records import Record

Writer = Callable[[BinaryIO, Iterable[Record], Sequence[str] | None], None]

WRITERS: dict[str, Writer] = {".jsonl": write_jsonl, ".csv": write_csv, ".parquet": write_parquet}
"""The writers by the ending of a file's name."""


def writer_for(path: str | Path) -> Writer:
    """The writer of this file; JSON lines for standard output and for devices."""
    name = str(path)
    target = Path(name)
    if name == STANDARD_OUTPUT or (target.exists() and not target.is_file() and not target.is_dir()):
        return write_jsonl
    writer = WRITERS.get(target.suffix.lower())
    if writer is None:
        ending = f'the ending "{target.suffix}"' if target.suffix else "a name without an ending"
        raise InputError(name, f"{ending} is no output format", f"use {', '.join(WRITERS)}")
    return writer


def check_output(path: str | Path) -> None:
    """Nothing, where results can be written there; raises InputError before any work is done."""
    writer_for(path)
    check_writable(path)


def write_alerts(
    path: str | Path,
    records: Iterable[Record],
    columns: Sequence[str] | None = None,
    opened: Opening = whole_file,
) -> None:
    """The records in the format that the file's ending asks for; the file is whole or not there.

    `columns`: those of the shipments, so that a table can be written record by record. `opened` gives
    the stream.
    """
    writer = writer_for(path)
    with opened(path) as stream:
        writer(stream, records, columns)
