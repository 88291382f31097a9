"""What was screened and what came of it, written at once however many shipments a request has.

`record` is the one way in: it keeps the shipments, their screenings, and the alerts that come of them,
with one entry of the audit log, in the caller's transaction. Who posts the same shipment at the same time is
begun again by `Database.write`, and finds the alert of whoever was first.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from screening.ruleset.loading import RuleSet
from screening.store import shipments
from screening.store.casework.policy import WorkPolicy, read_work_policy
from screening.store.insertion import added
from screening.store.openings import Screened, follow_up
from screening.store.schema import ALERTS, SCREENINGS
from screening.store.seals import new_salt, seal
from screening.store.shipments import ScreenedShipment
from screening.store.transaction import Writing

Cause = Literal["post", "job", "lists", "rules"]
"""Why something was screened."""


def record(
    tx: Writing,
    screened: Sequence[ScreenedShipment],
    ruleset: RuleSet,
    cause: Cause,
    actor: str,
    policy: WorkPolicy | None = None,
) -> list[int | None]:
    """The alert of each shipment's line, in their order; None of one that was always clear.

    An alert is opened for what is above clear. One that is there already follows the highest revision.
    Their run has to be in the store (`runs.keep`). `policy` says by when a new alert has to be decided on;
    the bundled one unless given.
    """
    if not screened:
        return []
    kept = shipments.keep(tx, screened)
    rows = [_row(tx, one, key, cause, actor) for one, key in zip(screened, kept.ids, strict=True)]
    numbers = _added(tx, rows)
    results = [Screened(*parts) for parts in zip(screened, kept.ids, numbers, strict=True)]
    alerts = follow_up(tx, results, ruleset, policy or read_work_policy(), actor)
    sealed = {
        "shipments": kept.sealed,
        "screenings": {str(n): seal({**row, "id": n}) for n, row in zip(numbers, rows, strict=True)},
    }
    body = {"cause": cause, "screenings": len(rows), "run": sorted({row["run"] for row in rows})}
    opened = [(ALERTS, alert) for alert in alerts.opened]
    tx.log("screened", actor, _subject(numbers), body, opened, {k: v for k, v in sealed.items() if v})
    return [alerts.by_line.get(one.line) for one in screened]


def _row(tx: Writing, one: ScreenedShipment, shipment: int, cause: Cause, actor: str) -> dict[str, Any]:
    told: Mapping[str, Any] = one.record
    return {
        "shipment": shipment,
        "run": told["run"],
        "at": tx.at,
        "cause": cause,
        "actor": actor,
        "decision": told["decision"],
        "score": told["score"],
        "salt": new_salt(),
        "record": None if told["decision"] == "clear" else one.record.line,
    }


def _added(tx: Writing, rows: Sequence[dict[str, Any]]) -> list[int]:
    """The numbers of the rows, in their order."""
    # A database gives new rows back in any order; a salt is of one row alone.
    found = added(tx.connection, SCREENINGS, rows, SCREENINGS.c.salt, SCREENINGS.c.id)
    numbers: dict[str, int] = dict(found)
    return [numbers[row["salt"]] for row in rows]


def _subject(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"screening/{numbers[0]}"
    return f"screenings/{min(numbers)}-{max(numbers)}"
