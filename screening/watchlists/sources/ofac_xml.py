"""OFAC's lists in XML: `sdn.xml` and `consolidated.xml` as published, whose root is `sdnList`."""

from datetime import date
from pathlib import Path

from screening.errors import WatchlistError
from screening.watchlists.entry import Snapshot
from screening.watchlists.opening import Opening
from screening.watchlists.slug import date_in_name
from screening.watchlists.sources import ofac
from screening.watchlists.sources.days import listed_day
from screening.watchlists.sources.gathering import Gathering
from screening.watchlists.sources.numbers import stands_for_an_identifier
from screening.watchlists.sources.own_csv import party_type
from screening.watchlists.sources.source import Source
from screening.watchlists.sources.xml_records import Element, XmlRecords, root_tag

FORMAT = "ofac-xml"
_STREET = ("address1", "address2", "address3", "city", "stateOrProvince", "postalCode")


def read(path: Path, name: str) -> Snapshot:
    """The list as a snapshot; WatchlistError when it is damaged or has another count than it says."""
    records = XmlRecords(path, "sdnEntry", "publshInformation")
    parties: list[Gathering] = []
    published: date | None = None
    count = ""
    for record in records:
        if record.tag == "sdnEntry":
            parties.append(_party(record, path))
        else:
            published, count = listed_day(record.first("Publish_Date"), True), record.first("Record_Count")
    if not parties or (count.isdigit() and int(count) != len(parties)):
        what = f"holds {len(parties):,} entries, and says that it has {count or 'some'}"
        raise WatchlistError(str(path), what, "download the list again")
    entries = tuple(ofac.entries(ofac.watchlist_of(path, parties), parties))
    return Snapshot(FORMAT, name, entries, published or date_in_name(path), records.digest, path)


def _recognises(opening: Opening) -> bool:
    return root_tag(opening) == "sdnList"


SOURCE = Source(FORMAT, True, _recognises, read, ofac.named)


def _party(record: Element, path: Path) -> Gathering:
    if not (uid := record.first("uid")):
        raise WatchlistError(f"{path}, line {record.line}", "an entry has no uid", "download the list again")
    party = Gathering(uid, party_type(record.first("sdnType")))
    party.called(_name(record), primary=True)
    for alias in record.all("akaList/aka"):
        party.called(_name(alias), weak=alias.first("category").lower() == "weak")
    party.under(*record.texts("programList/program"))
    for address in record.all("addressList/address"):
        party.at(map(address.first, _STREET), address.first("country"))
    for lands in ("nationalityList/nationality/country", "citizenshipList/citizenship/country"):
        party.in_country(*record.texts(lands))
    party.born(*record.texts("dateOfBirthList/dateOfBirthItem/dateOfBirth"))
    party.in_country(record.first("vesselInfo/vesselFlag"))
    for document in record.all("idList/id"):
        if stands_for_an_identifier(document.first("idType"), number := document.first("idNumber")):
            party.numbered(number)
    party.numbered(record.first("vesselInfo/callSign"))
    party.because(record.first("title"), record.first("remarks"))
    return party


def _name(record: Element) -> str:
    """The name in the order of the printed list, the family name first: `IVANOV, Ivan`."""
    return ", ".join(filter(None, (record.first("lastName"), record.first("firstName"))))
