from datetime import date

import pytest

from screening.errors import WatchlistError
from screening.watchlists.entry import Snapshot

from .conftest import ListOf

HEADER = (
    "Name\tStreet_Address\tCity\tState\tCountry\tPostal_Code\tEffective_Date\tExpiration_Date\t"
    "Standard_Order\tLast_Update\tAction\tFR_Citation"
)
FIRM = (
    "EXAMPLE BOXES, INC.\t1 MAIN STREET\tMIAMI\tFL\tUS\t33166\t05/19/2023\t05/19/2033\tY\t2023-05-26\t"
    "FR NOTICE ADDED\t88 F.R. 1 5/26/2023"
)
PERSON = "JANE EXEMPLAR\t2 HILL\tDUBAI\t\tAE\t\t01/02/2020\t\tY\t2020-01-10\t\t85 F.R. 2"


def read(list_of: ListOf, *rows: str) -> Snapshot:
    return list_of("\r\n".join([HEADER, *rows]), "dpl.txt")


def test_a_denied_firm_is_read_with_all_that_the_list_says(list_of: ListOf) -> None:
    (entry,) = read(list_of, FIRM).entries
    assert (entry.watchlist, entry.type, entry.name) == ("bis-dpl", "unknown", "EXAMPLE BOXES, INC.")
    assert (entry.addresses, entry.countries) == (("1 MAIN STREET, MIAMI, FL, 33166, US",), ("US",))
    assert (entry.listed_on, entry.ended_on) == (date(2023, 5, 19), date(2033, 5, 19))
    assert entry.reason == "FR NOTICE ADDED; 88 F.R. 1 5/26/2023"


def test_a_denial_without_an_end_is_for_good(list_of: ListOf) -> None:
    (entry,) = read(list_of, PERSON).entries
    assert (entry.listed_on, entry.ended_on) == (date(2020, 1, 2), None)


def test_the_list_is_as_old_as_its_latest_change(list_of: ListOf) -> None:
    snapshot = read(list_of, FIRM, PERSON)
    assert (snapshot.format, snapshot.name, snapshot.date) == ("bis-dpl", "bis-dpl", date(2023, 5, 26))


def test_an_entry_keeps_its_id_in_any_order_of_the_file(list_of: ListOf) -> None:
    rows = (FIRM, PERSON, FIRM.replace("MIAMI", "TAMPA"))
    forth = {entry.addresses: entry.id for entry in read(list_of, *rows).entries}
    assert forth == {entry.addresses: entry.id for entry in read(list_of, *rows[::-1]).entries}
    assert len(set(forth.values())) == 3


def test_a_row_without_a_name_is_refused(list_of: ListOf) -> None:
    with pytest.raises(WatchlistError, match="line 2, name: is blank"):
        read(list_of, FIRM.replace("EXAMPLE BOXES, INC.", ""))
