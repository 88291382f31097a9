"""Which country a cell means: a code, or a name in English, Turkish, Russian, German or French.

Territories, their names and their parents come from rigour (`territories.py`); `country_names.csv`
holds the names that it lacks. Nothing is guessed: a name with a slip in it is no country, and
`nearest_country` says what it may have meant.
"""

import csv
from functools import cache, lru_cache
from pathlib import Path

from screening.places.territories import by_identifier, by_name, english_name, identifier_key, iso_code

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
    # Codes first: names have to be written as they are looked up, and most files hold codes alone.
    identifier = identifier_key(wanted)
    if identifier in by_identifier():
        return by_identifier()[identifier]
    name = _name_key(wanted)
    return _own_names().get(name) or by_name().get(name)


def country_name(code: str) -> str:
    """The English name of the country with this code; a code that is nobody's stands for itself."""
    return english_name(code) or code


def nearest_country(text: str) -> str | None:
    """The code of the country whose name is most like `text`, for "did you mean"; None if none is."""
    from rigour.territories import lookup_territory

    return country_code(text) or iso_code(lookup_territory(text.strip(), fuzzy=True))


def _name_key(name: str) -> str:
    from rigour.territories.util import normalize_territory_name

    return normalize_territory_name(name)


@cache
def _own_names() -> dict[str, str]:
    with _NAMES.open(encoding="utf-8", newline="") as file:
        return {_name_key(row["name"]): row["code"] for row in csv.DictReader(file)}
