"""Whether the store is what its log says: each entry in its place, each row as it was last vouched for."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import NamedTuple

from sqlalchemy import RowMapping, select

from screening.store.chain import GENESIS, Entry
from screening.store.found_by import findings_apart
from screening.store.schema import AUDIT, HEAD
from screening.store.sources import damaged
from screening.store.transaction import Reading
from screening.store.vouched import FETCHED, Fault, Vouched

MOST_FAULTS = 100
"""Told at most; the first ones say where to look."""


class Link(NamedTuple):
    """An entry by its number, and its hash: noted elsewhere, it proves all of the log until there."""

    number: int
    hash: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found; an intact store has no faults."""

    head: Link
    rows: int
    """How many rows the log vouches for, where all of it was read."""
    faults: list[Fault]


def verify(tx: Reading, noted: Link | None = None) -> Verification:
    """The store held against its log, and the log against a link that somebody noted earlier."""
    head, vouched = _head(tx), Vouched(tx.connection)
    contents = (Fault(f"sources/{key}", "is not the content of its digest") for key in damaged(tx))
    faults = chain(_chained(tx, head, vouched, noted), _noted_later(head, noted), vouched.rest(), contents)
    first = list(islice(faults, MOST_FAULTS))
    # Only records that are proven prove what alerts are found by.
    return Verification(head, vouched.rows, first or list(islice(findings_apart(tx.connection), MOST_FAULTS)))


def entries(tx: Reading, first: int = 1) -> Iterator[RowMapping]:
    """The entries as they stand, from this number on."""
    query = select(AUDIT).where(AUDIT.c.number >= first).order_by(AUDIT.c.number)
    return iter(tx.connection.execute(query, execution_options={"yield_per": FETCHED}).mappings())


def _chained(tx: Reading, head: Link, vouched: Vouched, noted: Link | None) -> Iterator[Fault]:
    expected = head
    for row in _newest_first(tx):
        entry = Entry(**{name: row[name] for name in Entry.__slots__})
        yield from _out_of_place(entry, row["hash"], expected)
        if noted and noted.number == entry.number and noted.hash != entry.hash:
            yield Fault(f"audit/{entry.number}", "is not the entry that was noted earlier")
        yield from vouched.told(entry)
        expected = Link(entry.number - 1, entry.before)
    if expected.number > 0:
        yield _gap(0, expected.number)
    elif expected != Link(0, GENESIS):
        yield Fault("audit/1", "is not the beginning of a log")


def _newest_first(tx: Reading) -> Iterator[RowMapping]:
    query = select(AUDIT).order_by(AUDIT.c.number.desc())
    return iter(tx.connection.execute(query, execution_options={"yield_per": FETCHED}).mappings())


def _out_of_place(entry: Entry, stored: str, expected: Link) -> Iterator[Fault]:
    where = f"audit/{entry.number}"
    if entry.number > expected.number:
        yield Fault(where, f"stands after the end of the log, audit/{expected.number}")
    elif entry.number < expected.number:
        yield _gap(entry.number, expected.number)
    elif entry.hash != expected.hash:
        yield Fault(where, "is not the entry that the next one, or the end of the log, was chained to")
        return
    if entry.hash != stored:
        yield Fault(where, "was changed")


def _gap(found: int, expected: int) -> Fault:
    many = expected - found
    return Fault(f"audit/{expected}", "is missing" if many == 1 else f"is missing, and {many - 1} before it")


def _noted_later(head: Link, noted: Link | None) -> Iterator[Fault]:
    if noted and noted.number > head.number:
        yield Fault(f"audit/{noted.number}", f"was noted earlier, and the log ends at {head.number}")


def _head(tx: Reading) -> Link:
    """The newest entry, as it is noted apart from the log."""
    row = tx.connection.execute(select(HEAD.c.number, HEAD.c.hash)).first()
    return Link(row.number, row.hash) if row else Link(0, GENESIS)
