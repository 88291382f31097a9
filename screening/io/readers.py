"""Shipment files in, batches of typed columns out: the one way in, whatever the format."""

from collections.abc import Iterator
from pathlib import Path

from screening.io.batch import ROWS, Batch
from screening.io.mapping import ColumnMapping
from screening.io.pieces import read_pieces


def read_shipments(
    source: str | Path, mapping: ColumnMapping | None = None, size: int = ROWS
) -> Iterator[Batch]:
    """The shipments of a file (`-`: standard input), `size` rows a batch, in the order of the file.

    There is at least one batch, so that `present` is known of a file that has only a header.
    Raises InputError where the file can't be read.
    """
    return (piece.batch() for piece in read_pieces(source, mapping, size))
