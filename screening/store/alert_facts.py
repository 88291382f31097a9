"""By what people look for an alert: where its goods go, and whom its shipment names."""

from collections.abc import Iterator, Mapping
from typing import Any

from screening.parties import name_key
from screening.places.countries import country_code
from screening.shipment import ROLES

_DESTINATION = ("country_of_destination", "end_user_country", "consignee_country")
"""The columns that tell it, in the order in which rules ask them."""


def destination(shipment: Mapping[str, Any]) -> str | None:
    """The country that the goods are said to reach, by the columns of a record's shipment."""
    told = (country_code(str(shipment[column])) for column in _DESTINATION if shipment.get(column))
    return next((country for country in told if country), None)


def party_keys(shipment: Mapping[str, Any]) -> frozenset[str]:
    """The names of the shipment's parties, as all their spellings have them."""
    return frozenset(filter(None, map(name_key, _names(shipment))))


def _names(shipment: Mapping[str, Any]) -> Iterator[str]:
    for role in ROLES:
        if name := shipment.get(f"{role}_name"):
            yield str(name)
