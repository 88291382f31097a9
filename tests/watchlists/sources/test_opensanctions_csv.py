from datetime import date

import pytest

from screening.errors import WatchlistError

from .conftest import ListOf

HEADER = (
    '"id","schema","name","aliases","birth_date","countries","addresses","identifiers","sanctions","phones",'
    '"emails","program_ids","dataset","first_seen","last_seen","last_change"'
)
FIRM = (
    '"NK-1","Company","Alfa LLC","Alpha;""ALFA """"BEST; FIRM"""" LLC"";Альфа","","ru;hk",'
    '"1 Lenin St, Omsk;2 Hill","INN7707083893;IMO9187629","""Makes boxes""","","","UA-X;UA-Y","Some List",'
    '"2025-10-06T14:15:21","2026-03-13T05:41:01","2026-02-05T14:54:48"'
)
PERSON = (
    '"NK-2","Person","Jane Exemplar","","1970-01-01","suhh","","","""""","","","","Some List",'
    '"2025-10-06T14:15:21","2026-03-12T05:41:01","2026-02-05T14:54:48"'
)


def test_an_entry_is_read_with_all_that_the_table_says(list_of: ListOf) -> None:
    entry = list_of("\n".join([HEADER, FIRM])).entries[0]
    assert (entry.id, entry.type, entry.name) == ("opensanctions:NK-1", "organisation", "Alfa LLC")
    assert entry.addresses == ("1 Lenin St, Omsk", "2 Hill")
    assert (entry.countries, entry.identifiers) == (("RU", "HK"), ("INN7707083893", "IMO9187629"))
    assert (entry.programmes, entry.source, entry.reason) == (("UA-X", "UA-Y"), "Some List", "Makes boxes")
    assert entry.source_url.endswith("/NK-1/")


def test_a_cell_of_many_is_a_line_of_its_own(list_of: ListOf) -> None:
    entry = list_of("\n".join([HEADER, FIRM])).entries[0]
    assert entry.aliases == ("Alpha", 'ALFA "BEST; FIRM" LLC')
    assert entry.original_names == ("Альфа",)


def test_when_a_list_was_looked_at_is_its_date_and_ends_no_listing(list_of: ListOf) -> None:
    snapshot = list_of("\n".join([HEADER, FIRM, PERSON]), "targets.simple.csv")
    assert (snapshot.format, snapshot.name, snapshot.date) == (
        *("opensanctions-csv", "opensanctions"),
        date(2026, 3, 13),
    )
    assert {(entry.listed_on, entry.ended_on) for entry in snapshot.entries} == {(None, None)}
    assert (snapshot.entries[1].countries, snapshot.entries[1].reason) == ((), "")


def test_a_row_without_an_id_is_refused(list_of: ListOf) -> None:
    with pytest.raises(WatchlistError, match="line 2, id: is blank"):
        list_of("\n".join([HEADER, FIRM.replace("NK-1", "")]))
