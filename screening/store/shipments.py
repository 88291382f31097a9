"""What was posted, each content once: the same shipment again is the same row, a corrected one a version."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import select

from screening.store.canonical import canonical
from screening.store.insertion import added
from screening.store.schema import SHIPMENTS
from screening.store.seals import AT_ONCE, among, chunks, new_salt, seal
from screening.store.transaction import Reading, Writing
from screening.written import WrittenRecord

Version = tuple[str, int]


@dataclass(frozen=True)
class ScreenedShipment:
    """A shipment as it was posted, and what it came to."""

    content: str
    """Its columns as they were stated, as canonical JSON: what a replay screens again."""
    record: WrittenRecord

    @cached_property
    def line(self) -> str:
        """What every revision of it has in common."""
        return canonical([self.record["shipment_id"], self.record["line_number"]])

    @cached_property
    def identity(self) -> str:
        """By what it is known again."""
        parts = ("shipment_id", "line_number", "revision")
        return canonical([self.record[part] for part in parts])

    @property
    def revision(self) -> int:
        """A number that grows with the revision; lowest without one."""
        return revision_rank(self.record["revision"])


class Kept(NamedTuple):
    """Where shipments stand in the store."""

    ids: list[int]
    """Of each, in their order."""
    sealed: dict[str, str]
    """The digests of those that are new."""


class _Known(NamedTuple):
    version: int
    content: str | None


def revision_rank(revision: int | None) -> int:
    """A number that grows with the revision; lowest without one."""
    return -1 if revision is None else revision


def plain(text: str) -> str:
    """The text without NUL, which PostgreSQL keeps in no text; the content has it, escaped."""
    return text.replace("\x00", "\ufffd")


def keep(tx: Writing, screened: Sequence[ScreenedShipment]) -> Kept:
    """The shipments in the store; rows are added for what it does not have as its latest content."""
    ids, known = _known(tx, [one.identity for one in screened])
    rows: list[dict[str, Any]] = []
    versions: list[Version] = []
    for one in screened:
        there = known.get(one.identity)
        if there is None or there.content != one.content:
            there = known[one.identity] = _Known(there.version + 1 if there else 1, one.content)
            rows.append(_row(tx, one, there.version))
        versions.append((one.identity, there.version))
    sealed = _added(tx, rows, ids)
    return Kept([ids[version] for version in versions], sealed)


def _known(tx: Reading, identities: Iterable[str]) -> tuple[dict[Version, int], dict[str, _Known]]:
    """The ids of all versions of these shipments, and the latest of each."""
    ids: dict[Version, int] = {}
    latest: dict[str, _Known] = {}
    columns = (SHIPMENTS.c.id, SHIPMENTS.c.identity, SHIPMENTS.c.version, SHIPMENTS.c.content)
    query = select(*columns).order_by(SHIPMENTS.c.version)
    for some in chunks(dict.fromkeys(identities), AT_ONCE):
        for row in tx.connection.execute(query.where(among(SHIPMENTS.c.identity, some))):
            ids[row.identity, row.version] = row.id
            latest[row.identity] = _Known(row.version, row.content)
    return ids, latest


def _row(tx: Writing, one: ScreenedShipment, version: int) -> dict[str, Any]:
    record = one.record
    return {
        "identity": one.identity,
        "version": version,
        "shipment_id": plain(record["shipment_id"]),
        "line_number": record["line_number"],
        "revision": record["revision"],
        "shipment_date": _day(record["shipment"]),
        "received_at": tx.at,
        "salt": new_salt(),
        "content": one.content,
    }


def _day(columns: Mapping[str, str | None]) -> str | None:
    """The shipment's date, where it is written as dates are without a mapping."""
    with suppress(ValueError):
        return dt.date.fromisoformat(columns.get("shipment_date") or "").isoformat()
    return None


def _added(tx: Writing, rows: list[dict[str, Any]], ids: dict[Version, int]) -> dict[str, str]:
    """The digests of the rows by their ids, which are added to `ids`."""
    # In one order for all, so that of two transactions with the same shipments none waits for the other.
    rows.sort(key=lambda row: (row["identity"], row["version"]))
    told = SHIPMENTS.c.id, SHIPMENTS.c.identity, SHIPMENTS.c.version
    found = added(tx.connection, SHIPMENTS, rows, *told)
    ids.update(((identity, version), key) for key, identity, version in found)
    keyed = ((ids[row["identity"], row["version"]], row) for row in rows)
    return {str(key): seal({**row, "id": key}) for key, row in keyed}
