"""Parties looked up on the watchlists, without a shipment."""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict, Unpack
from urllib.parse import quote

from pydantic import Field

from screening.client.shown import Shown
from screening.client.subject import Subject
from screening.result import Match


class EntityFound(Shown):
    """An entry of a watchlist, as an entity of FollowTheMoney with its score."""

    id: str
    caption: str
    kind: str = Field(alias="schema")
    properties: dict[str, tuple[str, ...]]
    datasets: tuple[str, ...]
    referents: tuple[str, ...]
    target: bool
    first_seen: str | None
    last_seen: str | None
    last_change: str | None
    score: float
    features: dict[str, float]
    explanations: dict[str, dict[str, Any]]
    match: bool


class Known(TypedDict, total=False):
    """What is known of a party beside its name; more evidence ranks, and never hides a match."""

    country: str
    type: str
    address: str
    identifiers: Sequence[str]
    birth_date: str
    limit: int
    min_score: float


class EntitiesAsked(TypedDict, total=False):
    """Which entries are wanted, and from which score on."""

    include_dataset: Sequence[str]
    exclude_dataset: Sequence[str]
    exclude_schema: Sequence[str]
    exclude_entity_ids: Sequence[str]
    limit: int
    threshold: float
    cutoff: float
    algorithm: str


class LookingUp(Subject):
    """`/party` and `/match`."""

    def match_party(self, name: str, **known: Unpack[Known]) -> list[Match]:
        """The listed parties that it may be, best first. No hit is not a clearance."""
        answer = self._sender.ask("/party", {"name": name, **known}).json()
        return [Match.model_validate(match, extra="ignore") for match in answer["matches"]]

    def match_entities(
        self,
        queries: Mapping[str, Mapping[str, Any]],
        dataset: str = "default",
        **asked: Unpack[EntitiesAsked],
    ) -> dict[str, list[EntityFound]]:
        """What was found of each entity of FollowTheMoney, under the name that it was asked by."""
        path = f"/match/{quote(dataset, safe='')}"
        responses = self._sender.ask(path, {"queries": queries}, **asked).json()["responses"]
        return {
            name: [EntityFound.model_validate(result) for result in told["results"]]
            for name, told in responses.items()
        }
