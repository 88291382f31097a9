"""Who is told of alerts by a request of ours: addresses, and for each what is told and a secret to sign with.

What is to be told is written with the change itself, in one transaction: nothing that happened is not told,
and nothing is told that did not happen. `deliveries.py` keeps what is on its way.
"""

import json
import secrets
from base64 import b64encode
from collections.abc import Collection
from typing import Any, Literal, get_args

from sqlalchemy import insert, select, update

from screening.store.alert_pages import rules_of, summary
from screening.store.insertion import add
from screening.store.refusals import UnknownError
from screening.store.schema import ALERTS, DELIVERIES, HOOKS
from screening.store.seals import AT_ONCE, chunks
from screening.store.transaction import Reading, Writing

Event = Literal["alert.opened", "alert.changed"]
EVENTS: tuple[Event, ...] = get_args(Event)
_SECRET_BYTES = 32


def new_secret() -> str:
    """A secret in the form of the Standard Webhooks specification, which receivers' libraries take."""
    return "whsec_" + b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def subscribe(tx: Writing, url: str, events: Collection[Event], actor: str) -> dict[str, Any]:
    """The webhook, with its secret: it is shown this once."""
    secret = new_secret()
    told = " ".join(event for event in EVENTS if event in events)
    row = {"url": url, "secret": secret, "events": told, "created_at": tx.at}
    key: int = tx.connection.execute(insert(HOOKS).values(row).returning(HOOKS.c.id)).scalar_one()
    tx.log("webhook.added", actor, f"webhook/{key}", {"events": told})
    return {**webhook(tx, key), "secret": secret}


def webhook(tx: Reading, key: int) -> dict[str, Any]:
    """One webhook. Raises UnknownError."""
    row = tx.connection.execute(select(HOOKS).where(HOOKS.c.id == key)).mappings().first()
    if row is None:
        raise UnknownError(f"there is no webhook {key}")
    return _shown(dict(row))


def listed(tx: Reading) -> list[dict[str, Any]]:
    """All webhooks, the oldest first, ended ones too; without their secrets."""
    return [_shown(dict(row)) for row in tx.connection.execute(select(HOOKS).order_by(HOOKS.c.id)).mappings()]


def end(tx: Writing, key: int, actor: str) -> dict[str, Any]:
    """The webhook, which is told nothing any more; what was on its way to it is given up."""
    webhook(tx, key)
    this = HOOKS.c.id == key, HOOKS.c.ended_at.is_(None)
    if tx.connection.execute(update(HOOKS).where(*this).values(ended_at=tx.at)).rowcount:
        waiting = DELIVERIES.c.webhook == key, DELIVERIES.c.state == "due"
        given_up = {"state": "dead", "answer": "the webhook was ended"}
        tx.connection.execute(update(DELIVERIES).where(*waiting).values(given_up))
        tx.log("webhook.ended", actor, f"webhook/{key}")
    return webhook(tx, key)


def tell(tx: Writing, event: Event, alerts: Collection[int]) -> None:
    """Has everybody told who wants to know of this, as the alerts stand now."""
    if not alerts:
        return
    query = select(HOOKS.c.id, HOOKS.c.events).where(HOOKS.c.ended_at.is_(None))
    hooks = [key for key, events in tx.connection.execute(query) if event in events.split()]
    if hooks:
        bodies = [(item["id"], _body(tx, event, item)) for item in _summaries(tx, alerts)]
        about = {"event": event, "created_at": tx.at, "state": "due", "attempts": 0, "due_at": tx.at}
        told = [{"alert": alert, "body": body, **about} for alert, body in bodies]
        add(tx.connection, DELIVERIES, [{"webhook": hook, **one} for hook in hooks for one in told])


def _body(tx: Writing, event: Event, item: dict[str, Any]) -> str:
    return json.dumps({"type": event, "timestamp": tx.at, "data": item})


def _summaries(tx: Reading, alerts: Collection[int]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for some in chunks(sorted(alerts), AT_ONCE):
        rules = rules_of(tx, some)
        rows = tx.connection.execute(select(ALERTS).where(ALERTS.c.id.in_(some))).mappings()
        found += (summary(dict(row), rules.get(row["id"], ())) for row in rows)
    return found


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    told = ("id", "url", "created_at", "ended_at")
    return {**{name: row[name] for name in told}, "events": row["events"].split()}
