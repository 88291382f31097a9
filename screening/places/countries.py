"""Which country a cell means: a code, or a name in English, Turkish, Russian, German or French.

Territories, their names and their parents come from rigour; `country_names.csv` holds the names
that it lacks. Nothing is guessed: a name with a slip in it is no country, and `nearest_country`
says what it may have meant.
"""

import csv
from functools import cache, lru_cache
from pathlib import Path

from rigour.territories import get_territory, lookup_by_identifier, lookup_territory
from rigour.territories.territory import Territory
from rigour.territories.util import normalize_territory_name

_OCCUPIED = {"ua-cri": "UA-43", "ua-dpr": "UA-14", "ua-lpr": "UA-09"}
_RIGOUR = {code: territory for territory, code in _OCCUPIED.items()}
_NO_COUNTRY = frozenset({"eu", "un", "zz", "ip"})
_PARTS = frozenset({"ac", "cp", "cq", "dg"})
"""Codes that ISO 3166 only reserves, for parts of another territory."""
_OTHER_CODES = {"uk": "GB", "el": "GR"}
_NAMES = Path(__file__).parent / "country_names.csv"


@lru_cache(maxsize=1 << 16)
def country_code(text: str) -> str | None:
    """The ISO 3166 alpha-2 code of the country that `text` names, or None.

    Occupied parts of Ukraine keep codes of their own (`UA-43` Crimea, `UA-14` Donetsk, `UA-09`
    Luhansk); any other part of a country gives the country. Unions and former states give None.
    """
    wanted = text.strip()
    code = _OTHER_CODES.get(wanted.lower())
    if code or not wanted:
        return code
    # Codes first: the names take over a second to load, and most files hold codes alone.
    if territory := lookup_by_identifier(wanted):
        return _iso_code(territory)
    if code := _own_names().get(normalize_territory_name(wanted)):
        return code
    return _iso_code(lookup_territory(wanted))


def country_name(code: str) -> str:
    """The English name of the country with this code; a code that is nobody's stands for itself."""
    territory = get_territory(_RIGOUR.get(code, code.lower()))
    return territory.name if territory else code


def nearest_country(text: str) -> str | None:
    """The code of the country whose name is most like `text`, for "did you mean"; None if none is."""
    return country_code(text) or _iso_code(lookup_territory(text.strip(), fuzzy=True))


def _iso_code(territory: Territory | None) -> str | None:
    if territory is None or territory.is_historical or territory.code in _NO_COUNTRY:
        return None
    if territory.code in _OCCUPIED:
        return _OCCUPIED[territory.code]
    # Hong Kong, Macao, Puerto Rico and their like have a parent and an ISO code of their own.
    if len(territory.code) == 2 and territory.alpha3 and territory.code not in _PARTS:
        return territory.code.upper()
    return _iso_code(territory.parent)


@cache
def _own_names() -> dict[str, str]:
    with _NAMES.open(encoding="utf-8", newline="") as file:
        return {normalize_territory_name(row["name"]): row["code"] for row in csv.DictReader(file)}
