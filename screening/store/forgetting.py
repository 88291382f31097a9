"""A person asks to be forgotten: what tells of them goes, the chain of the log and the decisions stay.

The log holds digests of rows with a salt. Each row that loses something gets a new salt, and the entry that
tells of the erasure its new digest: the store verifies as before, and no digest of before can be guessed back
to a name. What has to be written anew is looked for first, so that nobody waits while all is read.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from typing import Any

import polars as pl
from sqlalchemy import Select, Table, bindparam, delete, select, update

from screening.history.forgetting import is_the_party
from screening.store import sources
from screening.store.canonical import canonical
from screening.store.database import Database
from screening.store.erased import Eraser, Everything, Party, nameless, role_names
from screening.store.schema import (
    ALERT_PARTIES,
    ALERTS,
    DECISIONS,
    REPEATS,
    SCREENINGS,
    SHIPMENTS,
    SOURCES,
    SUPPRESSIONS,
)
from screening.store.seals import AT_ONCE, Key, chunks, key_of, new_salt
from screening.store.transaction import Reading, Writing

Rows = list[tuple[Table, Key]]
ToldIn = Callable[[str], bool]


def forget_party(database: Database, party: str, actor: str) -> int:
    """Takes out what tells of the party, in all spellings of its name; from how many shipments."""
    with database.reading() as tx:
        eraser = Party(spellings(tx, party))
        shipments = [key for key, content in _contents(tx) if eraser.content(content) != content]
    database.write(partial(_forget_in_suppressions, party=party, actor=actor))
    return _forget(database, eraser, shipments, actor, eraser.told_in)


def forget_shipment(database: Database, shipment_id: str, actor: str) -> int:
    """Takes out all that a shipment said, in all its lines and revisions; how many versions had something."""
    with database.reading() as tx:
        query = select(SHIPMENTS.c.id).where(SHIPMENTS.c.shipment_id == shipment_id)
        shipments = list(tx.connection.execute(query.where(SHIPMENTS.c.content.is_not(None))).scalars())
    return _forget(database, Everything(), shipments, actor, lambda text: shipment_id in text)


def _forget(database: Database, eraser: Eraser, shipments: list[int], actor: str, told_in: ToldIn) -> int:
    for some in chunks(shipments, AT_ONCE):
        database.write(partial(_erase, eraser=eraser, shipments=some, actor=actor))
    database.write(partial(_forget_answers, told_in=told_in))
    database.compact()
    return len(shipments)


def spellings(tx: Reading, party: str) -> frozenset[str]:
    """Every cell of a role's name that names the party, and what it was called by who asks."""
    found = {party}
    for some in chunks(_contents(tx), AT_ONCE):
        names = pl.Series(
            sorted({name for _, content in some for name in role_names(content)}), dtype=pl.String
        )
        found |= set(names.filter(is_the_party(names, party)))
    return frozenset(found)


def _contents(tx: Reading) -> Iterator[tuple[int, str]]:
    query = select(SHIPMENTS.c.id, SHIPMENTS.c.content).where(SHIPMENTS.c.content.is_not(None))
    return ((row.id, row.content) for row in _streamed(tx, query.order_by(SHIPMENTS.c.id)))


def _streamed(tx: Reading, query: Select[Any]) -> Iterable[Any]:
    return tx.connection.execute(query, execution_options={"yield_per": AT_ONCE})


def _erase(tx: Writing, eraser: Eraser, shipments: list[int], actor: str) -> None:
    """Writes these shipments anew, and all that came of them."""
    there = tx.connection.execute(select(SHIPMENTS).where(SHIPMENTS.c.id.in_(shipments))).all()
    left = {row.id: eraser.content(row.content) if row.content else None for row in there}
    written = _rewrite(tx, SHIPMENTS, [{"key": key, "content": content} for key, content in left.items()])
    written += _rewrite(tx, SCREENINGS, _records(tx, eraser, left))
    alerts = _alerts(tx, {canonical(json.loads(row.identity)[:2]) for row in there})
    written += _rewrite(tx, DECISIONS, _decisions(tx, eraser, alerts))
    _forget_names(tx, eraser, alerts)
    tx.log("erased", actor, f"shipments/{min(shipments)}-{max(shipments)}", {"shipments": len(left)}, written)


