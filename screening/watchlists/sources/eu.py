"""What the files of the EU's Financial Sanctions Database have in common: names, types, addresses."""

from screening.watchlists.entry import PartyEntry, PartyType
from screening.watchlists.sources.gathering import Gathering

WATCHLIST = "eu"
ADDRESS = "https://webgate.ec.europa.eu/fsd/fsf"
_SOURCE = "EU Consolidated List of Financial Sanctions"
_AUTHORITY = "European Union"
_TYPES: dict[str, PartyType] = {
    "p": "person",
    "person": "person",
    "e": "organisation",
    "enterprise": "organisation",
    "entity": "organisation",
    "vessel": "vessel",
    "ship": "vessel",
    "aircraft": "aircraft",
}


def party_type(*codes: str) -> PartyType:
    """The type that the codes of a subject stand for, the first that is known."""
    return next((_TYPES[code] for code in map(str.casefold, codes) if code in _TYPES), "unknown")


def entry(party: Gathering) -> PartyEntry:
    """The party as an entry of the EU's list."""
    party.source_url = party.source_url or ADDRESS
    return party.entry(WATCHLIST, _SOURCE, _AUTHORITY)


def name(whole: str, *parts: str) -> str:
    """The whole name, or its parts where the list gives no whole one."""
    return whole.strip() or " ".join(filter(None, map(str.strip, parts)))


def birth(day: str, year: str, years: tuple[str, str], circa: str) -> str:
    """The birth date in words: the day if it is known, else the year or the years between which it lies."""
    span = f"{years[0]} to {years[1]}" if all(map(str.strip, years)) else ""
    written = day.strip() or year.strip() or span
    return f"circa {written}" if written and circa.strip().casefold() == "true" else written


def country(code: str, described: str) -> str:
    """The country of an address; `00` and `UNKNOWN` are none."""
    if code.strip() in {"00", ""}:
        return "" if described.strip().casefold() == "unknown" else described
    return described or code
