"""Shipment files in, batches of typed columns out: the one way in, whatever the format."""

from collections.abc import Callable, Iterator
from pathlib import Path

from screening.io.arrow_tables import ARROW, PARQUET, read_arrow, read_parquet
from screening.io.batch import ROWS, Batch, RawRows, batches
from screening.io.csv_text import read_csv
from screening.io.json_lines import read_json_lines
from screening.io.mapping import ColumnMapping
from screening.io.sources import Opened, opened, spelled

_Reader = Callable[[Opened, ColumnMapping | None], Iterator[RawRows]]


def read_shipments(
    source: str | Path, mapping: ColumnMapping | None = None, size: int = ROWS
) -> Iterator[Batch]:
    """The shipments of a file (`-`: standard input), `size` rows a batch, in the order of the file.

    There is at least one batch, so that `present` is known of a file that has only a header.
    Raises InputError where the file can't be read.
    """
    mapping = mapping or ColumnMapping()
    with opened(source) as file:
        yield from batches(_reader(file.head)(file, mapping), spelled(file.name), mapping.notation, size)


def _reader(head: bytes) -> _Reader:
    if head.startswith(PARQUET):
        return read_parquet
    if head.startswith(ARROW):
        return read_arrow
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return read_json_lines if start.startswith((b"{", b"[")) else read_csv
