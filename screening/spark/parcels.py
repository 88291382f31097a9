"""Frames of columns on their way through a shuffle: each is one row of three cells for Spark.

Spark moves and groups parcels by their address, and never looks into them; what is in them keeps the
types that it has on one machine.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO

import polars as pl
import pyarrow as pa

SCHEMA = "kind string, key long, body binary"
"""What Spark is told of parcels: what they hold, where they go, and the frame."""
BLOCK = 100_000
"""Row numbers of a block: what is known of a row comes together with its block."""
_ARROW = pa.schema([("kind", pa.string()), ("key", pa.int64()), ("body", pa.binary())])
_KEY = "_key"
_ROWS_HELD = 400_000


def packed(frame: pl.DataFrame) -> bytes:
    """The frame as bytes."""
    held = BytesIO()
    frame.write_ipc(held, compression="zstd")
    return held.getvalue()


def unpacked(body: bytes) -> pl.DataFrame:
    """The frame that these bytes hold."""
    return pl.read_ipc(BytesIO(body))


def parcel(kind: str, key: int, body: bytes) -> pa.RecordBatch:
    """One parcel."""
    return pa.record_batch([[kind], [key], [body]], schema=_ARROW)


def parcels(kind: str, frame: pl.DataFrame, key: pl.Expr) -> Iterator[pa.RecordBatch]:
    """The rows of a frame in one parcel for each key that they have."""
    keyed = frame.with_columns(key.cast(pl.Int64).alias(_KEY))
    parts = keyed.partition_by(_KEY, as_dict=True, maintain_order=True, include_key=False)
    return (parcel(kind, to, packed(own)) for (to,), own in parts.items())


def table_of(batches: Iterable[pa.RecordBatch]) -> pa.Table:
    """These parcels as the table that a task over a group gives."""
    return pa.Table.from_batches(list(batches), _ARROW)


def block_of(row: str = "row") -> pl.Expr:
    """The block of a row's number."""
    return pl.col(row) // BLOCK


def bodies(table: pa.Table, kind: str) -> list[bytes]:
    """What the parcels of a kind hold, of those that came together."""
    both = zip(table["kind"].to_pylist(), table["body"].to_pylist(), strict=True)
    return [body for own, body in both if own == kind]


def opened(table: pa.Table, kind: str) -> list[pl.DataFrame]:
    """The frames of a kind, of the parcels that came together."""
    return [unpacked(body) for body in bodies(table, kind)]


@dataclass
class Outbox:
    """Frames that wait for company, so that parcels are few and large."""

    keys: dict[str, pl.Expr]
    """Where the rows of each kind go."""
    held: dict[str, list[pl.DataFrame]] = field(default_factory=dict)
    rows: int = 0

    def put(self, kind: str, frame: pl.DataFrame) -> Iterator[pa.RecordBatch]:
        """Takes a frame in; gives parcels when much is held."""
        if frame.height:
            self.held.setdefault(kind, []).append(frame)
            self.rows += frame.height
        if self.rows >= _ROWS_HELD:
            yield from self.emptied()

    def emptied(self) -> Iterator[pa.RecordBatch]:
        """All that is held."""
        for kind, frames in self.held.items():
            yield from parcels(kind, pl.concat(frames, how="vertical_relaxed"), self.keys[kind])
        self.held, self.rows = {}, 0
