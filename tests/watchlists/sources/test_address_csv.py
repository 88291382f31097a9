from datetime import date

import pytest

from screening.errors import WatchlistError

from .conftest import ListOf

HEADER = "id,address,country,source,listed_on,ended_on,authority,reason,verified,source_url"
ROW = 'a1,"Room 5, 12 Example Road, Hong Kong",HK,Some rule,2024-06-12,,An authority,Used by many,no,https://example.org'


def test_an_address_is_listed_without_a_name(list_of: ListOf) -> None:
    snapshot = list_of(f"{HEADER}\n{ROW}\n", "listed.csv")
    (entry,) = snapshot.entries
    assert (snapshot.format, snapshot.names, snapshot.addresses) == ("address-csv", 0, 1)
    assert (entry.id, entry.type, entry.name, entry.names) == ("listed:a1", "address", "", ())
    assert entry.called == entry.addresses[0] == "Room 5, 12 Example Road, Hong Kong"
    assert (entry.countries, entry.listed_on, entry.verified) == (("HK",), date(2024, 6, 12), False)


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (ROW.replace('"Room 5, 12 Example Road, Hong Kong"', ""), "line 2, address: is blank"),
        (ROW.replace("Some rule", ""), "line 2, source: is blank"),
        (ROW.replace("2024-06-12", "12.6.2024"), "line 2, listed_on: '12.6.2024' is no date"),
        (ROW.replace("2024-06-12,", "2024-06-12,2024-06-11"), "2024-06-11 is before listed_on"),
        (f"{ROW}\n{ROW}", "line 3, id: 'a1' stands on line 2 already"),
        ("", "holds a header and no entry"),
    ],
)
def test_what_is_wrong_with_a_list_is_named(list_of: ListOf, row: str, fault: str) -> None:
    with pytest.raises(WatchlistError) as refused:
        list_of(f"{HEADER}\n{row}\n")
    assert fault in str(refused.value)


def test_the_consolidated_list_calls_addresses_by_numbers(list_of: ListOf) -> None:
    header = "source,entity_number,type,name,alt_names,addresses,programs,source_list_url"
    source = "Entity List (EL) - Bureau of Industry and Security"
    rows = (f'{source},,,Address 01,,"Room 5, 12 Example Road, HK",,', f"{source},,,Address Hotel Ltd,,,,")
    assert [e.type for e in list_of("\n".join((header, *rows))).entries] == ["address", "unknown"]
