"""From when until when which rules and lists were in use: each change of them stands in the audit log."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import RowMapping, insert, select, update

from screening.screener import Screener
from screening.store import runs
from screening.store.schema import LISTS
from screening.store.transaction import Reading, Writing


class InUse(NamedTuple):
    """Rules, or a list, as they are from some time on."""

    kind: str
    """rules, reference (goods, countries and places) or watchlist."""
    name: str
    digest: str
    entries: int
    date: str | None = None


def put(tx: Writing, screener: Screener, actor: str = runs.SYSTEM) -> list[InUse]:
    """What is in use from now on that was not before; all of it, and its run, is in the store."""
    runs.keep(tx, screener)
    wanted = list(_of(screener))
    current = {_told(row): row["id"] for row in _current(tx)}
    gone = {one: key for one, key in current.items() if one not in wanted}
    new = [one for one in wanted if one not in current]
    for one, key in gone.items():
        tx.connection.execute(update(LISTS).where(LISTS.c.id == key).values(replaced_at=tx.at))
        tx.log(f"{one.kind}.ended", actor, f"{one.kind}/{one.name}", {"digest": one.digest}, [(LISTS, key)])
    for one in new:
        row = insert(LISTS).values(**one._asdict(), loaded_at=tx.at).returning(LISTS.c.id)
        key = tx.connection.execute(row).scalar_one()
        tx.log(f"{one.kind}.used", actor, f"{one.kind}/{one.name}", one._asdict(), [(LISTS, key)])
    return new


def history(tx: Reading) -> list[dict[str, Any]]:
    """All that ever was in use, in the order in which it came to be."""
    return [dict(row) for row in tx.connection.execute(select(LISTS).order_by(LISTS.c.id)).mappings()]


def _current(tx: Reading) -> Iterator[RowMapping]:
    return iter(tx.connection.execute(select(LISTS).where(LISTS.c.replaced_at.is_(None))).mappings())


def _told(row: RowMapping) -> InUse:
    return InUse(**{name: row[name] for name in InUse._fields})


def _of(screener: Screener) -> Iterator[InUse]:
    ruleset, lists = screener.ruleset, screener.lists
    yield InUse("rules", "rules", ruleset.digest, len(ruleset.rules))
    reference = sum(len(country.entries) for country in lists.countries.values())
    reference += sum(len(goods.entries) for goods in lists.goods.values())
    yield InUse("reference", "goods, countries, places", lists.digest, reference)
    for one in screener.parties.snapshots:
        day = one.date.isoformat() if one.date else None
        yield InUse("watchlist", one.name, one.digest, len(one.entries), day)
