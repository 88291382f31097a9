"""Shipments of the store screened again by new rules or lists: what comes out otherwise is kept.

A book that is whole is compared with what was found of it. Of a part of one, rules over time see less than
they saw: so it is screened by the rules and lists of before too, and what both say alike has not changed.
"""

import json
import time
from collections.abc import Iterator
from functools import lru_cache, partial
from typing import NamedTuple

from sqlalchemy import RowMapping

from screening.errors import ScreeningError
from screening.io.memory import Told
from screening.options import Options, prepare
from screening.screener import Screener
from screening.service import keeping
from screening.service.desk import judged
from screening.service.jobs.hold import Hold
from screening.service.suppressing import Suppressing
from screening.store import jobs, rescreened, runs
from screening.store.casework.difference import difference
from screening.store.casework.policy import WorkPolicy
from screening.store.database import Database
from screening.store.rescreened import KeptBook
from screening.store.restated import restated
from screening.store.screenings import Cause
from screening.store.shipments import ScreenedShipment
from screening.store.transaction import Writing
from screening.written import WrittenRecord


class _Tally(NamedTuple):
    """How many shipments were screened again, and how many came out otherwise."""

    screened: int = 0
    altered: int = 0


def screen_again(hold: Hold, job: RowMapping) -> None:
    """Every shipment of the store is judged by the rules and lists in use now."""
    screener = Suppressing(hold.database, time.monotonic).applied(prepare(_options(hold)))
    before = _Before(hold.database)
    cause: Cause = "rules" if job["file"] == "rules" else "lists"
    policy, place, tally = hold.policy, job["kept"], _Tally()
    while books := _next(hold, place, screener.run):
        altered = [one for book in books for one in _altered(book, screener, before)]
        last = max(book.last for book in books)
        new = _Altered(altered, screener, cause, policy)
        hold.write(partial(_kept, hold, place, last, new))
        place = last
        tally = _Tally(tally.screened + sum(len(b.shipments) for b in books), tally.altered + len(altered))
        hold.rows = tally.screened
    hold.write(partial(_reported, hold, tally))


class _Altered(NamedTuple):
    """Shipments that came out otherwise."""

    shipments: list[ScreenedShipment]
    screener: Screener
    cause: Cause
    policy: WorkPolicy


def _kept(hold: Hold, place: int, last: int, new: _Altered, tx: Writing) -> bool:
    own = jobs.kept(tx, hold.job_id, hold.worker, place, last)
    if own and new.shipments:
        keeping.keep_screened(tx, new.shipments, new.screener, new.cause, runs.SYSTEM, new.policy)
    return own


def _reported(hold: Hold, tally: _Tally, tx: Writing) -> bool:
    return jobs.report(tx, hold.job_id, hold.worker, tally._asdict())


def _options(hold: Hold) -> Options:
    named = ("rules", "watchlists", "bundled", "exceptions", "rates")
    return Options(sources=(), **{name: getattr(hold.settings, name) for name in named})


def _next(hold: Hold, place: int, run: str, again: bool = True) -> list[KeptBook]:
    with hold.database.reading() as tx:
        found = rescreened.books(tx, place, run)
    if found or not again:
        return found
    # Until every worker has looked, one may still screen by the rules or lists of before.
    time.sleep(2 * hold.settings.look_seconds)
    return _next(hold, place, run, again=False)


class _Before:
    """The screeners of runs of before, made again."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.of = lru_cache(maxsize=2)(self._made)

    def _made(self, run: str) -> Screener | None:
        """None where it can't be made any more."""
        try:
            with self._database.reading() as tx:
                return runs.screener_of(tx, run)
        except ScreeningError:
            return None


def _altered(book: KeptBook, screener: Screener, before: _Before) -> Iterator[ScreenedShipment]:
    """The shipments of a book that are judged otherwise now."""
    posted = _told(book)
    if posted is None:
        return
    now = _records(screener, posted)
    was = [json.loads(one.record) if one.record else None for one in book.shipments]
    if not book.whole:
        old = before.of(book.shipments[0].run)
        was = was if old is None else [_shown(record) for record in _records(old, posted)]
    for one, earlier, record in zip(book.shipments, was, now, strict=True):
        if difference(earlier, _shown(record)).told:
            yield ScreenedShipment(one.content, record)


def _told(book: KeptBook) -> Told | None:
    """The shipments as they were posted; None where the code no longer takes one of them."""
    try:
        return restated([one.content for one in book.shipments])
    except ScreeningError:
        return None


def _records(screener: Screener, posted: Told) -> list[WrittenRecord]:
    (found,) = judged(screener, [posted])
    return found.records


def _shown(record: WrittenRecord) -> WrittenRecord | None:
    return None if record["decision"] == "clear" else record
