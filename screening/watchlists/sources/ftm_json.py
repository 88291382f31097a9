"""Lists as entities of the FollowTheMoney model, one JSON object a line, as OpenSanctions exports them.

Both exports are read: `entities.ftm.json`, where sanctions and addresses are entities of their own
that others point at, and `targets.nested.json`, where they stand inside.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from screening.errors import WatchlistError
from screening.watchlists.entry import PartyType, Snapshot
from screening.watchlists.opening import Opening
from screening.watchlists.slug import date_in_name
from screening.watchlists.sources.days import listed_day
from screening.watchlists.sources.gathering import Gathering
from screening.watchlists.sources.json_text import JsonLines
from screening.watchlists.sources.opensanctions_csv import AUTHORITY, WATCHLIST, page_of
from screening.watchlists.sources.source import Source

FORMAT = "ftm-json"
TYPES: dict[str, PartyType] = {
    "Person": "person",
    "LegalEntity": "unknown",
    "Company": "organisation",
    "Organization": "organisation",
    "PublicBody": "organisation",
    "Vessel": "vessel",
    "Airplane": "aircraft",
}
"""The schemas that are parties; a `LegalEntity` may be a person or a firm."""
NUMBERS = (
    *("registrationNumber", "taxNumber", "vatCode", "idNumber", "passportNumber", "socialSecurityNumber"),
    *(
        "innCode",
        "ogrnCode",
        "kppCode",
        "okpoCode",
        "leiCode",
        "swiftBic",
        "bikCode",
        "dunsCode",
        "uniqueEntityId",
    ),
    *("imoNumber", "mmsi", "callSign", "serialNumber", "registrationNumber", "uscCode", "isinCode"),
)
COUNTRIES = ("country", "nationality", "citizenship", "jurisdiction", "mainCountry", "flag")
_REASONS = ("reason", "summary", "description")
_DEEPEST = 8

Values = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class _Entity:
    """One entity, what stood inside it replaced by its id."""

    id: str
    schema: str
    target: bool
    datasets: tuple[str, ...]
    seen: date | None
    inside: str
    """The entity that it stood inside, which it then describes."""
    values: Values


@dataclass(slots=True)
class _Graph:
    """All entities of a file that make or describe a party."""

    parties: dict[str, _Entity] = field(default_factory=dict)
    addresses: dict[str, Values] = field(default_factory=dict)
    described: dict[str, list[_Entity]] = field(default_factory=dict)
    """What sanctions, passports and the like say, by the id of the party that they are about."""

    def add(self, entity: _Entity) -> None:
        """Keep an entity where it belongs; what is neither a party nor about one is passed over."""
        if entity.schema in TYPES:
            self.parties[entity.id] = entity
        elif entity.schema == "Address":
            self.addresses[entity.id] = entity.values
        elif entity.schema in {"Sanction", "Identification", "Passport"}:
            for about in {*_each(entity.values, ("entity", "holder")), entity.inside}:
                self.described.setdefault(about, []).append(entity)


def read(path: Path, name: str) -> Snapshot:
    """The parties that are targets, if the file marks any, else all; WatchlistError for a bad file."""
    lines = JsonLines(path)
    graph = _Graph()
    for number, found in lines:
        for entity in _entities(found, f"{path}, line {number}"):
            graph.add(entity)
    parties = list(graph.parties.values())
    if any(entity.target for entity in parties):
        parties = [entity for entity in parties if entity.target]
    if not parties:
        raise WatchlistError(str(path), "holds no person, firm, vessel or aircraft", "download it again")
    entries = tuple(
        _party(entity, graph).entry(WATCHLIST, "; ".join(entity.datasets) or "FollowTheMoney", AUTHORITY)
        for entity in parties
    )
    seen = max((entity.seen for entity in parties if entity.seen), default=None)
    return Snapshot(FORMAT, name, entries, seen or date_in_name(path), lines.digest, path)


def _recognises(opening: Opening) -> bool:
    text = opening.text.lstrip()
    return text.startswith("{") and '"schema"' in text and '"properties"' in text


SOURCE = Source(FORMAT, True, _recognises, read, lambda path: WATCHLIST)


def _entities(found: dict[str, Any], where: str, depth: int = 0, around: str = "") -> Iterator[_Entity]:
    """The entity and those inside it."""
    properties, identity = found.get("properties"), found.get("id")
    if (
        not isinstance(properties, dict)
        or not isinstance(identity, str)
        or not isinstance(found.get("schema"), str)
    ):
        raise WatchlistError(where, "has no id, schema and properties", "bring FollowTheMoney entities")
    if depth > _DEEPEST:
        raise WatchlistError(where, f"is nested more than {_DEEPEST} deep", "download the list again")
    values: Values = {}
    for key, every in properties.items():
        every = every if isinstance(every, list) else [every]
        inside = [value for value in every if isinstance(value, dict)]
        for value in inside:
            yield from _entities(value, where, depth + 1, identity)
        values[str(key)] = [str(value["id"] if isinstance(value, dict) else value) for value in every]
    datasets = found.get("datasets")
    yield _Entity(
        id=identity,
        schema=found["schema"],
        target=found.get("target") is True,
        datasets=tuple(map(str, datasets)) if isinstance(datasets, list) else (),
        seen=listed_day(str(found.get("last_seen") or "")),
        inside=around,
        values={"caption": [str(found.get("caption") or "")], **values},
    )


def _party(entity: _Entity, graph: _Graph) -> Gathering:
    values = entity.values
    party = Gathering(entity.id, TYPES[entity.schema], source_url=page_of(entity.id))
    for name in _each(values, ("caption",)):
        party.called(name, primary=True)
    for name in _each(values, ("name", "alias", "previousName")):
        party.called(name)
    for name in _each(values, ("weakAlias",)):
        party.called(name, weak=True)
    _add_places(party, values, graph)
    party.numbered(*_each(values, NUMBERS))
    party.born(*_each(values, ("birthDate",)))
    party.under(*_each(values, ("programId", "program")))
    for about in graph.described.get(entity.id, ()):
        _add_description(party, about)
    party.because(*_each(values, ("notes",)))
    return party


def _add_places(party: Gathering, values: Values, graph: _Graph) -> None:
    party.in_country(*_each(values, COUNTRIES))
    for address in _each(values, ("address",)):
        party.at([address])
    for identity in values.get("addressEntity", ()):
        place = graph.addresses.get(identity, {})
        street = place.get("full") or list(
            _each(place, ("street", "street2", "postalCode", "city", "region"))
        )
        party.at(street[:1] if place.get("full") else street)
        party.in_country(*place.get("country", ()))


def _add_description(party: Gathering, about: _Entity) -> None:
    """Add what a sanction or a document says of the party."""
    values = about.values
    if about.schema == "Sanction":
        party.under(*_each(values, ("programId", "program")))
        party.because(*_each(values, _REASONS))
        days = [listed_day(text) for text in _each(values, ("listingDate", "startDate"))]
        party.listed_on = min((day for day in (party.listed_on, *days) if day), default=None)
    else:
        party.numbered(*_each(values, ("number",)))


def _each(values: Values, keys: Iterable[str]) -> Iterator[str]:
    return (value for key in keys for value in values.get(key, ()))
