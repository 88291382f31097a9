"""Alerts found, looked at and decided on; and what is settled for later ones."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, Literal, TypedDict, Unpack

from screening.client.alerts import (
    Action,
    Alert,
    AlertInFull,
    AlertStanding,
    Lane,
    Reason,
    State,
    Suppression,
)
from screening.client.pages import items, pages
from screening.client.subject import Subject
from screening.result import Decision

Sort = Literal["-opened", "opened", "-changed", "-score", "deadline"]
Moment = dt.datetime | dt.date


class AlertsAsked(TypedDict, total=False):
    """Which alerts, in which order, and how many are fetched at a time."""

    state: Sequence[State]
    decision: Sequence[Decision]
    rule: str
    assignee: str
    shipment_id: str
    score_at_least: int
    party: str
    destination: str
    opened_from: Moment
    opened_before: Moment
    due_before: Moment
    sort: Sort
    limit: int


class Deciding(Subject):
    """`/alerts`, `/reasons` and `/suppressions`."""

    def list_alerts(self, **asked: Unpack[AlertsAsked]) -> Iterator[Alert]:
        """The alerts that are asked for, a page fetched whenever the one before is used up."""
        return pages(self._sender, "/alerts", Alert, **asked)

    def show_alert(self, alert: int) -> AlertInFull:
        """The alert with its record, all that was decided, and all screenings of its shipment."""
        return AlertInFull.model_validate_json(self._sender.get(f"/alerts/{alert}").content)

    def decide(
        self,
        alert: int,
        version: int,
        action: Action,
        *,
        reason: str | None = None,
        comment: str | None = None,
        assignee: str | None = None,
    ) -> AlertStanding:
        """The alert after the decision of who looked at that version of it.

        Raises ServiceError 409 where somebody else was first; `more["current"]` is the alert as it stands.
        """
        step = {"reason": reason, "comment": comment, "assignee": assignee}
        asked = {"version": version, "action": action, **step}
        answer = self._sender.post(f"/alerts/{alert}/decisions", asked)
        return AlertStanding.model_validate_json(answer.content)

    def list_reasons(self) -> list[Reason]:
        """The reasons that a decision may give, by the action that takes them."""
        return items(self._sender, "/reasons", Reason)

    def list_suppressions(self) -> list[Suppression]:
        """All suppressions, the newest first; also those that hide nothing any more."""
        return items(self._sender, "/suppressions", Suppression)

    def show_suppression(self, suppression: int) -> Suppression:
        """One suppression, and how it stands."""
        found = self._sender.get(f"/suppressions/{suppression}")
        return Suppression.model_validate_json(found.content)

    def suppress(
        self,
        reason: str,
        expires: dt.date,
        *,
        party: str | None = None,
        entry: str | None = None,
        rule: str | None = None,
        lane: Lane | None = None,
        owner: str | None = None,
    ) -> Suppression:
        """What is settled from now on: a party that is not that entry, or a rule for a party or on a lane."""
        subject: dict[str, Any] = {"party": party, "entry": entry, "rule": rule}
        subject["lane"] = lane.model_dump(by_alias=True) if lane else None
        asked = {"reason": reason, "expires": expires, "owner": owner, **subject}
        return Suppression.model_validate_json(self._sender.post("/suppressions", asked).content)

    def end_suppression(self, suppression: int) -> Suppression:
        """The suppression, which hides nothing from now on."""
        ended = self._sender.delete(f"/suppressions/{suppression}")
        return Suppression.model_validate_json(ended.content)
