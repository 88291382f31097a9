"""Alerts that were written in parts, joined into one file.

Parts are files of JSON lines, as workers and broken-off runs leave them. What comes of them is, to the
byte, what one writer would have written of the same records, however they were spread over the parts.
"""

import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from screening.errors import InputError
from screening.io.writers.atomic import Opening, whole_file
from screening.io.writers.formats import writer_for
from screening.io.writers.jsonl import write_jsonl
from screening.written import WrittenRecord


def join_alerts(
    path: str | Path,
    parts: Iterable[Path],
    columns: Sequence[str] | None = None,
    opened: Opening = whole_file,
) -> None:
    """The records of the parts, in their order, in the format that the file's ending asks for.

    Each part is what `write_alerts` gives for a name that ends in `.jsonl`; `columns` and `opened` are as
    there. A part is opened when the ones before it are written.
    """
    writer = writer_for(path)
    with opened(path) as stream:
        if writer is write_jsonl:
            _copy(stream, parts)
        else:
            writer(stream, _records(parts), columns)


def _copy(stream: BinaryIO, parts: Iterable[Path]) -> None:
    for part in parts:
        with _opened(part) as lines:
            shutil.copyfileobj(lines, stream, 1 << 20)


def _records(parts: Iterable[Path]) -> Iterator[WrittenRecord]:
    for part in parts:
        with _opened(part) as lines:
            yield from (WrittenRecord(json.loads(line), line[:-1].decode()) for line in lines)


def _opened(part: Path) -> BinaryIO:
    try:
        return part.open("rb")
    except OSError as error:
        what = (error.strerror or str(error)).lower()
        raise InputError(str(part), what, "screen again; what was done so far is gone") from error
