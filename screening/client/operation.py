"""What the service judges by, how it is, and what it does behind the requests."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Literal

from screening.client.files import JobState
from screening.client.pages import items
from screening.client.shown import Shown
from screening.client.subject import Subject
from screening.errors import ServiceError


class Watchlist(Shown):
    """A list in use."""

    name: str
    kind: Literal["parties", "countries", "goods"]
    format: str | None
    entries: int
    date: dt.date | None
    age_days: int | None
    digest: str
    bundled: bool


class Lists(Shown):
    """All lists that shipments are screened against."""

    digest: str
    items: tuple[Watchlist, ...]


class Precision(Shown):
    """How often a version of a rule was right, by what people decided."""

    alerts: int
    right: int
    wrong: int
    share: float | None


class Rule(Shown):
    """A rule in use."""

    id: str
    version: int
    title: str
    kind: str
    status: str
    severity: str
    weight: int
    rationale: str
    red_flags: tuple[str, ...]
    false_positives: tuple[str, ...]
    tags: tuple[str, ...]
    precision: Precision


class Rules(Shown):
    """All rules in use, and what their findings come to."""

    digest: str
    review_at: int
    hold_at: int
    items: tuple[Rule, ...]


class Chore(Shown):
    """What is done behind the requests: lists fetched anew, shipments screened again."""

    id: str
    state: JobState
    about: str
    report: list[dict[str, Any]] | dict[str, int] | None
    fault: str | None
    created_at: dt.datetime
    started_at: dt.datetime | None
    ended_at: dt.datetime | None


class Overseeing(Subject):
    """`/healthz`, `/readyz`, `/metrics`, `/rules`, `/watchlists` and `/rescreenings`."""

    def process_is_there(self) -> bool:
        """Whether the service answers at all."""
        return self._is_well("/healthz")

    def work_can_be_done(self) -> bool:
        """Whether its store answers, and its lists and rules are loaded."""
        return self._is_well("/readyz")

    def show_metrics(self) -> str:
        """Figures as Prometheus reads them."""
        return self._sender.get("/metrics").text

    def list_rules(self) -> Rules:
        """The rules in use, and how often each was right."""
        return Rules.model_validate_json(self._sender.get("/rules").content)

    def list_watchlists(self) -> Lists:
        """The lists in use, with their dates and ages."""
        return Lists.model_validate_json(self._sender.get("/watchlists").content)

    def refresh_watchlists(self, lists: Sequence[str] = (), *, allow_shrink: bool = False) -> Chore:
        """Has official lists fetched from their publishers: those named, or all that are imported."""
        asked = {"lists": list(lists), "allow_shrink": allow_shrink}
        return Chore.model_validate_json(self._sender.post_once("/watchlists/refresh", asked).content)

    def list_refreshes(self, limit: int = 10) -> list[Chore]:
        """The last refreshes, and what came of each list."""
        return items(self._sender, "/watchlists/refresh", Chore, limit=limit)

    def list_rescreenings(self, limit: int = 10) -> list[Chore]:
        """What was screened again since rules or lists had changed."""
        return items(self._sender, "/rescreenings", Chore, limit=limit)

    def _is_well(self, path: str) -> bool:
        try:
            return self._sender.look(path).is_success
        except ServiceError:
            return False
