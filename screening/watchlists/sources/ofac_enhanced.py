"""OFAC's lists in its enhanced XML: names in their own scripts, and the dates of listing."""

from collections.abc import Iterator
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

FORMAT = "ofac-enhanced-xml"
_SDN_LIST = "SDN List"
_LANDS = ("nationality", "citizenship", "vessel flag")


def read(path: Path, name: str) -> Snapshot:
    """The list as a snapshot; WatchlistError when it is damaged."""
    records = XmlRecords(path, "entity", "publicationInfo")
    day, parties, lists = date_in_name(path), [], set()
    for record in records:
        if record.tag == "publicationInfo":
            day = listed_day(record.first("dataAsOf")) or day
        else:
            parties.append(_party(record, path))
            lists.update(record.texts("sanctionsLists/sanctionsList"))
    if not parties:
        raise WatchlistError(str(path), "holds no entity", "download the list again")
    watchlist = ofac.SDN if _SDN_LIST in lists else ofac.OTHERS
    return Snapshot(FORMAT, name, tuple(ofac.entries(watchlist, parties)), day, records.digest, path)


def _recognises(opening: Opening) -> bool:
    return root_tag(opening) == "sanctionsData"


SOURCE = Source(FORMAT, True, _recognises, read, ofac.named)


def _party(record: Element, path: Path) -> Gathering:
    if not (number := record["id"]):
        raise WatchlistError(f"{path}, line {record.line}", "an entity has no id", "download the list again")
    party = Gathering(number, party_type(record.first("generalInfo/entityType")))
    for name in record.all("names/name"):
        primary, weak = name.first("isPrimary") == "true", name.first("isLowQuality") == "true"
        for spelt in name.all("translations/translation"):
            party.called(_spelling(spelt), weak, primary and spelt.first("isPrimary") != "false")
    for address in record.all("addresses/address"):
        party.at(_parts(address), address.first("country"))
    for feature in record.all("features/feature"):
        _add_feature(party, feature.first("type"), feature.first("value"))
    for document in record.all("identityDocuments/identityDocument"):
        if stands_for_an_identifier(document.first("type"), number := document.first("documentNumber")):
            party.numbered(number)
    party.under(*record.texts("sanctionsPrograms/sanctionsProgram"))
    days = (listed_day(each["datePublished"]) for each in record.all("sanctionsLists/sanctionsList"))
    party.listed_on = min((day for day in days if day), default=None)
    party.because(record.first("generalInfo/title"), record.first("generalInfo/remarks"))
    return party


def _spelling(spelt: Element) -> str:
    last, first = spelt.first("formattedLastName"), spelt.first("formattedFirstName")
    return spelt.first("formattedFullName") or ", ".join(filter(None, (last, first)))


def _parts(address: Element) -> Iterator[str]:
    """The parts of the address in its first spelling: the others say the same in other scripts."""
    for spelt in address.all("translations/translation"):
        if spelt.first("isPrimary") != "false":
            yield from spelt.texts("addressParts/addressPart/value")
            return


def _add_feature(party: Gathering, kind: str, value: str) -> None:
    """Add a feature that is a country, a birth date or a number; most others describe."""
    if kind.casefold().startswith(_LANDS):
        party.in_country(value)
    elif kind.casefold() == "birthdate":
        party.born(value)
    elif kind.casefold() == "vessel call sign" or kind.startswith(ofac.identifier_kinds()):
        party.numbered(value if stands_for_an_identifier(kind, value) else "")
