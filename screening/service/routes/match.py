"""Parties without a shipment: one by itself, or entities in the shape of yente's API, for its clients."""

from typing import Annotated, Any

from fastapi import Path, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from screening.result import Match
from screening.screener import Screener
from screening.service.access import Principal, needs
from screening.service.entities import Asked
from screening.service.lookup import EVERY_LIST, FEATURES, Wanted, looked_up
from screening.service.routing import LookupRoute
from screening.service.routing import router as _router
from screening.service.running import Running, Service
from screening.service.shapes import ANY_TEXT, BIRTH_DATE, WHOLE
from screening.store.refusals import UnknownError
from screening.watchlists.entry import PartyType

router = _router("parties", LookupRoute)

MOST_QUERIES = 100
MOST_RESULTS = 200
Screening = Annotated[Principal, needs("screen")]
Names = Annotated[list[str], Query(max_length=50, default_factory=list)]
Share = Annotated[float, Query(ge=0, le=1)]
_EXAMPLE: dict[str, Any] = {
    "queries": {
        "q1": {"schema": "Company", "properties": {"name": ["Azu International"], "country": ["tr"]}},
    }
}


class Example(BaseModel):
    """An entity of FollowTheMoney, as far as it is known."""

    model_config = ConfigDict(extra="ignore", populate_by_name=True, json_schema_extra=ANY_TEXT)

    id: str | None = Field(None, max_length=500)
    kind: str = Field("LegalEntity", alias="schema", max_length=100, examples=["Person"])
    properties: dict[str, str | list[Any]] = Field(examples=[{"name": ["John Doe"], "birthDate": ["1962"]}])


class MatchAsked(BaseModel):
    """Entities to look up, each under a name of your choice."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE], **ANY_TEXT})

    queries: dict[str, Example] = Field(min_length=1, max_length=MOST_QUERIES)
    weights: dict[str, float] = Field({}, max_length=0, description="Not taken: scores are weighed one way")
    config: dict[str, Any] = Field({}, max_length=0, description="Not taken")


class Feature(BaseModel):
    """One part of a score."""

    score: float
    detail: str | None = None
    query: str | None = None
    candidate: str | None = None


class EntityFound(BaseModel):
    """An entry of a watchlist, as an entity with its score."""

    id: str = Field(examples=["ofac-sdn:12345"])
    caption: str
    kind: str = Field(alias="schema", examples=["Organization"])
    properties: dict[str, list[str]]
    datasets: list[str] = Field(description="The watchlist that it stands on")
    referents: list[str] = Field(description="The list's own number of it")
    target: bool
    first_seen: str | None
    last_seen: str | None
    last_change: str | None
    score: float
    features: dict[str, float]
    explanations: dict[str, Feature]
    match: bool = Field(description="The score reaches the threshold")


class Total(BaseModel):
    """How many results there are."""

    value: int
    relation: str = "eq"


class Found(BaseModel):
    """What was found of one entity."""

    status: int = 200
    results: list[EntityFound]
    total: Total
    query: Example


class FeatureDescribed(BaseModel):
    """What a part of a score stands for."""

    description: str
    coefficient: float = 1.0
    url: str | None = None


class MatchFound(BaseModel):
    """What was found of each entity, under the name that it was asked by."""

    responses: dict[str, Found]
    matcher: dict[str, FeatureDescribed]
    limit: int


class PartyAsked(BaseModel):
    """A party, and what is known beside its name; more evidence ranks, and never hides a match."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=ANY_TEXT)

    name: str = Field(min_length=1, max_length=1_000, examples=["Azu International Ltd Sti"])
    country: str | None = Field(None, max_length=100, examples=["TR"])
    type: PartyType | None = None
    address: str | None = Field(None, max_length=2_000)
    identifiers: list[Annotated[str, Field(max_length=200)]] = Field([], max_length=50)
    birth_date: Annotated[str, BIRTH_DATE] | None = Field(None, examples=["1962-03-12", "circa 1962"])
    limit: Annotated[int, WHOLE] = Field(10, strict=True, ge=1, le=MOST_RESULTS)
    min_score: float | None = Field(
        None, strict=True, ge=0, le=1, description="The policy's threshold unless given"
    )


