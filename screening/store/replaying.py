"""A stored screening done again, with the rules, lists and shipments that it was done with.

What a request posted is screened as one book again, since rules over time saw all of it, and so is what was
screened again of it when rules or lists changed. A shipment of a file needs the file, of which the store has
the alerts alone.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select

from screening.errors import InputError
from screening.io.book import read_book
from screening.io.memory import joined
from screening.screener import Screener
from screening.store import runs
from screening.store.alerts import alert_row
from screening.store.refusals import UnfitError, UnknownError
from screening.store.restated import restated
from screening.store.schema import SCREENINGS, SHIPMENTS
from screening.store.transaction import Reading
from screening.version import code_digest
from screening.written import WrittenRecord

_CLEAR = {"decision": "clear", "score": 0}


@dataclass(frozen=True, slots=True)
class Replay:
    """What a screening gave then, and what it gives now."""

    run: str
    before: str | None
    """The record as it is kept; None of a clear one, of which none is."""
    after: WrittenRecord
    same_code: bool

    @property
    def same(self) -> bool:
        """Byte for byte; but for the name of the run, which other code makes another."""
        if self.before is None:
            return bool(self.after["decision"] == "clear")
        return self.before == self.after.line or (not self.same_code and not self.differences)

    @property
    def differences(self) -> dict[str, tuple[Any, Any]]:
        """The keys of the record that have other values, with both; the run's name aside."""
        was: Mapping[str, Any] = json.loads(self.before) if self.before else _CLEAR
        now: Mapping[str, Any] = json.loads(self.after.line)
        keys = dict.fromkeys((*was, *now)) if self.before else dict.fromkeys(_CLEAR)
        pairs = ((key, (was.get(key), now.get(key))) for key in keys if key != "run")
        return {key: pair for key, pair in pairs if pair[0] != pair[1]}


def replay(tx: Reading, alert: int, screening: int | None = None, file: str | None = None) -> Replay:
    """The alert's latest screening done again, or that one of its screenings.

    `file` is the file that a job screened. Raises UnknownError for what is not kept, or not any more, and
    UnfitError for a file that is not the one, or is not named.
    """
    latest: int = alert_row(tx, alert)["screening"]
    row = _screening(tx, screening or latest)
    if _line(row) != _line(_screening(tx, latest)):
        raise UnknownError(f"screening {screening} is none of alert {alert}")
    screener = runs.screener_of(tx, row.run)
    if row.cause == "job":
        after = _of_file(screener, row, file)
    else:
        after = (_of_request if row.cause == "post" else _of_rescreening)(tx, screener, row)
    same_code = runs.manifest(tx, row.run)["digests"]["code"] == code_digest()
    return Replay(row.run, row.record, after, same_code)


def _screening(tx: Reading, number: int) -> Row[Any]:
    row = tx.connection.execute(_all().where(SCREENINGS.c.id == number)).one_or_none()
    if row is None:
        raise UnknownError(f"there is no screening {number}")
    return row


def _line(row: Row[Any]) -> tuple[str, int | None]:
    return row.shipment_id, row.line_number


def _all() -> Select[Any]:
    columns = (*SCREENINGS.c, SHIPMENTS.c.content, SHIPMENTS.c.shipment_id, SHIPMENTS.c.line_number)
    return select(*columns).join(SHIPMENTS, SHIPMENTS.c.id == SCREENINGS.c.shipment)


def _of_request(tx: Reading, screener: Screener, row: Row[Any]) -> WrittenRecord:
    """What the shipment comes to among those that were posted with it."""
    rows = _in_order(tx.connection.execute(_all().where(*_together(row), SCREENINGS.c.run == row.run)).all())
    return _records(screener, rows)[[one.id for one in rows].index(row.id)]


def _of_rescreening(tx: Reading, screener: Screener, row: Row[Any]) -> WrittenRecord:
    """What the shipment comes to among those that it was with before rules or lists changed."""
    first = tx.connection.execute(select(func.min(SCREENINGS.c.id)).where(*_together(row))).scalar_one()
    until_then = SCREENINGS.c.id < first
    same = _all().where(SCREENINGS.c.shipment == row.shipment, until_then)
    before = tx.connection.execute(same.order_by(SCREENINGS.c.id.desc()).limit(1)).one_or_none()
    if before is None:
        raise UnknownError("what it was screened with before is not kept")
    book = _all().where(*_together(before), until_then, SCREENINGS.c.run != row.run, *_latest(first, row.at))
    rows = tx.connection.execute(book.order_by(SCREENINGS.c.id)).all()
    return _records(screener, rows)[[one.shipment for one in rows].index(row.shipment)]


def _together(row: Row[Any]) -> Iterator[ColumnElement[bool]]:
    """What holds of the screenings of one transaction."""
    return (SCREENINGS.c[name] == row._mapping[name] for name in ("at", "actor", "cause"))


def _latest(first: int, at: str) -> Iterator[ColumnElement[bool]]:
    """Nothing newer was screened or posted of the shipment, until then."""
    again, other = SCREENINGS.alias(), SHIPMENTS.alias()
    yield ~exists().where(
        again.c.shipment == SCREENINGS.c.shipment, again.c.id > SCREENINGS.c.id, again.c.id < first
    )
    mine, its = (func.coalesce(table.c.revision, -1) for table in (SHIPMENTS, other))
    yield ~exists().where(
        other.c.shipment_id == SHIPMENTS.c.shipment_id,
        other.c.line_number.is_not_distinct_from(SHIPMENTS.c.line_number),
        other.c.received_at < at,
        or_(its > mine, and_(its == mine, other.c.version > SHIPMENTS.c.version)),
    )


def _records(screener: Screener, rows: Sequence[Row[Any]]) -> list[WrittenRecord]:
    if any(one.content is None or _erased(one.record) for one in rows):
        raise UnknownError("what was posted was deleted, as somebody asked; it can't be screened again")
    return list(screener.screen_batch(joined([restated([one.content for one in rows])])).records())


def _in_order(rows: Sequence[Row[Any]]) -> list[Row[Any]]:
    """The screenings of a request in the order in which it had them: a record says where it stood.

    Of clear ones nothing is kept that says it; where they stand among themselves changes no other.
    """
    places = {json.loads(one.record)["row"]: one for one in rows if one.record}
    clear = (one for one in rows if not one.record)
    return [places[number] if number in places else next(clear) for number in range(1, len(rows) + 1)]


def _erased(record: str | None) -> bool:
    return record is not None and "erased_at" in json.loads(record)


def _of_file(screener: Screener, row: Row[Any], file: str | None) -> WrittenRecord:
    """What the shipment comes to in the file that it came in."""
    if row.record is None or _erased(row.record):
        raise UnknownError("what was screened is not kept; it can't be screened again")
    was = json.loads(row.record)
    if file is None:
        raise UnfitError("file", f"it was screened in the file {was['file']}; name a copy of that file")
    book = read_book([file])
    for screened in screener.screen_batches(book, screener.timeline(book)):
        for record in screened.records():
            if record["row"] == was["row"] and record["shipment_id"] == was["shipment_id"]:
                return record
    raise InputError(
        file, f"has no shipment {was['shipment_id']} in row {was['row']}", "name the file of then"
    )
