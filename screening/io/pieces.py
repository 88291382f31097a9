"""A shipment file in pieces: found in the order of the file, and read wherever there is time.

What depends on what stands before (where records end, what is packed or recoded, which columns there
are) is done while the pieces are cut; a piece then holds all that its rows depend on and can go to
another process.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from screening.io.arrow_tables import ARROW, PARQUET, arrow_parts, parquet_parts
from screening.io.batch import ROWS, Batch, RawRows, batch_of
from screening.io.csv_text import csv_parts
from screening.io.headers import Headings
from screening.io.json_lines import json_parts
from screening.io.mapping import ColumnMapping
from screening.io.notation import Notation
from screening.io.sources import Digest, Opened, opened, spelled


class Part(Protocol):
    """Some rows of a file as they stand in it."""

    @property
    def headings(self) -> Headings:
        """The columns of the rows."""

    @property
    def height(self) -> int:
        """How many rows these are."""

    @property
    def total(self) -> int | None:
        """How many rows the file has, where it tells."""

    def raw(self, file: str) -> RawRows:
        """The rows as text; `file` stands in errors."""

    def content(self) -> Iterable[bytes]:
        """All that the rows depend on."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows of a shipment file; it can be pickled.

    `fraction`: how much of the file is read when the piece is cut, 0 to 1; None where nobody knows.
    """

    file: str
    notation: Notation
    part: Part
    fraction: float | None = None

    @property
    def height(self) -> int:
        """How many rows of the file these are, those that can't be read among them."""
        return self.part.height

    @property
    def total(self) -> int | None:
        """How many rows the file has, where it tells."""
        return self.part.total

    @property
    def digest(self) -> str:
        """SHA-256 over all that the batch depends on, in hexadecimal."""
        total = sha256(repr((self.file, self.notation, self.part.headings)).encode())
        for content in self.part.content():
            total.update(content)
        return total.hexdigest()

    def batch(self) -> Batch:
        """The rows with their types, and those that can't be read: the same whenever it is asked."""
        return batch_of(self.part.raw(self.file), self.file, self.notation)


def read_pieces(
    source: str | Path, mapping: ColumnMapping | None = None, rows: int = ROWS, digest: Digest | None = None
) -> Iterator[Piece]:
    """The pieces of a file (`-`: standard input), `rows` rows each, in the order of the file.

    Fewer rows where they are very wide, or the columns change. There is at least one piece, so that
    the columns are known of a file that has only a header. `digest` is given the file's own bytes,
    and has them all when the last piece is followed by the end. Raises InputError where the file
    can't be read.
    """
    mapping = mapping or ColumnMapping()
    with opened(source, digest) as file:
        for part in _reader(file.head)(file, mapping, rows):
            yield Piece(spelled(file.name), mapping.notation, part, file.fraction)
        if digest is not None:
            file.drain()


_Reader = Callable[[Opened, ColumnMapping | None, int], Iterator[Part]]


def _reader(head: bytes) -> _Reader:
    if head.startswith(PARQUET):
        return parquet_parts
    if head.startswith(ARROW):
        return arrow_parts
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return json_parts if start.startswith((b"{", b"[")) else csv_parts
