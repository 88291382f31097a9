from dataclasses import fields
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from screening.watchlists.columns import Entries, entry_columns, name_columns
from screening.watchlists.entry import PartyEntry

WHOLE = PartyEntry(
    id="mine:1",
    source_id="1",
    watchlist="mine",
    name="Alfa",
    source="test",
    type="vessel",
    aliases=("A", "B"),
    weak_aliases=("Al",),
    original_names=("Альфа",),
    countries=("RU", "CN"),
    addresses=("1 Main Street",),
    identifiers=("IMO 9074729",),
    listed_on=date(2024, 1, 2),
    reason="why",
    verified=False,
)
BARE = PartyEntry(id="mine:2", source_id="2", watchlist="mine", name="Beta", source="test")


def test_an_entry_comes_back_from_its_columns() -> None:
    assert list(Entries(entry_columns([WHOLE, BARE]))) == [WHOLE, BARE]


def test_every_field_of_an_entry_is_a_column() -> None:
    columns = entry_columns([WHOLE]).columns
    assert {field.name for field in fields(PartyEntry)} == set(columns) - {"entry", "rank"}


def test_no_entries_are_columns_too() -> None:
    assert entry_columns([]).schema == entry_columns([WHOLE]).schema
    assert list(Entries(entry_columns([]))) == []


def test_some_of_the_entries_are_entries() -> None:
    entries = Entries(entry_columns([WHOLE, BARE]))
    assert list(entries[1:]) == [BARE] and len(entries[:0]) == 0
    assert entries[-1] == BARE and BARE in entries


def test_each_name_stands_once_and_with_its_best_kind() -> None:
    names = name_columns([WHOLE, BARE])
    assert names["text"].to_list() == ["Alfa", "A", "B", "Al", "Альфа", "Beta"]
    assert names["kind"].to_list() == ["primary", "alias", "alias", "weak", "original", "primary"]
    assert names["entry"].to_list() == [0] * 5 + [1]


@given(ids=st.lists(st.text(min_size=1, max_size=4), unique=True, max_size=8))
def test_the_rank_of_an_entry_is_its_place_by_id(ids: list[str]) -> None:
    entries = entry_columns([PartyEntry(id, id, "mine", "Alfa", "test") for id in ids])
    assert entries.sort("rank")["id"].to_list() == sorted(ids)
