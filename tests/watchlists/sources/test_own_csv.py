from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.errors import WatchlistError
from screening.watchlists.entry import Snapshot
from screening.watchlists.sources import read_list
from screening.watchlists.sources.own_csv import party_type

FULL = (
    "ID,Name,Aliases,Country,Type,Address,Identifiers,Source,Listed_On,Ended On,Authority,Reason,Verified",
    "7,Alfa LLC,Alfa;АО Альфа,Russia;TR,Company,1 Main Street;-0-,INN 7707083893,our desk,2023-05-19,"
    "2024-01-31,EU,buys chips,no",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def read(folder: Path, lines: Sequence[str], name: str = "Our List 2024-05-01.csv") -> Snapshot:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return read_list(path)


def test_every_column_of_the_layout_is_read(folder: Path) -> None:
    (entry,) = read(folder, FULL).entries
    assert (entry.id, entry.source_id, entry.watchlist) == ("our-list:7", "7", "our-list")
    assert (entry.name, entry.aliases) == ("Alfa LLC", ("Alfa", "АО Альфа"))
    assert (entry.countries, entry.type) == (("RU", "TR"), "organisation")
    assert (entry.addresses, entry.identifiers) == (("1 Main Street",), ("INN 7707083893",))
    assert (entry.listed_on, entry.ended_on) == (date(2023, 5, 19), date(2024, 1, 31))
    assert (entry.source, entry.authority, entry.reason) == ("our desk", "EU", "buys chips")
    assert entry.verified is False


def test_a_name_is_all_that_an_entry_needs(folder: Path) -> None:
    (entry,) = read(folder, ["name", "Alfa"]).entries
    assert entry.names == ("Alfa",)
    assert entry.source == "Our List 2024-05-01.csv"


def test_the_list_has_the_name_and_date_of_its_file(folder: Path) -> None:
    snapshot = read(folder, FULL)
    assert (snapshot.name, snapshot.date) == ("our-list", date(2024, 5, 1))


def test_an_entry_without_an_id_keeps_the_one_that_its_name_gives(folder: Path) -> None:
    before = read(folder, ["name,country", "Alfa,RU", "Beta,TR"])
    after = read(folder, ["name,country", "Gamma,KZ", "BETA,", "Alfa,RU"])
    assert [e.id for e in after.entries][1:] == [e.id for e in before.entries][::-1]


def test_entries_of_one_name_have_ids_of_their_own(folder: Path) -> None:
    one, two = read(folder, ["name,country", "Alfa,RU", "Alfa,TR"]).entries
    assert two.id == f"{one.id}-2"


def test_an_id_that_stands_twice_is_refused_with_both_lines(folder: Path) -> None:
    with pytest.raises(WatchlistError, match="line 3, id: '7' stands on line 2 already"):
        read(folder, ["id,name", "7,Alfa", "7,Beta"])


def test_all_that_is_wrong_is_told_at_once(folder: Path) -> None:
    lines = ["name,country,listed_on,verified", "Alfa,Wakanda,,", ",RU,13/25/2023,", "Beta,RU,,perhaps"]
    with pytest.raises(WatchlistError) as caught:
        read(folder, lines)
    told = str(caught.value)
    assert all(part in told for part in ("line 2, country", "line 3, name", "line 3, listed_on", "line 4"))
    assert "\n" not in told


def test_a_listing_ends_after_it_begins(folder: Path) -> None:
    with pytest.raises(WatchlistError, match="ended_on: 2023-01-01 is before listed_on"):
        read(folder, ["name,listed_on,ended_on", "Alfa,2024-01-01,2023-01-01"])


def test_unknown_columns_are_passed_over(folder: Path) -> None:
    (entry,) = read(folder, ["name,colour", "Alfa,red"]).entries
    assert entry.name == "Alfa"


def test_columns_go_by_their_usual_other_names(folder: Path) -> None:
    (entry,) = read(folder, ["Name;AKA;Countries", "Alfa;A1;RU"]).entries
    assert (entry.aliases, entry.countries) == (("A1",), ("RU",))


@pytest.mark.parametrize(
    ("word", "means"),
    [
        ("Entity", "organisation"),
        ("PERSON", "person"),
        ("ship", "vessel"),
        ("plane", "aircraft"),
        ("?", "unknown"),
    ],
)
def test_a_type_goes_by_the_words_of_the_lists(word: str, means: str) -> None:
    assert party_type(word) == means


NAMES = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1).filter(lambda text: text != "-0-")


@given(st.lists(NAMES, min_size=1, unique=True))
def test_every_name_of_the_file_is_an_entry(
    tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    quoted = ['"' + name.replace('"', '""') + '"' for name in names]
    snapshot = read(tmp_path_factory.mktemp("own"), ["name,country", *(f"{name},TR" for name in quoted)])
    assert [entry.name for entry in snapshot.entries] == names
    assert len({entry.id for entry in snapshot.entries}) == len(names)
