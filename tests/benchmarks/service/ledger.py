"""What clients asked for and what they were answered, to be held against the store."""

import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import func, select

from screening.store.audit import verify
from screening.store.database import Database
from screening.store.schema import ALERTS, DECISIONS, SCREENINGS, SHIPMENTS
from screening.store.transaction import Reading


@dataclass(slots=True)
class Ledger:
    """Shipments, comments and jobs by what they are called; no two are called the same."""

    shipments: dict[str, int | None] = field(default_factory=dict)
    """Those that were answered, each with its alert."""
    comments: dict[str, int] = field(default_factory=dict)
    """Those that were answered, each with the alert that it was written on."""
    jobs: dict[str, set[str]] = field(default_factory=dict)
    """Those that ended, each with the shipments of its result."""
    unanswered: Counter[str] = field(default_factory=Counter)
    """Why requests were given up."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def copy(self) -> "Ledger":
        """What was answered until now."""
        with self.lock:
            return Ledger(dict(self.shipments), dict(self.comments), dict(self.jobs))


def faults(asked: Ledger, database: Database) -> Iterator[str]:
    """What the store and its log say otherwise than clients were told."""
    with database.reading() as tx:
        yield from map(str, verify(tx).faults)
        yield from _not_once("shipment", asked.shipments, _screened(tx, "post"))
        yield from _not_once("comment", asked.comments, _commented(tx))
        held: dict[str, int] = dict(tx.connection.execute(select(ALERTS.c.shipment_id, ALERTS.c.id)).all())
        yield from _other_alerts(asked, held)
        of_jobs = {name for results in asked.jobs.values() for name in results}
        yield from _not_once("shipment of a job", of_jobs, _screened(tx, "job"))
        yield from (f"no alert of a job: {name}" for name in of_jobs - held.keys())


def _screened(tx: Reading, cause: str) -> dict[str, int]:
    name = SHIPMENTS.c.shipment_id
    query = select(name, func.count()).join(SCREENINGS, SHIPMENTS.c.id == SCREENINGS.c.shipment)
    return dict(tx.connection.execute(query.where(SCREENINGS.c.cause == cause).group_by(name)).all())


def _commented(tx: Reading) -> dict[str, int]:
    said = DECISIONS.c.comment
    query = select(said, func.count()).where(DECISIONS.c.action == "comment").group_by(said)
    return dict(tx.connection.execute(query).all())


def _not_once(what: str, answered: Iterable[str], times: dict[str, int]) -> Iterator[str]:
    """Those that were answered and are not there, and whatever is there more than once."""
    yield from (f"{what} {name} is not there" for name in answered if name not in times)
    yield from (f"{what} {name} is there {count} times" for name, count in times.items() if count > 1)


def _other_alerts(asked: Ledger, held: dict[str, int]) -> Iterator[str]:
    for name, alert in asked.shipments.items():
        if held.get(name) != alert:
            yield f"shipment {name} was answered with alert {alert}, and has {held.get(name)}"
