"""What screening gives: a decision for each shipment, with findings, matches and their evidence.

Pydantic models, made for what is shown. Their shape is the contract's alert record; keys may be
added, never renamed. `screening schema` prints the JSON Schema.
"""

from collections.abc import Mapping
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_VERSION = 1
MAX_RELATED = 20

NO_CLEARANCE = (
    "No hit is not a clearance: it says that these lists and rules, as of their dates, found nothing."
)
"""Stands under all that is told of results."""

Decision = Literal["clear", "review", "hold"]
MatchStatus = Literal["in_force", "designated_after_shipment", "ended_before_shipment", "mistaken"]
MISTAKEN: MatchStatus = "mistaken"
"""The status of a match of which the site says that this party is not that listed one; no rule counts it."""


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class MatchReference(_Record):
    """The list entry that a piece of evidence rests on."""

    id: str
    name: str
    watchlist: str


class Evidence(_Record):
    """One fact that a finding rests on."""

    clause: str
    field: str
    value: Any = None
    text: str
    match: MatchReference | None = None
    source: str | None = None
    shipments: tuple[str, ...] = ()


class Finding(_Record):
    """One rule that fired on one shipment."""

    rule: str
    title: str
    severity: Literal["low", "medium", "high", "critical"]
    explanation: str
    """One sentence with the values of this shipment in it."""
    red_flags: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    related_shipments: tuple[str, ...] = Field(default=(), max_length=MAX_RELATED)
    related_total: int = 0


class Match(_Record):
    """A name found on a watchlist, with a score from 0 to 1 and the reason for it."""

    role: str = ""
    name: str
    id: str
    source_id: str
    matched_name: str
    watchlist: str
    type: str = "unknown"
    score: float
    status: MatchStatus = "in_force"
    listed_on: str | None = None
    source: str = ""
    reason: str = ""


class Context(_Record):
    """What is known of a name that is no alert; it explains, and suppresses nothing."""

    role: str
    name: str
    explains: str
    source: str


class Points(_Record):
    """What one rule adds to the score."""

    rule: str
    points: int
    weight: int


class NotEvaluated(_Record):
    """A rule that this row's unknown values left open, or a book that reaches back too short a time.

    `missing` names fields; `book.reach` stands for the days before the shipment that a rule over time
    needs and the book does not have, and then `reason` says from when on it has them.
    """

    rule: str
    missing: tuple[str, ...]
    reason: str | None = None


class Suppressed(_Record):
    """A finding that a site's exception hides."""

    rule: str
    exception: str
    owner: str
    reason: str
    expires: str


class Screening(_Record):
    """The result for one shipment: the alert record of the contract."""

    schema_version: int = Field(default=SCHEMA_VERSION, serialization_alias="schema")
    shipment_id: str
    line_number: int | None = None
    revision: int | None = None
    row: int
    file: str
    decision: Decision
    score: int = Field(ge=0, le=100)
    score_parts: tuple[Points, ...] = ()
    findings: tuple[Finding, ...] = ()
    matches: tuple[Match, ...] = ()
    not_evaluated: tuple[NotEvaluated, ...] = ()
    would_clear: tuple[str, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    context: tuple[Context, ...] = ()
    shipment: dict[str, Any] = {}
    run: str

    @classmethod
    def of_record(cls, record: Mapping[str, Any]) -> Self:
        """The result that a record holds."""
        return cls.model_validate({"schema_version" if k == "schema" else k: v for k, v in record.items()})

    @property
    def record(self) -> dict[str, Any]:
        """The result as the contract's alert record."""
        return self.model_dump(mode="json", by_alias=True)
