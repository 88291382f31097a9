"""One alert: as it stands, and in full, with all that was screened, decided and said of its shipment."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from screening.store.alert_pages import rules_of, summary
from screening.store.casework.moves import State, actions_in
from screening.store.refusals import UnknownError
from screening.store.schema import ALERTS, DECISIONS, SCREENINGS, SHIPMENTS
from screening.store.transaction import Reading

ERASED = {"erased": True}
"""Stands for what was deleted on somebody's request."""


def alert_row(tx: Reading, alert: int) -> Mapping[str, Any]:
    """The alert's columns. Raises UnknownError for a number that no alert has."""
    found = tx.connection.execute(select(ALERTS).where(ALERTS.c.id == alert)).mappings().first()
    if found is None:
        raise UnknownError(f"there is no alert {alert}")
    return dict(found)


def standing_of(tx: Reading, alert: int) -> dict[str, Any]:
    """The alert as it stands: what a list shows of it, and what may be done with it."""
    row = alert_row(tx, alert)
    rules = rules_of(tx, [alert]).get(alert, ())
    return {**summary(row, rules), "actions": actions_of(row)}


def actions_of(row: Mapping[str, Any]) -> list[str]:
    """What may be done with the alert; whether somebody may do it, their scopes and the policy say."""
    state: State = row["state"]
    return [action for action in actions_in(state) if action != "refuse" or row["proposal"] is not None]


def alert_in_full(tx: Reading, alert: int) -> dict[str, Any]:
    """The alert with its latest record, every decision, and every screening of its shipment."""
    row = alert_row(tx, alert)
    return {
        **standing_of(tx, alert),
        "record": record_of(tx, row["screening"]),
        "decisions": _decisions(tx, alert),
        "screenings": _screenings(tx, row["line"]),
    }


def record_of(tx: Reading, screening: int) -> dict[str, Any] | None:
    """The alert record that a screening gave; None for a clear one."""
    query = select(SCREENINGS.c.record, SCREENINGS.c.decision).where(SCREENINGS.c.id == screening)
    record, decision = tx.connection.execute(query).one()
    if record is None:
        return None if decision == "clear" else dict(ERASED)
    told: dict[str, Any] = json.loads(record)
    return told


def _decisions(tx: Reading, alert: int) -> list[dict[str, Any]]:
    query = select(DECISIONS).where(DECISIONS.c.alert == alert).order_by(DECISIONS.c.number)
    return [_decision(dict(row)) for row in tx.connection.execute(query).mappings()]


def _decision(row: Mapping[str, Any]) -> dict[str, Any]:
    told = ("number", "at", "actor", "action", "state_before", "state_after", "reason", "assignee", "comment")
    difference = json.loads(row["difference"]) if row["difference"] else None
    return {**{name: row[name] for name in told}, "difference": difference}


def _screenings(tx: Reading, line: str) -> list[dict[str, Any]]:
    """All screenings of all revisions and contents of one line of a shipment, the oldest first."""
    told = (SCREENINGS.c[name] for name in ("id", "at", "cause", "actor", "decision", "score", "run"))
    identity = (SHIPMENTS.c.revision, SHIPMENTS.c.version, SHIPMENTS.c.received_at)
    query = select(*told, *identity).join(SHIPMENTS, SHIPMENTS.c.id == SCREENINGS.c.shipment)
    shipment_id, line_number = json.loads(line)
    same_line = (
        SHIPMENTS.c.shipment_id == shipment_id,
        SHIPMENTS.c.line_number.is_not_distinct_from(line_number),
    )
    rows = tx.connection.execute(query.where(*same_line).order_by(SCREENINGS.c.id)).mappings()
    return [dict(row) for row in rows]