class PartyFound(BaseModel):
    """The listed parties that it may be, best first. No hit is not a clearance."""

    matches: list[Match]


@router.post("/party")
def match_party(asked: PartyAsked, service: Running, who: Screening) -> PartyFound:
    """Looks one party up on the watchlists."""
    screener = service.screeners.current
    matches = screener.match(**asked.model_dump())
    _log(service, who, screener, 1, len(matches))
    return PartyFound(matches=matches)


@router.post("/match/{dataset}")
def match_entities(
    dataset: Annotated[str, Path(max_length=200, description="A watchlist, or `default` for all")],
    asked: MatchAsked,
    response: Response,
    service: Running,
    who: Screening,
    include_dataset: Names,
    exclude_dataset: Names,
    exclude_schema: Names,
    exclude_entity_ids: Names,
    limit: Annotated[int, Query(ge=1, le=MOST_RESULTS)] = 5,
    threshold: Annotated[
        Share | None, Query(description="From which score a result is a `match`: the policy's unless given")
    ] = None,
    cutoff: Annotated[Share, Query(description="The least score that is shown")] = 0.5,
    algorithm: Annotated[
        str, Query(max_length=100, description="Taken for the sake of clients; there is one way to score")
    ] = "best",
) -> MatchFound:
    """Looks entities of FollowTheMoney up, as yente does.

    Scores are ours, on the same scale from 0 to 1. `topics` and `changed_since` leave nothing out here.
    """
    screener = service.screeners.current
    least = screener.ruleset.policy.match_threshold if threshold is None else threshold
    wanted = Wanted(
        limit=limit,
        threshold=least,
        cutoff=min(cutoff, least),
        lists=_lists(screener, dataset, include_dataset),
        without_lists=frozenset(exclude_dataset),
        without_schemas=frozenset(exclude_schema),
        without_ids=frozenset(exclude_entity_ids),
    )
    questions = [Asked.of(one.kind, one.properties) for one in asked.queries.values()]
    found = looked_up(screener, questions, wanted)
    _log(service, who, screener, len(questions), sum(map(len, found)))
    response.headers["X-Batch-Size"] = str(len(questions))
    pairs = zip(asked.queries.items(), found, strict=True)
    return MatchFound(
        responses={name: _found(example, results) for (name, example), results in pairs},
        matcher={name: FeatureDescribed(description=told) for name, told in FEATURES.items()},
        limit=limit,
    )


def _found(example: Example, results: list[dict[str, Any]]) -> Found:
    shown = [EntityFound.model_validate(result) for result in results]
    return Found(results=shown, total=Total(value=len(shown)), query=example)


def _lists(screener: Screener, dataset: str, more: list[str]) -> frozenset[str] | None:
    """The watchlists that are meant; None for all. Raises UnknownError for a name that none has.

    As clients use it: `more` lists stand beside the one of the path, or in the place of all.
    """
    known = frozenset(screener.parties.entries["watchlist"].unique())
    unknown = [name for name in (dataset, *more) if name not in known | EVERY_LIST]
    if unknown:
        raise UnknownError("there is no such watchlist; `default` stands for all of them")
    named = frozenset(more) if dataset in EVERY_LIST and more else frozenset((dataset, *more))
    return None if EVERY_LIST & named else named


def _log(service: Service, who: Principal, screener: Screener, asked: int, found: int) -> None:
    """Who looked parties up is on record; whom, is not: no log holds names."""
    body = {"run": screener.run, "asked": asked, "found": found}
    service.database.write(lambda tx: tx.log("looked up", who.id, "parties", body))
