"""Which rows the log vouches for, and whether they are still as it says.

The log is told from its end: what names a row first is what was last written of it. So of each row only a bit
is remembered, however long the log is.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, select

from screening.store.chain import ROWS, Entry
from screening.store.schema import SEALED
from screening.store.seals import AT_ONCE, Key, key_of, seal, stored_rows

FETCHED = 200
"""Rows that are in memory at once where all are read; the body of one may be long."""


class Fault(NamedTuple):
    """Something that is not what it should be."""

    where: str
    """`audit/NUMBER`, or `TABLE/KEY`."""
    what: str


class _Vouched(NamedTuple):
    digest: str
    entry: int


class Vouched:
    """The rows of all sealed tables, held against what entries say of them, the newest first."""

    def __init__(self, connection: Connection) -> None:
        self._tables = {table.name: _Rows(connection, table) for table in SEALED}

    @property
    def rows(self) -> int:
        """How many rows were named so far."""
        return sum(table.named for table in self._tables.values())

    def told(self, entry: Entry) -> Iterator[Fault]:
        """The faults that show themselves with this entry."""
        for name, digests in _rows_of(entry.body).items():
            if (table := self._tables.get(name)) is not None:
                yield from table.told(entry.number, digests)

    def rest(self) -> Iterator[Fault]:
        """The faults that show themselves when no entry is left."""
        for table in self._tables.values():
            yield from table.rest()


class _Rows:
    """The rows of one table."""

    def __init__(self, connection: Connection, table: Table) -> None:
        self.named = 0
        self._connection = connection
        self._table = table
        self._key = key_of(table)
        self._known = _Numbers() if self._key.type.python_type is int else _Names()
        self._waiting: dict[Key, _Vouched] = {}

    def told(self, entry: int, digests: Mapping[str, str]) -> Iterator[Fault]:
        for text, digest in digests.items():
            key = self._known.key(text)
            if key is None:
                yield Fault(f"audit/{entry}", f"names a row that can't be, {self._table.name}/{text}")
            elif self._known.add(key):
                self.named += 1
                self._waiting[key] = _Vouched(digest, entry)
        if len(self._waiting) >= AT_ONCE:
            yield from self._held()

    def rest(self) -> Iterator[Fault]:
        """What is still to be compared, and the rows of which no entry says anything."""
        yield from self._held()
        every = select(self._key).order_by(self._key)
        keys = self._connection.execute(every, execution_options={"yield_per": FETCHED}).scalars()
        for key in keys:
            if self._known.add(key):
                yield Fault(f"{self._table.name}/{key}", "is in no entry of the log")

    def _held(self) -> Iterator[Fault]:
        """Faults of the rows that wait, held against the store."""
        waiting, self._waiting = self._waiting, {}
        found = {key: seal(row) for key, row in stored_rows(self._connection, self._table, waiting)}
        for key, vouched in waiting.items():
            if key not in found:
                yield Fault(f"{self._table.name}/{key}", f"is missing; audit/{vouched.entry} tells of it")
            elif found[key] != vouched.digest:
                yield Fault(f"{self._table.name}/{key}", f"is not as audit/{vouched.entry} left it")


class _Names:
    """Keys that are texts."""

    def __init__(self) -> None:
        self._known: set[Key] = set()

    def key(self, text: str) -> Key | None:
        return text

    def add(self, key: Key) -> bool:
        """True when the key is new."""
        new = key not in self._known
        self._known.add(key)
        return new


class _Numbers(_Names):
    """Keys that are numbers, a bit for each."""

    _MOST = 1 << 40

    def __init__(self) -> None:
        self._bits = bytearray()

    def key(self, text: str) -> Key | None:
        return int(text) if text.isascii() and text.isdecimal() and int(text) < self._MOST else None

    def add(self, key: Key) -> bool:
        place, bit = divmod(int(key), 8)
        if place >= len(self._bits):
            self._bits.extend(bytes(place + 1 - len(self._bits)))
        new = not self._bits[place] & 1 << bit
        self._bits[place] |= 1 << bit
        return new


def _rows_of(body: str) -> Mapping[str, Mapping[str, str]]:
    """The digests in the body of an entry, by table and key; none where somebody wrote other things."""
    try:
        told: Any = json.loads(body)
    except ValueError:
        return {}
    rows = told.get(ROWS, {}) if isinstance(told, dict) else {}
    return {name: digests for name, digests in rows.items() if isinstance(digests, dict)}
