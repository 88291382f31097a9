"""The EU's consolidated list in XML, as the Financial Sanctions Database exports it."""

from pathlib import Path

from screening.errors import WatchlistError
from screening.watchlists.entry import Snapshot
from screening.watchlists.opening import Opening
from screening.watchlists.slug import date_in_name
from screening.watchlists.sources import eu
from screening.watchlists.sources.days import listed_day
from screening.watchlists.sources.gathering import Gathering
from screening.watchlists.sources.source import Source
from screening.watchlists.sources.xml_records import Element, XmlRecords, root_tag

FORMAT = "eu-xml"
_STREET = ("street", "poBox", "zipCode", "city", "region", "place")


def read(path: Path, name: str) -> Snapshot:
    """The list as a snapshot; WatchlistError when it is damaged."""
    records = XmlRecords(path, "sanctionEntity")
    entries = tuple(eu.entry(_party(record, path)) for record in records)
    if not entries:
        raise WatchlistError(str(path), "holds no sanctionEntity", "download the list again")
    day = listed_day(records.root["generationDate"]) or date_in_name(path)
    return Snapshot(FORMAT, name, entries, day, records.digest, path)


def _recognises(opening: Opening) -> bool:
    return root_tag(opening) == "export" and (
        "fsd/export" in opening.text or "sanctionEntity" in opening.text
    )


SOURCE = Source(FORMAT, True, _recognises, read, lambda path: eu.WATCHLIST)


def _party(record: Element, path: Path) -> Gathering:
    if not (number := record["euReferenceNumber"] or record["logicalId"]):
        where = f"{path}, line {record.line}"
        raise WatchlistError(where, "an entity has no euReferenceNumber", "download the list again")
    kinds = [
        code for kind in record.all("subjectType") for code in (kind["code"], kind["classificationCode"])
    ]
    party = Gathering(number, eu.party_type(*kinds, *record.texts("subjectType")))
    party.listed_on = listed_day(record["designationDate"])
    for alias in record.all("nameAlias"):
        weak = alias["strong"].lower() == "false"
        parts = (alias["firstName"], alias["middleName"], alias["lastName"])
        party.called(eu.name(alias["wholeName"], *parts), weak=weak, primary=not weak)
    for address in record.all("address"):
        country = eu.country(address["countryIso2Code"], address["countryDescription"])
        party.at([address[part] for part in _STREET], country)
    for citizenship in record.all("citizenship"):
        party.in_country(eu.country(citizenship["countryIso2Code"], citizenship["countryDescription"]))
    for document in record.all("identification"):
        party.numbered(document["latinNumber"] or document["number"])
    for birth in record.all("birthdate"):
        years = (birth["yearRangeFrom"], birth["yearRangeTo"])
        party.born(eu.birth(birth["birthdate"], birth["year"], years, birth["circa"]))
    _regulations(party, record)
    party.because(record["designationDetails"], *record.texts("remark"))
    return party


def _regulations(party: Gathering, record: Element) -> None:
    for regulation in record.all("regulation"):
        party.under(regulation["programme"])
        party.source_url = party.source_url or regulation.first("publicationUrl")
        party.listed_on = party.listed_on or listed_day(regulation["publicationDate"])
