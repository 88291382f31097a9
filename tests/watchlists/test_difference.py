import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.watchlists.difference import Difference, difference
from screening.watchlists.entry import PartyEntry, Snapshot

IMO = "IMO 9074729"


def party(number: str, name: str, **fields: Any) -> PartyEntry:
    return PartyEntry(
        id=f"mine:{number}", source_id=number, watchlist="mine", name=name, source="test", **fields
    )


def state(*entries: PartyEntry, name: str = "mine") -> Snapshot:
    return Snapshot("own-csv", name, entries, date(2026, 1, 2), "ab", Path("mine.csv"))


def changed(old: PartyEntry, new: PartyEntry) -> str:
    found = difference(state(old), state(new))
    assert (found.added, found.removed) == ((), ())
    return found.changed[0].sentence


def counts(found: Difference) -> tuple[int, int, int]:
    return len(found.added), len(found.removed), len(found.changed)


def test_a_list_does_not_differ_from_itself() -> None:
    alfa = state(party("1", "Alfa", addresses=("1 Main Street",)))
    assert not difference(alfa, alfa)


def test_what_came_and_what_went_is_told_by_id() -> None:
    found = difference(
        state(party("1", "Alfa"), party("2", "Beta")), state(party("2", "Beta"), party("3", "Gamma"))
    )
    assert list(found.sentences) == ["Gamma (mine:3): added", "Alfa (mine:1): removed"]


def test_a_renamed_entry_says_what_it_was_called() -> None:
    sentence = changed(party("1", "Alfa"), party("1", "Beta", aliases=("Alfa",)))
    assert sentence == "Beta (mine:1): was called Alfa; name added: Beta"


@pytest.mark.parametrize(
    ("was", "now", "sentence"),
    [
        ({"addresses": ("A",)}, {"addresses": ("B", "C")}, "address added: B, C; address removed: A"),
        ({}, {"identifiers": (IMO,)}, f"identifier added: {IMO}"),
        ({"aliases": ("Alpha",)}, {}, "name removed: Alpha"),
        ({"aliases": ("Al",)}, {"weak_aliases": ("Al",)}, "weak alias added: Al"),
        ({}, {"ended_on": date(2026, 2, 1)}, "end of the listing added: 2026-02-01"),
        ({"countries": ("RU",)}, {"countries": ("RU", "CN")}, "country added: CN"),
        ({"verified": False}, {"verified": True}, "verified added: yes; verified removed: no"),
    ],
)
def test_each_field_that_changed_is_told(was: dict[str, Any], now: dict[str, Any], sentence: str) -> None:
    assert changed(party("1", "Alfa", **was), party("1", "Alfa", **now)) == f"Alfa (mine:1): {sentence}"


def test_the_order_of_names_and_addresses_is_no_change() -> None:
    one = party("1", "Alfa", aliases=("A", "B"), addresses=("X", "Y"))
    assert not difference(state(one), state(party("1", "Alfa", aliases=("B", "A"), addresses=("Y", "X"))))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"name": "Alfa"}, {"name": "Alfa"}),
        ({"name": "Alfa LLC", "aliases": ("A",)}, {"name": "ALFA", "aliases": ("a",)}),
        ({"name": "Alfa", "identifiers": (IMO,)}, {"name": "Omega", "identifiers": ("9074729",)}),
        (
            {"name": "Alfa", "countries": ("RU",)},
            {"name": "Alfa", "countries": ("RU", "CN"), "aliases": ("B",)},
        ),
    ],
)
def test_an_entry_under_another_id_is_known_again(old: dict[str, Any], new: dict[str, Any]) -> None:
    found = difference(state(party("1", **old)), state(party("9", **new)))
    assert counts(found) == (0, 0, 1)
    assert found.changed[0].moved and "stood under mine:1" in found.changed[0].sentence


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"name": "Alfa", "countries": ("RU",)}, {"name": "Alfa", "countries": ("CN",), "aliases": ("B",)}),
        ({"name": "Alfa", "type": "vessel"}, {"name": "Alfa", "type": "person"}),
        ({"name": "Alfa", "identifiers": ("123",)}, {"name": "Beta", "identifiers": ("123",)}),
    ],
)
def test_parties_that_may_be_two_are_not_taken_for_one(old: dict[str, Any], new: dict[str, Any]) -> None:
    assert counts(difference(state(party("1", **old)), state(party("9", **new)))) == (1, 1, 0)


def test_a_name_that_several_entries_have_proves_nothing() -> None:
    found = difference(state(party("1", "Alfa")), state(party("8", "Alfa"), party("9", "Alfa")))
    assert counts(found) == (2, 1, 0)


def test_what_a_user_calls_a_list_is_no_change() -> None:
    other = PartyEntry(id="house:1", source_id="1", watchlist="house", name="Alfa", source="house.csv")
    assert not difference(state(other, name="house"), state(party("1", "Alfa")))


def test_a_long_change_is_cut_in_its_sentence_and_whole_in_its_record() -> None:
    aliases = tuple(f"Alias {n}" for n in range(9))
    found = difference(state(party("1", "Alfa")), state(party("1", "Alfa", aliases=aliases)))
    assert found.changed[0].sentence.endswith("Alias 2 and 6 more")
    assert found.record["changed"][0]["changes"] == [
        {"field": "names", "removed": [], "added": list(aliases)}
    ]


def test_a_difference_is_plain_values_with_its_counts() -> None:
    found = difference(
        state(party("1", "Alfa"), party("2", "Beta")), state(party("2", "Betta"), party("3", "G"))
    )
    record = json.loads(json.dumps(found.record))
    assert record["summary"] == found.summary
    assert found.summary == "mine: 1 added, 1 removed, 1 changed (1 renamed, 0 under another id), 0 as before"


ENTRIES = st.dictionaries(
    st.integers(1, 6).map(str), st.sampled_from(["Alfa", "Beta", "Gamma", "Alfa Beta"]), max_size=6
).map(lambda names: [party(number, name) for number, name in names.items()])


@given(old=ENTRIES, new=ENTRIES)
def test_every_entry_is_told_once_and_the_way_back_is_the_same_way(
    old: list[PartyEntry], new: list[PartyEntry]
) -> None:
    there, back = difference(state(*old), state(*new)), difference(state(*new), state(*old))
    assert (there.added, there.removed) == (back.removed, back.added)
    assert {(c.old.id, c.new.id) for c in there.changed} == {(c.new.id, c.old.id) for c in back.changed}
    assert len(new) - len(old) == len(there.added) - len(there.removed)
