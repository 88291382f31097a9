"""What people decide on an alert, kept in order, each upon the alert as they saw it.

Who decides names the version of the alert that they looked at. Of many who decide at once, one finds the
version still there; the others are shown what became of the alert.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from screening.store import webhooks
from screening.store.alerts import alert_row, standing_of
from screening.store.casework.judgement import Judge, Outcome, Person, Standing, Step
from screening.store.casework.moves import DECIDED
from screening.store.clock import utc_moment, utc_text
from screening.store.refusals import ConflictError
from screening.store.schema import ALERTS, DECISIONS
from screening.store.seals import new_salt
from screening.store.transaction import Reading, Writing

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to an alert in one step; `columns` are those of the alert that are others then."""

    action: str
    columns: Row
    reason: str | None = None
    assignee: str | None = None
    comment: str | None = None
    difference: str | None = None


def decide(tx: Writing, alert: int, version: int, step: Step, by: Person, judge: Judge) -> dict[str, Any]:
    """The alert as it stands after the step.

    Raises UnknownError, ConflictError with the alert as it stands, ForbiddenError or UnfitError.
    """
    row = dict(alert_row(tx, alert))
    if row["version"] != version:
        raise ConflictError(f"the alert has version {row['version']} by now", standing_of(tx, alert))
    standing = Standing(row["state"], row["decision"], _proposed_by(tx, row))
    try:
        outcome = judge.outcome(standing, step, by)
    except ConflictError as error:
        raise ConflictError(str(error), standing_of(tx, alert)) from None
    columns = _columns(row, step, outcome, judge, utc_moment(tx.at))
    change = Change(outcome.action, columns, step.reason, step.assignee, step.comment)
    found = changed(tx, row, change, by.id)
    webhooks.tell(tx, "alert.changed", [alert])
    return found


def changed(tx: Writing, row: Row, change: Change, actor: str) -> dict[str, Any]:
    """The alert as it stands after a change, which is kept and logged.

    Raises ConflictError where it was changed by somebody else since `row` was read.
    """
    alert, number = row["id"], row["version"] + 1
    columns = {**change.columns, "changed_at": tx.at, "version": number}
    as_seen = ALERTS.c.id == alert, ALERTS.c.version == row["version"]
    if tx.connection.execute(update(ALERTS).where(*as_seen).values(columns)).rowcount == 0:
        raise ConflictError("the alert was changed meanwhile", standing_of(tx, alert))
    decision = _kept(tx, row, change, actor, number)
    body = {"number": number, "action": change.action, "state": columns.get("state", row["state"])}
    tx.log(f"alert.{change.action}", actor, f"alert/{alert}", body, [(ALERTS, alert), (DECISIONS, decision)])
    return standing_of(tx, alert)


def _kept(tx: Writing, row: Row, change: Change, actor: str, number: int) -> int:
    """The id of the decision, after it is written."""
    kept = insert(DECISIONS).values(
        alert=row["id"],
        number=number,
        at=tx.at,
        actor=actor,
        action=change.action,
        state_before=row["state"],
        state_after=change.columns.get("state", row["state"]),
        reason=change.reason,
        assignee=change.assignee,
        comment=change.comment,
        difference=change.difference,
        salt=new_salt(),
    )
    key: int = tx.connection.execute(kept.returning(DECISIONS.c.id)).scalar_one()
    return key


def _proposed_by(tx: Reading, row: Row) -> str | None:
    """Who proposed to release the alert, while that stands."""
    if row["proposal"] is None:
        return None
    this = DECISIONS.c.alert == row["id"], DECISIONS.c.number == row["proposal"]
    actor: str = tx.connection.execute(select(DECISIONS.c.actor).where(*this)).scalar_one()
    return actor


def _columns(row: Row, step: Step, outcome: Outcome, judge: Judge, now: datetime) -> Row:
    columns: Row = {"state": outcome.state}
    if not outcome.keeps_proposal:
        columns["proposal"] = row["version"] + 1 if outcome.proposed else None
    if step.action == "assign":
        columns["assignee"] = step.assignee
    if (moved := _deadline(row, step, outcome, judge, now)) != row["deadline"]:
        columns["deadline"] = moved
    return columns


def _deadline(row: Row, step: Step, outcome: Outcome, judge: Judge, now: datetime) -> str | None:
    """By when the alert has to be decided on after the step; what is decided has no deadline."""
    before: str | None = row["deadline"]
    policy, due = judge.policy, utc_moment(before) if before else None
    if outcome.state in DECIDED:
        return None
    if step.action == "escalate":
        return utc_text(policy.after_escalation(due, now))
    if step.action == "reopen":
        due = policy.deadline(row["decision"], now)
        return utc_text(due) if due else None
    return before
