"""Suppressions by HTTP: what is settled, by whom, why and until when."""

import datetime as dt
from typing import Annotated, Any, Literal, Self

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field, model_validator

from screening.ruleset.exceptions import Lane
from screening.service.access import Principal
from screening.service.repeated import MayRepeat
from screening.service.routes.alerts import MOST_ROWS, Officer, Reader
from screening.service.routing import router as _router
from screening.service.running import Running
from screening.store import suppressions
from screening.store.suppressions import Ground, Suppression
from screening.store.transaction import Writing

router = _router("suppressions")

SuppressionNumber = Annotated[int, Path(ge=1, le=MOST_ROWS, description="The number of the suppression.")]
Country = Annotated[str, Field(pattern="^[A-Z]{2}$")]


class LaneAsked(BaseModel):
    """Goods from one country to another; without `hs6` any goods."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    origin: Country = Field(alias="from", examples=["DE"])
    to: Country = Field(examples=["AE"])
    hs6: str | None = Field(None, pattern=r"^\d{6}$", examples=["850440"])


_SUBJECTS = ("party", "entry", "rule", "lane")


def _naming(*names: str) -> dict[str, Any]:
    """The shape of what names these of the subjects, and no others."""
    named = {name: {"not": {"type": "null"}} for name in names}
    others = {name: {"type": "null"} for name in _SUBJECTS if name not in names}
    return {"required": list(names), "properties": named | others}


class SuppressionAsked(BaseModel):
    """What is to be settled: that a party is not a list entry, or a rule for a party or on a lane."""

    model_config = ConfigDict(
        extra="forbid",
        str_strip_whitespace=True,
        json_schema_extra={
            "oneOf": [_naming("party", "entry"), _naming("party", "rule"), _naming("lane", "rule")],
            "examples": [
                {
                    "party": "Silk Orient Trading TOO",
                    "entry": "ofac-sdn:18782",
                    "reason": "Another firm: other city, other registration number; file 2026-115.",
                    "expires": "2027-05-21",
                }
            ],
        },
    )

    party: str | None = Field(None, pattern=r"\S", max_length=500)
    entry: str | None = Field(None, pattern=r"\S", max_length=500, description="The `id` of a match")
    rule: str | None = Field(None, pattern=r"^[A-Z]{3}-\d{3}$")
    lane: LaneAsked | None = None
    reason: str = Field(pattern=r"\S", max_length=2_000)
    owner: str | None = Field(None, pattern=r"\S", max_length=200, description="Who answers for it; else you")
    expires: dt.date = Field(description="The last shipment date that it covers")

    @model_validator(mode="after")
    def _one_subject(self) -> Self:
        named = (self.party is not None, self.lane is not None, self.entry is not None, self.rule is not None)
        if named not in ((True, False, True, False), (True, False, False, True), (False, True, False, True)):
            raise ValueError("name a party and an entry, or a party and a rule, or a lane and a rule")
        return self

    def suppression(self, who: Principal) -> Suppression:
        """As the store takes it."""
        lane = Lane.model_validate(self.lane.model_dump(by_alias=True)) if self.lane else None
        owner = self.owner or who.name
        return Suppression(self.reason, owner, self.expires, self.party, self.entry, self.rule, lane)


class SuppressionShown(BaseModel):
    """A suppression, and how it stands."""

    id: int = Field(examples=[7])
    party: str | None = Field(examples=["Silk Orient Trading TOO"])
    entry: str | None = Field(description="Under the id that the entry has now", examples=["ofac-sdn:18782"])
    rule: str | None
    lane: LaneAsked | None
    owner: str = Field(examples=["A. Compliance"])
    reason: str
    created: dt.date
    expires: dt.date
    ended_at: dt.datetime | None
    standing: Literal["in_force", "expired", "ended", "entry_changed"] = Field(
        description="entry_changed: the entry says something else of who is meant, so it hides nothing"
    )


class SuppressionsShown(BaseModel):
    """All suppressions, the newest first."""

    items: list[SuppressionShown]


@router.get("/suppressions")
def list_suppressions(service: Running, who: Reader) -> SuppressionsShown:
    """All suppressions, also those that hide nothing any more."""
    with service.database.reading() as tx:
        found = suppressions.listed(tx, service.screeners.current.parties)
    return SuppressionsShown.model_validate({"items": found})


@router.get("/suppressions/{suppression}")
def show_suppression(suppression: SuppressionNumber, service: Running, who: Reader) -> SuppressionShown:
    """One suppression, and how it stands."""
    with service.database.reading() as tx:
        found = suppressions.shown(tx, suppression, service.screeners.current.parties)
    return SuppressionShown.model_validate(found)


@router.post("/suppressions", status_code=201)
def suppress(
    asked: SuppressionAsked, service: Running, repeated: MayRepeat, who: Officer
) -> SuppressionShown:
    """The suppression, in force from now on. Alerts that are there stay as they are."""
    screener = service.screeners.current
    ground = Ground(screener.ruleset, screener.parties, service.judge.policy)

    def added(tx: Writing) -> str:
        found = suppressions.add(tx, asked.suppression(who), ground, who.id)
        return SuppressionShown.model_validate(found).model_dump_json(by_alias=True)

    answer = repeated.answer(service.database, asked.model_dump_json().encode(), lambda: added)
    service.suppressing.renew()
    return SuppressionShown.model_validate_json(answer)


@router.delete(
    "/suppressions/{suppression}", responses={409: {"description": "It was ended before; `current` is how"}}
)
def end_suppression(suppression: SuppressionNumber, service: Running, who: Officer) -> SuppressionShown:
    """The suppression, which hides nothing from now on; it stays to be seen."""
    parties = service.screeners.current.parties
    found = service.database.write(lambda tx: suppressions.end(tx, suppression, parties, who.id))
    service.suppressing.renew()
    return SuppressionShown.model_validate(found)
