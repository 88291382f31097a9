from dataclasses import replace
from pathlib import Path

from screening.watchlists.entry import PartyEntry, Snapshot

FIRM = PartyEntry(
    id="mine:1",
    source_id="1",
    watchlist="mine",
    name="Alfa LLC",
    source="test",
    aliases=("Alfa", "Alfa LLC", " "),
    weak_aliases=("A",),
    original_names=("ООО Альфа", "Alfa"),
    addresses=("-0-", " ", "1 Main Street"),
    identifiers=("7707083893",),
)


def snapshot(*entries: PartyEntry) -> Snapshot:
    return Snapshot("own-csv", "mine", entries, None, "", Path("mine.csv"))


def test_the_names_of_an_entry_are_distinct_and_begin_with_the_primary_one() -> None:
    assert FIRM.names == ("Alfa LLC", "Alfa", "A", "ООО Альфа")


def test_names_are_counted_entry_by_entry() -> None:
    assert snapshot(FIRM, FIRM).names == 8


def test_an_address_that_says_nothing_is_not_counted() -> None:
    assert snapshot(FIRM).addresses == 1


def test_identifiers_are_counted() -> None:
    assert snapshot(FIRM).identifiers == 1


def test_the_watchlists_of_a_snapshot_stand_in_the_order_of_their_entries() -> None:
    other = replace(FIRM, watchlist="another")
    assert snapshot(FIRM, other, FIRM).watchlists == ("mine", "another")
