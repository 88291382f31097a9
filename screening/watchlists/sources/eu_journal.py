"""EU restrictive measures of all kinds, transcribed from the annexes in the Official Journal.

Unlike the EU's list of financial sanctions it names those under export control and service bans. The
annexes number their records anew each time, so an entry goes by its regulation and what it says.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from screening.errors import WatchlistError
from screening.watchlists.entry import PartyEntry, Snapshot
from screening.watchlists.opening import Opening
from screening.watchlists.slug import date_in_name, stable_ids
from screening.watchlists.sources.days import listed_day
from screening.watchlists.sources.gathering import Gathering
from screening.watchlists.sources.own_csv import party_type
from screening.watchlists.sources.source import Source
from screening.watchlists.table import Row, read_table

FORMAT = WATCHLIST = "eu-journal"
_SOURCE = "Official Journal of the European Union"
_AUTHORITY = "Council of the European Union"
_KNOWN_BY = frozenset({"celex", "recordid", "programkey", "annex", "schema", "name", "weakalias"})
_KEY = ("annex", "measure", "programkey", "name", "birthdate")
_NUMBERS = {
    "passportnumber": "",
    "registrationnumber": "",
    "taxnumber": "",
    "idnumber": "",
    "inncode": "INN ",
    "ogrncode": "OGRN ",
    "okpocode": "OKPO ",
    "leicode": "",
    "swiftbic": "",
    "imonumber": "IMO ",
    "mmsi": "MMSI ",
}
_AFTER_NUMBER = re.compile(r"\s*(?:\(|,\s*(?:issued|expire|valid|KPP)).*", re.IGNORECASE | re.DOTALL)


def read(path: Path, name: str) -> Snapshot:
    """The list as a snapshot; WatchlistError with all that is wrong with it."""
    table = read_table(path)
    ids = stable_ids(f"{row.text('celex')} " + "|".join(map(row.text, _KEY)) for row in table.rows)
    entries = tuple(_entry(row, source_id) for row, source_id in zip(table.rows, ids, strict=True))
    table.sound()
    if not entries:
        raise WatchlistError(str(path), "holds a header and no entry", "download the list again")
    return Snapshot(FORMAT, name, entries, date_in_name(path), table.digest, path)


def _recognises(opening: Opening) -> bool:
    return opening.columns >= _KNOWN_BY


SOURCE = Source(FORMAT, True, _recognises, read, lambda path: WATCHLIST)


def _entry(row: Row, source_id: str) -> PartyEntry:
    celex = row.required("celex")
    party = Gathering(f"{celex}-{source_id}", party_type(row.text("schema")))
    party.called(row.required("name"), primary=True)
    for alias in (*row.many("alias"), *row.many("previousname")):
        party.called(alias)
    for alias in row.many("weakalias"):
        party.called(alias, weak=True)
    for address in row.many("address"):
        party.at([address])
        party.in_country(address.rpartition(",")[2])
    for column in ("country", "nationality", "jurisdiction", "flag"):
        party.in_country(*row.many(column))
    party.born(*(date.strip('" ') for date in row.many("birthdate")))
    party.numbered(*_numbers(row))
    party.under(row.text("programkey"), row.text("measure"))
    party.listed_on = listed_day(row.text("startdate"))
    party.because(row.text("reason"))
    party.source_url = f"https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:{celex}"
    return party.entry(WATCHLIST, _SOURCE, _AUTHORITY)


def _numbers(row: Row) -> Iterator[str]:
    """The numbers of the row without what is said about them."""
    for column, kind in _NUMBERS.items():
        for written in row.many(column):
            if number := _AFTER_NUMBER.sub("", written.strip('" ')):
                yield kind + number
