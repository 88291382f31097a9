from datetime import date
from pathlib import Path

import pytest

from screening.errors import WatchlistError
from screening.watchlists.loading import bundled_parties, list_files, load_parties
from screening.watchlists.store import import_list

from .conftest import ListFile

CSL = "source,entity_number,type,name,alt_names,programs,source_list_url"
SDN = "Specially Designated Nationals (SDN) - Treasury Department"
UVL = "Unverified List (UVL) - Bureau of Industry and Security"

pytestmark = pytest.mark.usefixtures("no_home")


def ids(*paths: Path, bundled: bool = False) -> list[str]:
    """The ids that a run looks out for, the bundled ones aside."""
    snapshots = load_parties(paths, bundled)
    return [entry.id for snapshot in snapshots if not snapshot.bundled for entry in snapshot.entries]


def test_the_bundled_firms_are_there_unless_left_out() -> None:
    assert {snapshot.bundled for snapshot in load_parties()} == {True}
    assert load_parties(bundled=False) == ()


def test_the_bundled_firms_have_about_a_hundred_entries() -> None:
    assert sum(len(snapshot.entries) for snapshot in bundled_parties()) >= 100


def test_the_eight_addresses_of_june_2024_are_bundled() -> None:
    listed = [e for snapshot in bundled_parties() for e in snapshot.entries if e.type == "address"]
    assert len(listed) == 8 and {e.listed_on for e in listed} == {date(2024, 6, 12)}
    assert not any(e.name or e.verified for e in listed)


def test_an_imported_list_is_used_unless_left_out(list_file: ListFile) -> None:
    import_list(list_file("id,name", "7,Alfa"))
    assert ids(bundled=True) == ["mine:7"]
    assert ids(bundled=False) == []


def test_a_list_named_for_the_run_replaces_the_imported_one(list_file: ListFile) -> None:
    path = list_file("id,name", "7,Alfa", "8,Beta")
    import_list(path)
    assert ids(list_file("id,name", "8,Beta", "9,Gamma"), bundled=True) == ["mine:8", "mine:9"]


def test_an_official_list_named_for_the_run_replaces_only_the_watchlists_it_brings(
    list_file: ListFile,
) -> None:
    import_list(list_file(CSL, f"{SDN},1,,Alfa,,,", f"{UVL},2,,Beta,,,"))
    assert ids(list_file(CSL, f"{SDN},3,,Gamma,,,"), bundled=True) == ["csl-uvl:2", "csl-sdn:3"]


def test_two_parts_of_an_official_list_are_joined(list_file: ListFile) -> None:
    one = list_file(CSL, f"{SDN},1,,Alfa,,,", f"{SDN},2,,Beta,,,", name="one.csv")
    two = list_file(CSL, f"{SDN},2,,Beta,,,", f"{SDN},3,,Gamma,,,", name="two.csv")
    assert ids(one, two) == ["csl-sdn:1", "csl-sdn:2", "csl-sdn:3"]


def test_two_lists_of_ones_own_of_one_name_are_both_kept(list_file: ListFile) -> None:
    one, two = list_file("id,name", "7,Alfa"), list_file("id,name", "7,Beta", name="other/mine.csv")
    assert ids(one, two) == ["mine:7", "mine-2:7"]


def test_a_file_named_twice_is_read_once(list_file: ListFile) -> None:
    path = list_file("id,name", "7,Alfa")
    assert ids(path, path) == ["mine:7"]


def test_a_list_of_a_bundled_lists_name_hides_none_of_its_firms(list_file: ListFile) -> None:
    bundled = bundled_parties()[0]
    path = list_file("id,name", "7,Alfa", name=bundled.path.name)
    assert ids(path, bundled=True) == [f"{bundled.name}-2:7"]
    assert load_parties([path])[0] == bundled


def test_all_ids_of_a_run_are_different(list_file: ListFile) -> None:
    paths = [list_file("name", "Alfa", "Alfa", name=name) for name in ("a.csv", "A/a.csv", "b/a-2.csv")]
    found = ids(*paths)
    assert len(set(found)) == len(found)


def test_a_folder_stands_for_the_lists_in_it(list_file: ListFile) -> None:
    folder = list_file("name", "Beta", name="lists/b.csv").parent
    list_file("name", "Alfa", name="lists/a.csv")
    list_file("what the lists are", name="lists/README.md")
    assert [file.name for file in list_files(folder)] == ["a.csv", "b.csv"]


def test_a_damaged_list_in_a_folder_is_refused_and_not_passed_over(list_file: ListFile) -> None:
    folder = list_file("<html>", name="lists/a.csv").parent
    list_file("name", "Beta", name="lists/b.csv")
    with pytest.raises(WatchlistError, match="web page"):
        list_files(folder)


def test_a_folder_without_lists_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WatchlistError, match="no file in this folder is a list"):
        list_files(tmp_path)
