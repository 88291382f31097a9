"""The entries of the audit log, each hashed with the one before, so that none can be changed or left out."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Table, select, update

from screening.store.canonical import canonical
from screening.store.insertion import add
from screening.store.schema import AUDIT, HEAD
from screening.store.seals import Key, seal, stored_rows

GENESIS = "0" * 64
"""Stands for the hash before the first entry."""
ROWS = "rows"
"""The part of a body that holds, by table and key, the digests of the rows that the entry is about."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the log; `body` is canonical JSON."""

    number: int
    at: str
    actor: str
    kind: str
    subject: str
    body: str
    before: str

    @property
    def hash(self) -> str:
        """SHA-256 over all of the entry, and through `before` over all entries until it."""
        return sha256(canonical(asdict(self)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Told:
    """What a transaction tells the log: it becomes an entry when the transaction ends."""

    actor: str
    kind: str
    subject: str
    body: Mapping[str, Any]
    rows: tuple[tuple[Table, Key], ...]
    sealed: Mapping[str, Mapping[str, str]]
    """The digests that were made already, by table and key."""


def append(connection: Connection, told: Iterable[Told], at: str) -> None:
    """Adds the entries; nobody else can add any until the transaction ends."""
    # What is slow comes before the lock, for which all other writers wait.
    bodies = [(one, canonical(_body(connection, one))) for one in told]
    number, before = connection.execute(select(HEAD.c.number, HEAD.c.hash).with_for_update()).one()
    rows = []
    for one, body in bodies:
        entry = Entry(number + 1, at, one.actor, one.kind, one.subject, body, before)
        number, before = entry.number, entry.hash
        rows.append(asdict(entry) | {"hash": before})
    add(connection, AUDIT, rows)
    connection.execute(update(HEAD).values(number=number, hash=before))


def _body(connection: Connection, told: Told) -> dict[str, Any]:
    rows = {table: dict(digests) for table, digests in told.sealed.items()}
    asked: dict[Table, list[Key]] = {}
    for table, key in told.rows:
        asked.setdefault(table, []).append(key)
    for table, keys in asked.items():
        digests = rows.setdefault(table.name, {})
        digests.update((str(key), seal(row)) for key, row in stored_rows(connection, table, keys))
    return {**told.body, ROWS: rows} if rows else dict(told.body)
