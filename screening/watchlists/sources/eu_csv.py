"""The EU's consolidated list in CSV (`;`): a row for each name, address, birth date and document.

Two layouts are published, 1.1 and the older 1.0, whose columns are read under the names of the newer;
1.0 repeats the entity's number before each group of columns.
"""

from pathlib import Path

from screening.errors import WatchlistError
from screening.watchlists.entry import Snapshot
from screening.watchlists.opening import Opening
from screening.watchlists.slug import date_in_name
from screening.watchlists.sources import eu
from screening.watchlists.sources.days import listed_day
from screening.watchlists.sources.gathering import Gathering, Gatherings
from screening.watchlists.sources.source import Source
from screening.watchlists.table import Row, Table, read_table

FORMAT = "eu-csv"
_KNOWN_BY = frozenset({"entity_logicalid", "entity_eu_referencenumber", "namealias_wholename"})
_OLDER = {
    "date_file": "filegenerationdate",
    "entity_logical_id": "entity_logicalid",
    "eu_ref_num": "entity_eu_referencenumber",
    "subject_type": "entity_subjecttype",
    "programme": "entity_regulation_programme",
    "leba_url": "entity_regulation_publicationurl",
    "leba_publication_date": "entity_regulation_publicationdate",
    **{f"naal_{part}": f"namealias_{part}" for part in ("wholename", "firstname", "middlename", "lastname")},
    "addr_street": "address_street",
    "addr_number": "address_pobox",
    "addr_zipcode": "address_zipcode",
    "addr_city": "address_city",
    "addr_other": "address_place",
    "addr_country": "address_countrydescription",
    "birt_date": "birthdate_birthdate",
    "iden_number": "identification_number",
    "citi_country": "citizenship_countrydescription",
}
_STREET = ("street", "pobox", "zipcode", "city", "region", "place")
_PARTS = ("namealias_firstname", "namealias_middlename", "namealias_lastname")


def read(path: Path, name: str) -> Snapshot:
    """The list as a snapshot; WatchlistError with all that is wrong with it."""
    table = read_table(path, _OLDER, repeats=True)
    parties = _parties(table)
    table.sound()
    if not table.rows:
        raise WatchlistError(str(path), "holds a header and no entry", "download the list again")
    day = listed_day(table.rows[0].text("filegenerationdate")) or date_in_name(path)
    return Snapshot(FORMAT, name, tuple(map(eu.entry, parties)), day, table.digest, path)


def _recognises(opening: Opening) -> bool:
    return frozenset(_OLDER.get(name, name) for name in opening.columns) >= _KNOWN_BY


SOURCE = Source(FORMAT, True, _recognises, read, lambda path: eu.WATCHLIST)


def _parties(table: Table) -> Gatherings:
    parties = Gatherings()
    for row in table.rows:
        if number := row.required("entity_logicalid"):
            _add(parties.of(number, row.text("entity_eu_referencenumber")), row)
    return parties


def _add(party: Gathering, row: Row) -> None:
    """Add what a row says: of the party itself, and of the one name, address or document it is about."""
    if party.type == "unknown":
        codes = ("entity_subjecttype_classificationcode", "entity_subjecttype")
        party.type = eu.party_type(*map(row.text, codes))
    weak = row.text("namealias_strong").casefold() == "false"
    party.called(eu.name(row.text("namealias_wholename"), *map(row.text, _PARTS)), weak, not weak)
    party.at([row.text(f"address_{part}") for part in _STREET], _country(row, "address"), once=True)
    party.in_country(_country(row, "citizenship"))
    party.numbered(row.text("identification_latinnumber") or row.text("identification_number"))
    years = (row.text("birthdate_yearrangefrom"), row.text("birthdate_yearrangeto"))
    birth = (row.text("birthdate_birthdate"), row.text("birthdate_year"), years, row.text("birthdate_circa"))
    party.born(eu.birth(*birth))
    party.under(row.text("entity_regulation_programme"))
    party.source_url = party.source_url or row.text("entity_regulation_publicationurl")
    listed = row.text("entity_designationdate") or row.text("entity_regulation_publicationdate")
    party.listed_on = party.listed_on or listed_day(listed)
    party.because(row.text("entity_designationdetails"), row.text("entity_remark"))


def _country(row: Row, of: str) -> str:
    return eu.country(row.text(f"{of}_countryiso2code"), row.text(f"{of}_countrydescription"))