def _rewrite(tx: Writing, table: Table, rows: list[dict[str, Any]]) -> Rows:
    """The rows that were written anew, each with another salt; `key` says which."""
    if rows:
        columns: dict[str, Any] = {name: bindparam(name) for name in rows[0] if name != "key"}
        change = (
            update(table)
            .where(key_of(table) == bindparam("key"))
            .values(columns | {"salt": bindparam("new")})
        )
        tx.connection.execute(change, [row | {"new": new_salt()} for row in rows])
    return [(table, row["key"]) for row in rows]


def _records(tx: Reading, eraser: Eraser, left: dict[int, str | None]) -> list[dict[str, Any]]:
    has_record = SCREENINGS.c.record.is_not(None)
    rows = tx.connection.execute(select(SCREENINGS).where(SCREENINGS.c.shipment.in_(left), has_record))
    return [{"key": row.id, "record": eraser.record(row.record, left[row.shipment], tx.at)} for row in rows]


def _alerts(tx: Reading, lines: Iterable[str]) -> list[int]:
    query = select(ALERTS.c.id).where(ALERTS.c.line.in_(lines)).order_by(ALERTS.c.id)
    return list(tx.connection.execute(query).scalars())


def _decisions(tx: Reading, eraser: Eraser, alerts: list[int]) -> list[dict[str, Any]]:
    rows = tx.connection.execute(select(DECISIONS).where(DECISIONS.c.alert.in_(alerts)))
    return [
        {"key": row.id, "comment": eraser.comment(row.comment), "difference": nameless(row.difference)}
        for row in rows
    ]


def _forget_names(tx: Writing, eraser: Eraser, alerts: list[int]) -> None:
    rows = tx.connection.execute(select(ALERT_PARTIES).where(ALERT_PARTIES.c.alert.in_(alerts)))
    gone = [row.id for row in rows if row.party is None or eraser.finds(row.party)]
    tx.connection.execute(delete(ALERT_PARTIES).where(ALERT_PARTIES.c.id.in_(gone)))


def _forget_in_suppressions(tx: Writing, party: str, actor: str) -> None:
    """What the site had settled of the party ends, in the store and in the runs that rested on it."""
    named = tx.connection.execute(select(SUPPRESSIONS).where(SUPPRESSIONS.c.party.is_not(None))).all()
    its = [row for row in named if _is(row.party, party)]
    ended = [{"key": row.id, "party": None, "ended_at": row.ended_at or tx.at} for row in its]
    written = _rewrite(tx, SUPPRESSIONS, ended)
    for digest in _exceptions_of(tx, party):
        this = update(SOURCES).where(SOURCES.c.digest == digest)
        tx.connection.execute(this.values(content=None, erased_at=tx.at))
        written.append((SOURCES, digest))
    if written:
        tx.log("erased", actor, "suppressions", {"suppressions": len(ended)}, written)


def _exceptions_of(tx: Reading, party: str) -> list[str]:
    """The exceptions of runs that name the party."""
    kept = SOURCES.c.kind == "exceptions", SOURCES.c.erased_at.is_(None)
    digests = tx.connection.execute(select(SOURCES.c.digest).where(*kept)).scalars().all()
    return [digest for digest in digests if any(_is(name, party) for name in _names_in(tx, digest))]


def _names_in(tx: Reading, digest: str) -> Iterator[str]:
    exceptions = json.loads(sources.kept(tx, digest).content)["exceptions"]
    return (one["party"] for one in exceptions if one["party"])


def _is(name: str, party: str) -> bool:
    return bool(is_the_party(pl.Series([name], dtype=pl.String), party)[0])


def _forget_answers(tx: Writing, told_in: ToldIn) -> None:
    """Requests whose answers told of it are not known again when they are repeated."""
    rows = _streamed(tx, select(REPEATS))
    for principal, key in [(row.principal, row.key) for row in rows if told_in(_read(row.answer))]:
        this = REPEATS.c.principal == principal, REPEATS.c.key == key
        tx.connection.execute(delete(REPEATS).where(*this))


def _read(answer: str) -> str:
    """The answer with its letters as they are, where it is JSON."""
    with suppress(ValueError):
        return canonical(json.loads(answer))
    return answer
