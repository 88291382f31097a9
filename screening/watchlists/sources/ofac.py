"""What the files of the Office of Foreign Assets Control have in common, in whatever format.

It publishes two lists in the same layouts: the specially designated nationals, and all others
("consolidated"); which of them a file is stands in no field, so programmes tell, or else its name.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from screening.watchlists.entry import PartyEntry
from screening.watchlists.sources.gathering import Gathering
from screening.watchlists.sources.numbers import stands_for_an_identifier

SDN, OTHERS = "ofac-sdn", "ofac-cons"
AUTHORITY = "US Treasury Department"
ADDRESS = "https://sanctionslist.ofac.treas.gov"
_SOURCES = {
    SDN: "Specially Designated Nationals (SDN) - Treasury Department",
    OTHERS: "Consolidated non-SDN lists - Treasury Department",
}
_NEVER_SDN = frozenset({"NS-PLC", "561-RELATED", "CMIC-EO13959", "HKAA"})
"""Programmes of which an entry alone makes the list one of the others: no SDN file is without SDNs."""
_PROGRAMMES = re.compile(r"\s*\]\s*\[\s*|\s*;\s*")
_PART = re.compile(r";\s+")
_NUMBER = re.compile(r"\s*(?:\([^)]*\)\s+)?[:#-]?\s*(?P<number>[^(;]*[^(;\s])")
_SIGN = re.compile(r"^\s*(?:No\.?|Number|Code|#)\s*:?(?=\s)")
_NICKNAME = re.compile(r"\b[afn]\.k\.a\. '(.+?)'(?=[;.]|$)")
_LAND = re.compile(r"(?:alt\. )?(?:nationality|citizen|Nationality of Registration)\s+(?P<land>[^;.]+)")
_BIRTH = re.compile(r"DOB (?P<date>[^;]+)")
_KINDS = Path(__file__).parent / "ofac_identifiers.csv"


def watchlist_of(path: Path, parties: Iterable[Gathering]) -> str:
    """The watchlist that a file is, by the programmes in it, or else by the word `cons` in its name."""
    programmes = [frozenset(map(str.upper, party.programmes)) for party in parties]
    others = sum(1 for each in programmes if each & _NEVER_SDN)
    if others > len(programmes) // 5 or "cons" in path.name.lower():
        return OTHERS
    return SDN


def named(path: Path) -> str:
    """What the list in a file is called when nobody says otherwise."""
    return OTHERS if "cons" in path.name.lower() else SDN


def entries(watchlist: str, parties: Iterable[Gathering]) -> Iterator[PartyEntry]:
    """The parties as entries of that watchlist."""
    source = _SOURCES.get(watchlist.removesuffix("-partial"), watchlist)
    for party in parties:
        party.source_url = party.source_url or ADDRESS
        yield party.entry(watchlist, source, AUTHORITY)


def programmes(text: str) -> list[str]:
    """The programmes of a cell such as `IRAN] [NPWMD] [IFSR`."""
    return _PROGRAMMES.split(text.strip(" []"))


def read_remarks(party: Gathering, remarks: str) -> None:
    """Add what the remarks say in their set phrases: nicknames, identifiers, countries, birth dates."""
    party.mentioned |= dict.fromkeys(_NICKNAME.findall(remarks))
    for part in _PART.split(remarks.rstrip(".")):
        plain = part.strip().removeprefix("alt. ")
        if land := _LAND.match(plain):
            party.in_country(land["land"])
        if birth := _BIRTH.match(plain):
            party.born(birth["date"])
        for kind in identifier_kinds():
            if plain.startswith(kind):
                number = _identifier(plain.removeprefix(kind))
                party.numbered(number if stands_for_an_identifier(kind, number) else "")
                break


@cache
def identifier_kinds() -> tuple[str, ...]:
    """How the kinds of identifiers begin, the longer before the shorter."""
    with _KINDS.open(encoding="utf-8", newline="") as file:
        return tuple(sorted((row["begins"] for row in csv.DictReader(file)), key=len, reverse=True))


def _identifier(after: str) -> str:
    """The number after its kind: `No. 123 (Russia) expires ...` gives `123`."""
    found = _NUMBER.match(_SIGN.sub("", after))
    number = found["number"] if found else ""
    return re.split(r",? (?:issued|expires)\b", number)[0].strip()
