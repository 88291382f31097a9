"""The consolidated list of the United Nations Security Council, in XML."""

from pathlib import Path

from screening.errors import WatchlistError
from screening.watchlists.entry import Snapshot
from screening.watchlists.opening import Opening
from screening.watchlists.slug import date_in_name
from screening.watchlists.sources.days import listed_day
from screening.watchlists.sources.gathering import Gathering
from screening.watchlists.sources.source import Source
from screening.watchlists.sources.xml_records import Element, XmlRecords, root_tag

FORMAT, WATCHLIST = "un-xml", "un"
_SOURCE = "UN Security Council Consolidated List"
_AUTHORITY = "UN Security Council"
_ADDRESS = "https://main.un.org/securitycouncil/en/content/un-sc-consolidated-list"
_NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_STREET = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE")


def read(path: Path, name: str) -> Snapshot:
    """The list as a snapshot; WatchlistError when it is damaged."""
    records = XmlRecords(path, "INDIVIDUAL", "ENTITY")
    entries = tuple(_party(record, path).entry(WATCHLIST, _SOURCE, _AUTHORITY) for record in records)
    if not entries:
        raise WatchlistError(str(path), "holds no entry", "download the list again")
    day = listed_day(records.root["dateGenerated"]) or date_in_name(path)
    return Snapshot(FORMAT, name, entries, day, records.digest, path)


def _recognises(opening: Opening) -> bool:
    return root_tag(opening) == "CONSOLIDATED_LIST"


SOURCE = Source(FORMAT, True, _recognises, read, lambda path: WATCHLIST)


def _party(record: Element, path: Path) -> Gathering:
    number = record.first("REFERENCE_NUMBER") or record.first("DATAID")
    if not number:
        where = f"{path}, line {record.line}"
        raise WatchlistError(where, "an entry has no REFERENCE_NUMBER", "download the list again")
    # The list marks a delisted entry by a date, and then drops it; both dates are its own.
    party = Gathering(number, "person" if record.tag == "INDIVIDUAL" else "organisation")
    party.listed_on = listed_day(record.first("LISTED_ON"))
    party.ended_on = listed_day(record.first("DELISTED_ON"))
    party.source_url = _ADDRESS
    party.called(" ".join(map(record.first, _NAMES)), primary=True)
    party.called_at_home(record.first("NAME_ORIGINAL_SCRIPT"))
    for alias in record.all(f"{record.tag}_ALIAS"):
        party.called(alias.first("ALIAS_NAME"), weak=alias.first("QUALITY").lower() == "low")
    for address in record.all(f"{record.tag}_ADDRESS"):
        party.at(map(address.first, _STREET), address.first("COUNTRY"))
    party.in_country(*record.texts("NATIONALITY/VALUE"))
    for birth in record.all("INDIVIDUAL_DATE_OF_BIRTH"):
        party.born(_birth(birth))
    party.numbered(*record.texts(f"{record.tag}_DOCUMENT/NUMBER"))
    party.under(record.first("UN_LIST_TYPE"))
    party.because(*record.texts("DESIGNATION/VALUE"), record.first("COMMENTS1"))
    return party


def _birth(birth: Element) -> str:
    """The birth date in words: a day or a year, about a year, or between two."""
    written = birth.first("DATE") or birth.first("YEAR")
    if not written and birth.first("FROM_YEAR"):
        written = f"{birth.first('FROM_YEAR')} to {birth.first('TO_YEAR')}"
    about = birth.first("TYPE_OF_DATE").startswith("APPROX")
    return f"circa {written}" if about and written else written
