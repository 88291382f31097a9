"""The first pass: each piece of the files becomes a batch on disk, with what tells its shipments apart."""

from collections.abc import Iterator, Sequence
from hashlib import sha256

import polars as pl

from screening.io.batch import Batch
from screening.io.book import identities, named
from screening.io.mapping import ColumnMapping
from screening.io.pieces import Piece, read_pieces
from screening.passes.bench import Bench
from screening.passes.stock import put, put_batch

_SEED = 3


def pieces(
    sources: Sequence[str], mapping: ColumnMapping | None, rows: int, digests: list[str]
) -> Iterator[Piece]:
    """The pieces of all files in order; the SHA-256 of each file joins `digests` when it is read."""
    for source in sources:
        digest = sha256()
        yield from read_pieces(source, mapping, rows, digest)
        digests.append(digest.hexdigest())


def part_name(number: int, piece: Piece) -> str:
    """What the part that is made of a piece is called: the same for the same piece alone."""
    return f"read/{number:06}-{piece.digest[:24]}"


def read(bench: Bench, number: int, piece: Piece, called: str) -> str:
    """Makes the part of a piece; `called` stands for its file in the names of rows without an id."""
    name = part_name(number, piece)
    if not bench.parts.has(name):
        batch = named(piece.batch(), called)
        with bench.parts.making(name) as (folder, facts):
            facts.update(put_batch(folder, batch), rows=batch.typed.height + batch.rejects.height)
            put(folder, "keys", _keys(batch))
    return name


def _keys(batch: Batch) -> pl.DataFrame:
    """A number for each row, the same for rows of one shipment."""
    told = identities(batch, 0)
    return told.select(pl.struct("shipment_id", "line_number").hash(_SEED).alias("key"))
