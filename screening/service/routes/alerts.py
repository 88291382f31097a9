"""Alerts as people work them off: found, looked at, and decided on."""

import datetime as dt
from typing import Annotated, Any, Self

from fastapi import Path, Query
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from screening.places.countries import country_code
from screening.result import Decision
from screening.service.access import Principal, needs
from screening.service.repeated import MayRepeat
from screening.service.routing import router as _router
from screening.service.running import Running
from screening.service.shapes import ONE_OF_COUNTRIES, WHOLE
from screening.store import alert_pages, alerts, decisions
from screening.store.alert_pages import MOST_SHOWN, Filter, Sort
from screening.store.casework.judgement import Person, Step
from screening.store.casework.moves import Action, State
from screening.store.clock import utc_text
from screening.store.transaction import Writing

router = _router("alerts")

MOST_ROWS = 2**63 - 1
Reader = Annotated[Principal, needs("read")]
Officer = Annotated[Principal, needs("decide")]
AlertNumber = Annotated[int, Path(ge=1, le=MOST_ROWS, description="The number of the alert.")]
Name = Annotated[str, Field(min_length=1, max_length=500)]


def _moment(asked: dt.datetime) -> dt.datetime:
    """The moment, in UTC where it does not say; one before or after the calendar of UTC is its end."""
    try:
        return (asked if asked.tzinfo else asked.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)
    except OverflowError:
        end = dt.datetime.min if asked.year == 1 else dt.datetime.max
        return end.replace(tzinfo=dt.UTC)


def _country(asked: str) -> str:
    code = country_code(asked)
    if code is None:
        raise ValueError("is no country; give two letters of ISO 3166, such as KZ")
    return code


def _written(asked: object) -> object:
    """A number is no moment: it would be read as seconds since 1970."""
    try:
        float(str(asked))
    except ValueError:
        return asked
    raise ValueError("is no moment; write it as ISO 8601 does, such as 2026-11-01T09:30:00Z")


Moment = Annotated[dt.datetime, BeforeValidator(_written), AfterValidator(_moment)]


_LOOKED_AT = Field(strict=True, ge=1, le=2**31 - 1, description="The version of the alert that was looked at")
Version = Annotated[int, _LOOKED_AT, WHOLE]


class AlertsAsked(BaseModel):
    """Which alerts, in which order."""

    model_config = ConfigDict(extra="forbid")

    state: list[State] = Field([], description="Those in one of these states", max_length=5)
    decision: list[Decision] = Field([], description="Those that screening decided so", max_length=3)
    rule: str | None = Field(None, pattern=r"^[A-Z]{3}-\d{3}$", description="Those on which this rule fired")
    assignee: Name | None = Field(None, description="Those of somebody; `nobody`: those of nobody")
    shipment_id: Name | None = None
    score_at_least: int | None = Field(None, ge=0, le=100)
    party: Name | None = Field(None, description="Those that name this party, in any spelling")
    destination: Annotated[Name, AfterValidator(_country), ONE_OF_COUNTRIES] | None = None
    opened_from: Moment | None = Field(None, description="Opened then or later", examples=["2026-11-01"])
    opened_before: Moment | None = None
    due_before: Moment | None = Field(None, description="To be decided on before then")
    sort: Sort = "-opened"
    limit: int = Field(50, ge=1, le=MOST_SHOWN)
    cursor: str | None = Field(None, max_length=1_000, description="`next` of the page before")

    @property
    def filter(self) -> Filter:
        """As the store takes it."""
        return Filter(
            states=tuple(self.state),
            decisions=tuple(self.decision),
            rule=self.rule,
            assignee=self.assignee,
            shipment_id=self.shipment_id,
            score_at_least=self.score_at_least,
            party=self.party,
            destination=self.destination,
            opened_from=_text(self.opened_from),
            opened_before=_text(self.opened_before),
            due_before=_text(self.due_before),
        )


def _text(moment: dt.datetime | None) -> str | None:
    return utc_text(moment) if moment else None


class AlertShown(BaseModel):
    """An alert, without a name of anybody."""

    id: int = Field(examples=[12])
    shipment_id: str = Field(examples=["S-2026-0117"])
    line_number: int | None
    destination: str | None = Field(examples=["KZ"])
    decision: Decision
    score: int = Field(examples=[87])
    rules: list[str] = Field(examples=[["GDS-011", "PTY-016"]])
    state: State
    release_proposed: bool = Field(description="A second person has yet to confirm the release")
    assignee: str | None = Field(examples=["ada"])
    deadline: dt.datetime | None
    opened_at: dt.datetime
    changed_at: dt.datetime
    version: int = Field(description="Who decides names it", examples=[3])


