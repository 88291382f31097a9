import csv
import io
from datetime import date

import pytest

from screening.errors import WatchlistError
from screening.watchlists.entry import Snapshot

from .conftest import ListOf

PUBLISHED = (
    *("Last Updated", "Unique ID", "OFSI Group ID", "UN Reference Number", "Name 6", "Name 1", "Name 2"),
    *("Name 3", "Name 4", "Name 5", "Name type", "Alias strength", "Title", "Name non-latin script"),
    *("Non-latin script type", "Non-latin script language", "Regime Name", "Designation Type"),
    *("Designation source", "Sanctions Imposed", "Other Information", "UK Statement of Reasons"),
    *(f"Address Line {number}" for number in range(1, 7)),
    *("Address Postal Code", "Address Country", "Phone number", "Website", "Email address"),
    *("Date Designated", "D.O.B", "Nationality(/ies)", "National Identifier number", "Passport number"),
    *("Business registration number (s)", "IMO number", "Current believed flag of ship"),
)
OFSI = (
    *("Name 6", "Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Title", "Name Non-Latin Script", "DOB"),
    *("Nationality", "Passport Number", "Passport Details", "National Identification Number", "Position"),
    *(f"Address {number}" for number in range(1, 7)),
    *("Post/Zip Code", "Country", "Other Information", "Group Type", "Alias Type", "Alias Quality"),
    *("Regime", "Listed On", "UK Sanctions List Date Designated", "Last Updated", "Group ID"),
)
REDUCED = (
    "Unique ID",
    "OFSI Group ID",
    "Name",
    "Regime Name",
    "Type",
    "Date Designated",
    "Sanctions Imposed",
)


def table(header: tuple[str, ...], *rows: dict[str, str], title: str = "") -> str:
    text = io.StringIO()
    written = csv.DictWriter(text, header, restval="")
    written.writeheader()
    written.writerows(rows)
    return (f"{title}\n" if title else "") + text.getvalue()


@pytest.fixture
def published(list_of: ListOf) -> Snapshot:
    party = {"Unique ID": "RUS9999", "Regime Name": "Russia", "Designation Type": "Individual"}
    first = {
        **{"Name 6": "EXEMPLAR", "Name 1": "Ivan", "Name 2": "Q", "Name type": "Primary Name"},
        **{"Name non-latin script": "Иван Примеров", "UK Statement of Reasons": "Makes boxes"},
        **{"Address Line 1": "1 Hill", "Address Line 6": "Omsk", "Address Country": "Russia"},
        **{"Date Designated": "24/02/2022", "Nationality(/ies)": "(1) Russia (2) Belarus"},
        **{"Passport number": "AB 123|CD 456"},
    }
    alias = {"Name 6": "BOXER", "Name type": "Alias", "Alias strength": "Low Quality"}
    ship = {
        **{"Unique ID": "RUS9998", "Name 6": "EXAMPLE STAR", "Name type": "Primary Name"},
        **{"Designation Type": "Ship", "IMO number": "9187629", "Current believed flag of ship": "Panama"},
    }
    rows = (party | first, party | first | alias, ship)
    return list_of(table(PUBLISHED, *rows, title="Report Date: 17-Jan-2025"))


def test_the_rows_of_a_party_are_one_entry(published: Snapshot) -> None:
    entry = published.entries[0]
    assert (len(published.entries), entry.id, entry.type) == (2, "uk:RUS9999", "person")
    assert (entry.name, entry.weak_aliases) == ("Ivan Q EXEMPLAR", ("Ivan Q BOXER",))
    assert (entry.original_names, entry.addresses) == (("Иван Примеров",), ("1 Hill, Omsk, Russia",))
    assert (entry.countries, entry.identifiers) == (("RU", "BY"), ("AB 123", "CD 456"))
    assert (entry.programmes, entry.listed_on) == (("Russia",), date(2022, 2, 24))


def test_a_ship_has_its_number_and_flag(published: Snapshot) -> None:
    ship = published.entries[1]
    assert (ship.type, ship.identifiers, ship.countries) == ("vessel", ("IMO 9187629",), ("PA",))


def test_the_list_has_the_date_of_its_report(published: Snapshot) -> None:
    assert (published.format, published.name, published.date) == ("uk-csv", "uk", date(2025, 1, 17))


def test_the_treasurys_list_goes_by_its_own_numbers(list_of: ListOf) -> None:
    first = {
        **{"Name 6": "EXAMPLE BANK", "Group Type": "Entity", "Alias Type": "Primary name", "Group ID": "77"},
        **{"Regime": "Syria", "Listed On": "17/02/2012", "Address 1": "1 Hill", "Country": "Syria"},
    }
    alias = {"Name 6": "EXBANK", "Alias Type": "AKA", "Alias Quality": "Good", "Group ID": "77"}
    spelt = {"Name 6": "EXAMPL BANK", "Alias Type": "Primary name variation", "Group ID": "77"}
    snapshot = list_of(table(OFSI, first, alias, spelt, title="Last Updated,17/01/2025"))
    (entry,) = snapshot.entries
    assert (entry.id, entry.name, entry.aliases) == ("uk-ofsi:77", "EXAMPLE BANK", ("EXBANK", "EXAMPL BANK"))
    assert (entry.type, entry.addresses) == ("organisation", ("1 Hill, Syria",))
    assert (snapshot.date, entry.listed_on) == (date(2025, 1, 17), date(2012, 2, 17))


def test_the_list_of_primary_names_keeps_an_entry_that_has_none(list_of: ListOf) -> None:
    named = {"Unique ID": "BEL1", "Name": "ALFA  LLC", "Type": "Entity", "Date Designated": "27-01-2025"}
    nameless = {"Unique ID": "BEL2", "Name": "\n   ", "Type": "Individual", "Regime Name": "Belarus"}
    snapshot = list_of(table(REDUCED, named, nameless), "uk_2025-08-11.csv")
    assert [(entry.source_id, entry.name) for entry in snapshot.entries] == [
        ("BEL1", "ALFA LLC"),
        ("BEL2", ""),
    ]
    assert (snapshot.names, snapshot.date) == (1, date(2025, 8, 11))


def test_a_row_without_its_number_and_an_empty_list_are_refused(list_of: ListOf) -> None:
    with pytest.raises(WatchlistError, match="line 2, number: is blank"):
        list_of(table(REDUCED, {"Name": "ALFA"}))
    with pytest.raises(WatchlistError, match="a header and no entry"):
        list_of(table(REDUCED))
