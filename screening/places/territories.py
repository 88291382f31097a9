"""What rigour knows of territories, as tables that are made once and kept.

Its own take a tenth of a second to load for codes, and more than a second for names; every command and
every worker asks about codes.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from importlib import metadata
from typing import TYPE_CHECKING, Any

from screening.shelf import Contents, kept, key_of

if TYPE_CHECKING:
    from rigour.territories.territory import Territory

Codes = dict[str, str | None]
"""The ISO code of each text; None where it is known, and is no country."""

_OCCUPIED = {"ua-cri": "UA-43", "ua-dpr": "UA-14", "ua-lpr": "UA-09"}
_RIGOUR = {code: territory for territory, code in _OCCUPIED.items()}
_NO_COUNTRY = frozenset({"eu", "un", "zz", "ip"})
_PARTS = frozenset({"ac", "cp", "cq", "dg"})
"""Codes that ISO 3166 only reserves, for parts of another territory."""


def identifier_key(text: str) -> str:
    """The text as codes are told by."""
    return text.lower().replace("_", "-").strip()


@cache
def by_identifier() -> Codes:
    """The country of each code of two or three letters, and of each other identifier."""
    codes: Codes = _kept("identifiers")
    return codes


@cache
def by_name() -> Codes:
    """The country of each name, as rigour writes it to look it up."""
    codes: Codes = _kept("names")
    return codes


@cache
def _english() -> dict[str, str]:
    names: dict[str, str] = _kept("english")
    return names


def english_name(code: str) -> str | None:
    """The English name of the territory with this code."""
    return _english().get(identifier_key(_RIGOUR.get(code, code)))


def iso_code(territory: "Territory | None") -> str | None:
    """The code of the country that the territory is, or is a part of."""
    if territory is None or territory.is_historical or territory.code in _NO_COUNTRY:
        return None
    if territory.code in _OCCUPIED:
        return _OCCUPIED[territory.code]
    # Hong Kong, Macao, Puerto Rico and their like have a parent and an ISO code of their own.
    if len(territory.code) == 2 and territory.alpha3 and territory.code not in _PARTS:
        return territory.code.upper()
    return iso_code(territory.parent)


def _kept(table: str) -> Any:
    key = key_of("territories", table, metadata.version("rigour"))
    return kept(key, lambda: _contents(table)).facts["table"]


def _contents(table: str) -> Contents:
    made = {"identifiers": _identifiers, "names": _names, "english": _called}[table]
    return Contents({"table": dict(made())}, {}, {})


def _identifiers() -> Iterator[tuple[str, str | None]]:
    from rigour.territories import lookup_by_identifier

    return ((text, iso_code(lookup_by_identifier(text))) for text in _known_identifiers())


def _known_identifiers() -> Iterable[str]:
    from rigour.territories import get_territories

    for territory in get_territories():
        stated = (territory.alpha3, territory.qid, *territory.other_codes, *territory.other_qids)
        yield from (identifier_key(text) for text in (territory.code, *stated) if text)


def _names() -> Iterator[tuple[str, str | None]]:
    from rigour.territories.lookup import _get_territory_names

    return ((name, iso_code(territory)) for name, territory in _get_territory_names().items())


def _called() -> Iterator[tuple[str, str]]:
    from rigour.territories import get_territory

    for text in _known_identifiers():
        if territory := get_territory(text):
            yield text, territory.name
