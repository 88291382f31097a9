"""Parties in the words of FollowTheMoney, the model that yente and its clients speak.

A question comes as an entity with some of its properties; answers are entries of our lists as such entities,
with a score. Only the words change here: who is like whom, the lists say.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from screening.names.births import births
from screening.watchlists.entry import PartyEntry, PartyType
from screening.watchlists.sources.ftm_json import COUNTRIES, NUMBERS, TYPES

_NAMES = ("name", "alias", "previousName", "weakAlias", "abbreviation")
_GIVEN, _FAMILY = ("firstName", "secondName", "middleName", "fatherName"), ("lastName", "maternalName")
_SCHEMAS: Mapping[PartyType, str] = {
    "organisation": "Organization",
    "person": "Person",
    "vessel": "Vessel",
    "aircraft": "Airplane",
    "address": "Address",
    "unknown": "LegalEntity",
}
MOST_NAMES = 20
"""Names of one entity that are looked for."""

Properties = Mapping[str, str | Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What an entity tells of a party."""

    names: tuple[str, ...]
    type: PartyType
    countries: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    birth_dates: tuple[str, ...] = field(default=())

    @classmethod
    def of(cls, schema: str, properties: Properties) -> "Asked":
        """What the entity tells; properties that say nothing of who a party is are passed over."""
        names = dict.fromkeys([*_texts(properties, _NAMES), *_full_names(properties)])
        return cls(
            names=tuple(names)[:MOST_NAMES],
            type=TYPES.get(schema, "unknown"),
            countries=tuple(_texts(properties, COUNTRIES)),
            identifiers=tuple(dict.fromkeys(_texts(properties, NUMBERS))),
            addresses=tuple(_texts(properties, ("address",))),
            birth_dates=tuple(day for day in _texts(properties, ("birthDate",)) if births(day)),
        )


def _texts(properties: Properties, names: Sequence[str]) -> Iterator[str]:
    for name in names:
        told = properties.get(name, ())
        for value in [told] if isinstance(told, str) else told:
            text = str(value).strip() if isinstance(value, str | int | float) else ""
            if text:
                yield text


def _full_names(properties: Properties) -> Iterator[str]:
    """The names that stand in parts, where no whole name does."""
    parts = [list(_texts(properties, (name,)))[:3] for name in (*_GIVEN, *_FAMILY)]
    there = [part for part in parts if part]
    if there and not list(_texts(properties, _NAMES)):
        yield from map(" ".join, product(*there))


def entity_of(entry: PartyEntry) -> dict[str, Any]:
    """The entry as an entity."""
    primary, *others = entry.names or (entry.called,)
    told = {
        "name": [primary],
        "alias": [name for name in others if name not in entry.weak_aliases],
        "weakAlias": entry.weak_aliases,
        "country": [country.lower() for country in entry.countries],
        "address": entry.addresses,
        "birthDate": entry.birth_dates,
        "idNumber": entry.identifiers,
        "program": entry.programmes,
        "sourceUrl": [entry.source_url],
        "notes": [entry.reason],
        "topics": ["sanction"],
        "createdAt": [entry.listed_on.isoformat()] if entry.listed_on else [],
    }
    return {
        "id": entry.id,
        "caption": entry.called,
        "schema": _SCHEMAS[entry.type],
        "properties": {name: kept for name, values in told.items() if (kept := [v for v in values if v])},
        "datasets": [entry.watchlist],
        "referents": [entry.source_id],
        "target": True,
        "first_seen": None,
        "last_seen": None,
        "last_change": None,
    }
