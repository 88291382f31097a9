"""What is on its way to webhooks: taken by one worker at a time, tried again later and later, given up last.

Something is told at least once: a worker that is killed between sending and noting it leaves it to be sent
again, with the same id. In which order, nobody promises.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from sqlalchemy import delete, select, update

from screening.store.alert_pages import Page
from screening.store.clock import utc_moment, utc_text
from screening.store.cursors import Place, cursor, place_of
from screening.store.refusals import ConflictError, UnknownError
from screening.store.schema import DELIVERIES, HOOKS
from screening.store.transaction import Reading, Writing

DeliveryState = Literal["due", "done", "dead"]
MOST_ATTEMPTS = 10
LEASE = timedelta(seconds=60)
"""After which another worker takes what this one has taken, and did not note an answer to."""
_FIRST_PAUSE, _GROWTH = 5.0, 3.0
"""Seconds until the second attempt, and how much longer each further pause is: 14 hours in all."""
_KEPT = timedelta(days=30)
Between = Callable[[float, float], float]


@dataclass(frozen=True, slots=True)
class Delivery:
    """Something to send now."""

    id: int
    url: str
    secret: str
    body: str
    attempts: int
    """This one included."""


def any_due(tx: Reading) -> bool:
    """Whether there is anything to send."""
    due = DELIVERIES.c.state == "due", DELIVERIES.c.due_at <= tx.at
    return tx.connection.execute(select(DELIVERIES.c.id).where(*due).limit(1)).first() is not None


def take(tx: Writing, most: int) -> list[Delivery]:
    """What is due, taken for this worker to send."""
    due = DELIVERIES.c.state == "due", DELIVERIES.c.due_at <= tx.at
    query = select(DELIVERIES.c.id).where(*due).order_by(DELIVERIES.c.due_at).limit(most)
    keys = list(tx.connection.execute(query.with_for_update(skip_locked=True)).scalars())
    if not keys:
        return []
    taken = {"attempts": DELIVERIES.c.attempts + 1, "due_at": _after(tx, LEASE)}
    tx.connection.execute(update(DELIVERIES).where(DELIVERIES.c.id.in_(keys)).values(taken))
    told = (DELIVERIES.c.id, HOOKS.c.url, HOOKS.c.secret, DELIVERIES.c.body, DELIVERIES.c.attempts)
    found = select(*told).join(HOOKS, HOOKS.c.id == DELIVERIES.c.webhook).where(DELIVERIES.c.id.in_(keys))
    return [Delivery(*row) for row in tx.connection.execute(found)]


def arrived(tx: Writing, sent: Delivery, answer: str) -> None:
    """The delivery needs no more attempts. What arrived a month ago is forgotten."""
    _note(tx, sent, {"state": "done", "answer": answer})
    old = DELIVERIES.c.state == "done", DELIVERIES.c.due_at < _after(tx, -_KEPT)
    tx.connection.execute(delete(DELIVERIES).where(*old))


def failed(
    tx: Writing, sent: Delivery, answer: str, final: bool = False, between: Between = random.uniform
) -> None:
    """The delivery is tried again later; not when the receiver wants no more, or after the last attempt."""
    if final or sent.attempts >= MOST_ATTEMPTS:
        _note(tx, sent, {"state": "dead", "answer": answer})
        return
    # So that not all that failed together comes together again.
    pause = _FIRST_PAUSE * _GROWTH ** (sent.attempts - 1) * between(0.5, 1.5)
    _note(tx, sent, {"due_at": _after(tx, timedelta(seconds=pause)), "answer": answer})


def page_of_deliveries(
    tx: Reading, state: DeliveryState | None = None, limit: int = 50, after: str | None = None
) -> Page:
    """Deliveries, the newest first; `dead` ones are those that were given up. UnfitError for a bad cursor."""
    asked = f"deliveries {state}"
    told = ("id", "webhook", "alert", "event", "created_at", "state", "attempts", "due_at", "answer")
    query = select(*(DELIVERIES.c[name] for name in told)).order_by(DELIVERIES.c.id.desc())
    if state is not None:
        query = query.where(DELIVERIES.c.state == state)
    if after is not None:
        query = query.where(DELIVERIES.c.id < place_of(after, asked, int).id)
    rows = [dict(row) for row in tx.connection.execute(query.limit(limit + 1)).mappings()]
    last = rows[limit - 1]["id"] if len(rows) > limit else None
    return Page(rows[:limit], cursor(Place(last, last), asked) if last else None)


def send_again(tx: Writing, key: int, actor: str) -> dict[str, Any]:
    """A delivery that was given up, due again. Raises UnknownError, or ConflictError for any other."""
    state = tx.connection.execute(select(DELIVERIES.c.state).where(DELIVERIES.c.id == key)).scalar()
    if state is None:
        raise UnknownError(f"there is no delivery {key}")
    hook = select(HOOKS.c.ended_at).join(DELIVERIES, DELIVERIES.c.webhook == HOOKS.c.id)
    if state != "dead" or tx.connection.execute(hook.where(DELIVERIES.c.id == key)).scalar() is not None:
        what = "its webhook was ended" if state == "dead" else f"it is {state}"
        raise ConflictError(f"only what was given up is sent again; {what}", {"id": key, "state": state})
    again = {"state": "due", "attempts": 0, "due_at": tx.at}
    tx.connection.execute(update(DELIVERIES).where(DELIVERIES.c.id == key).values(again))
    tx.log("delivery.again", actor, f"delivery/{key}")
    return {"id": key, **again}


def _note(tx: Writing, sent: Delivery, columns: dict[str, Any]) -> None:
    """Notes what came of an attempt, unless another worker took the delivery meanwhile."""
    this = DELIVERIES.c.id == sent.id, DELIVERIES.c.attempts == sent.attempts, DELIVERIES.c.state == "due"
    tx.connection.execute(update(DELIVERIES).where(*this).values(columns))


def _after(tx: Reading, span: timedelta) -> str:
    return utc_text(utc_moment(tx.at) + span)
