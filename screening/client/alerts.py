"""Alerts and what is settled, as the service tells them."""

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import AliasChoices, BeforeValidator, Field

from screening.client.shown import Shown, result_of
from screening.result import Decision, Screening

State = Literal["open", "in_review", "escalated", "released", "blocked"]
Action = Literal["assign", "comment", "review", "escalate", "release", "refuse", "block", "reopen"]


class Alert(Shown):
    """An alert, without a name of anybody."""

    id: int
    shipment_id: str
    line_number: int | None
    destination: str | None
    decision: Decision
    score: int
    rules: tuple[str, ...]
    state: State
    release_proposed: bool
    assignee: str | None
    deadline: dt.datetime | None
    opened_at: dt.datetime
    changed_at: dt.datetime
    version: int
    """Who decides names it."""


class AlertStanding(Alert):
    """An alert, and what may be done with it."""

    actions: tuple[Action, ...]


class Decided(Shown):
    """Something that happened to an alert."""

    number: int
    at: dt.datetime
    actor: str
    action: str
    state_before: State
    state_after: State
    reason: str | None
    assignee: str | None
    comment: str | None
    difference: dict[str, Any] | None


class ScreenedBefore(Shown):
    """One screening of an alert's shipment."""

    id: int
    at: dt.datetime
    cause: str
    actor: str
    decision: Decision
    score: int
    run: str
    revision: int | None
    version: int
    received_at: dt.datetime


def _record(told: Any) -> Screening | None:
    """The result; None for what is clear by now, and for what was deleted on somebody's request."""
    return result_of(told) if told and "shipment_id" in told else None


class AlertInFull(AlertStanding):
    """An alert with its record, all that was decided, and all screenings of its shipment."""

    record: Annotated[Screening | None, BeforeValidator(_record)]
    decisions: tuple[Decided, ...]
    screenings: tuple[ScreenedBefore, ...]


class Reason(Shown):
    """Why somebody may decide as they do."""

    reason: str
    action: Action
    judges: str
    says: str
    source: str


class Lane(Shown):
    """Goods from one country to another; without `hs6` any goods."""

    origin: str = Field(validation_alias=AliasChoices("origin", "from"), serialization_alias="from")
    to: str
    hs6: str | None = None


class Suppression(Shown):
    """What is settled, and how it stands."""

    id: int
    party: str | None
    entry: str | None
    rule: str | None
    lane: Lane | None
    owner: str
    reason: str
    created: dt.date
    expires: dt.date
    ended_at: dt.datetime | None
    standing: Literal["in_force", "expired", "ended", "entry_changed"]
