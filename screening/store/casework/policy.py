"""A site's policy for its alerts: whose release takes two, and how long everything may take.

It stands apart from the policy of the rules, since it changes no result.
"""

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from screening.result import Decision
from screening.ruleset.validation import validated
from screening.ruleset.yaml_source import read_yaml

_BUNDLED = Path(__file__).with_name("policy.yaml")
Hours = Annotated[int, Field(ge=1, le=24 * 366)]


class HoursToDecide(BaseModel):
    """How long a decision may take."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    review: Hours
    hold: Hours
    escalated: Hours


class WorkPolicy(BaseModel):
    """Who has to decide on an alert, and by when."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    four_eyes: frozenset[Literal["review", "hold"]]
    confirmed_by: Literal["decide", "administer"]
    hours_to_decide: HoursToDecide
    days_suppressed: Annotated[int, Field(ge=1)]

    def takes_two(self, decision: Decision) -> bool:
        """True where a release is proposed by one person and confirmed by another."""
        return decision in self.four_eyes

    def deadline(self, decision: Decision, opened: datetime) -> datetime | None:
        """By when an alert has to be decided on; one that came to be clear has no haste."""
        if decision == "clear":
            return None
        hours = self.hours_to_decide
        return opened + timedelta(hours=hours.hold if decision == "hold" else hours.review)

    def after_escalation(self, deadline: datetime | None, escalated: datetime) -> datetime:
        """By when an escalated alert has to be decided on: never sooner than before."""
        later = escalated + timedelta(hours=self.hours_to_decide.escalated)
        return max(later, deadline) if deadline else later


def read_work_policy(path: Path | None = None) -> WorkPolicy:
    """The policy of a file, or the bundled one. Raises InputError with the line of a fault."""
    return _bundled() if path is None else validated(WorkPolicy, read_yaml(path))


@cache
def _bundled() -> WorkPolicy:
    return validated(WorkPolicy, read_yaml(_BUNDLED))
