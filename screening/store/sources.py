"""The rules and lists that screenings rest on, as they were: what thousands of runs used is kept once."""

import zlib
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Literal, NamedTuple, Self

from sqlalchemy import insert, select

from screening.errors import StoreError
from screening.store.refusals import UnknownError
from screening.store.schema import SOURCES
from screening.store.transaction import Reading, Writing

Kind = Literal["rules", "reference", "watchlist", "exceptions", "rates"]


class Source(NamedTuple):
    """Something that screenings rest on."""

    kind: Kind
    name: str
    digest: str
    """By what it is known."""
    packed: bytes
    date: str | None = None

    @classmethod
    def of(cls, kind: Kind, name: str, content: bytes, date: str | None = None) -> Self:
        """A source with this content, which is kept compressed: a long list is a fifth of its size so."""
        return cls(kind, name, sha256(content).hexdigest(), zlib.compress(content), date)

    @property
    def content(self) -> bytes:
        """What it says."""
        return zlib.decompress(self.packed)


def keep(tx: Writing, sources: Iterable[Source]) -> list[str]:
    """The digests of those that the store did not have; it has all of them then."""
    wanted = {source.digest: source for source in sources}
    there = set(tx.connection.execute(select(SOURCES.c.digest).where(SOURCES.c.digest.in_(wanted))).scalars())
    new = [digest for digest in wanted if digest not in there]
    for digest in new:
        kind, name, _, packed, date = wanted[digest]
        row = {"digest": digest, "kind": kind, "name": name, "date": date, "at": tx.at}
        tx.connection.execute(insert(SOURCES).values(**row, content=packed))
    return new


def kept(tx: Reading, digest: str) -> Source:
    """The source of this digest.

    Raises UnknownError where there is none, or none any more, and StoreError for one that was changed.
    """
    row = tx.connection.execute(select(SOURCES).where(SOURCES.c.digest == digest)).mappings().one_or_none()
    if row is None:
        raise UnknownError(f"the store has no source {digest}")
    if row["erased_at"] is not None:
        raise UnknownError(f"the {row['kind']} {digest} were erased at {row['erased_at']}")
    whole = _whole(row["content"])
    if whole is None or sha256(whole).hexdigest() != digest:
        raise StoreError(f"source {digest}", "damaged", "`screening audit verify` tells what else is")
    return Source(row["kind"], row["name"], digest, row["content"], row["date"])


def damaged(tx: Reading) -> Iterator[str]:
    """The digests of the sources that are not what their digests say."""
    query = select(SOURCES.c.digest, SOURCES.c.erased_at, SOURCES.c.content).order_by(SOURCES.c.digest)
    for row in tx.connection.execute(query, execution_options={"yield_per": 1}):
        if row.erased_at is None and sha256(_whole(row.content) or b"").hexdigest() != row.digest:
            yield row.digest


def _whole(compressed: bytes | None) -> bytes | None:
    try:
        return zlib.decompress(compressed or b"")
    except zlib.error:
        return None