class AlertStanding(AlertShown):
    """An alert, and what may be done with it."""

    actions: list[Action] = Field(examples=[["comment", "reopen"]])


class DecisionShown(BaseModel):
    """Something that happened to an alert."""

    number: int = Field(description="The version of the alert that it made", examples=[2])
    at: dt.datetime
    actor: str = Field(examples=["key:5d1c0a4be2f7"])
    action: str = Field(examples=["propose_release"])
    state_before: State
    state_after: State
    reason: str | None = Field(examples=["other_particulars"])
    assignee: str | None
    comment: str | None
    difference: dict[str, Any] | None = Field(description="What a later screening said otherwise")


class ScreeningShown(BaseModel):
    """One screening of the shipment, of whatever revision and content."""

    id: int
    at: dt.datetime
    cause: str = Field(examples=["post"], description="post, job, lists or rules")
    actor: str
    decision: Decision
    score: int
    run: str
    revision: int | None
    version: int = Field(description="How often the revision had come with another content by then")
    received_at: dt.datetime


class AlertInFull(AlertStanding):
    """An alert with its record, all that was decided, and all screenings of its shipment."""

    record: dict[str, Any] | None = Field(description="The alert record; null where it is clear by now")
    decisions: list[DecisionShown]
    screenings: list[ScreeningShown]


class AlertPage(BaseModel):
    """Some alerts; `next` is the cursor of the next page, null on the last."""

    items: list[AlertShown]
    next: str | None

    @classmethod
    def of(cls, page: alert_pages.Page) -> Self:
        """The page as the store gives it."""
        return cls.model_validate({"items": page.items, "next": page.next})


class DecisionAsked(BaseModel):
    """What to do with an alert."""

    model_config = ConfigDict(
        extra="forbid",
        str_strip_whitespace=True,
        json_schema_extra={
            "examples": [
                {"version": 3, "action": "release", "reason": "other_particulars", "comment": "file 114"}
            ]
        },
    )

    version: Version
    action: Action
    reason: str | None = Field(None, max_length=100, description="One of `GET /reasons` for the action")
    comment: str | None = Field(None, max_length=10_000)
    assignee: Name | None = Field(None, description="For `assign`; without it the alert is nobody's")

    @property
    def step(self) -> Step:
        """As the store takes it."""
        return Step(self.action, self.reason, self.comment, self.assignee)


class ReasonShown(BaseModel):
    """Why somebody may decide as they do."""

    model_config = ConfigDict(from_attributes=True)

    reason: str = Field(examples=["other_particulars"])
    action: Action
    judges: str = Field(description="What it says of the rules that fired: right, wrong or neither")
    says: str
    source: str


class Reasons(BaseModel):
    """The reasons that decisions give."""

    items: list[ReasonShown]


@router.get("/alerts")
def list_alerts(asked: Annotated[AlertsAsked, Query()], service: Running, who: Reader) -> AlertPage:
    """The alerts that are asked for, by the page. By deadline only those come that have one."""
    with service.database.reading() as tx:
        return AlertPage.of(
            alert_pages.page_of_alerts(tx, asked.filter, asked.sort, asked.limit, asked.cursor)
        )


@router.get("/alerts/{alert}")
def show_alert(alert: AlertNumber, service: Running, who: Reader) -> AlertInFull:
    """The alert with its record, all that was decided, and all screenings of its shipment."""
    with service.database.reading() as tx:
        return AlertInFull.model_validate(alerts.alert_in_full(tx, alert))


@router.post(
    "/alerts/{alert}/decisions",
    status_code=201,
    responses={409: {"description": "It was changed meanwhile; `current` is the alert as it stands"}},
)
def decide(
    alert: AlertNumber, asked: DecisionAsked, service: Running, repeated: MayRepeat, who: Officer
) -> AlertStanding:
    """The alert after the decision. Who looked at an older version gets 409, with the alert as it stands."""
    person = Person(who.id, who.scopes)

    def decided(tx: Writing) -> str:
        found = decisions.decide(tx, alert, asked.version, asked.step, person, service.judge)
        return AlertStanding.model_validate(found).model_dump_json()

    answer = repeated.answer(service.database, asked.model_dump_json().encode(), lambda: decided)
    return AlertStanding.model_validate_json(answer)


@router.get("/reasons")
def list_reasons(service: Running, who: Reader) -> Reasons:
    """The reasons that a decision may give, by the action that takes them."""
    return Reasons(items=[ReasonShown.model_validate(reason) for reason in service.judge.reasons.values()])
