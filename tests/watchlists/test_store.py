import os
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from screening.errors import UsageError, WatchlistError
from screening.watchlists.store import confirmed, home, import_list, imported

from .conftest import ListFile

TODAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def data_folder(no_home: Path) -> Path:
    return no_home


def files_under(folder: Path) -> set[str]:
    return {path.name for path in (folder / "watchlists").rglob("*") if path.is_file()}


def test_nothing_is_imported_where_there_is_no_data_folder() -> None:
    assert imported() == ()


def test_the_data_folder_is_the_users_unless_the_environment_names_one(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert home() == data_folder
    monkeypatch.delenv("SCREENING_HOME")
    assert home().name == "diversion-screening"


def test_an_imported_list_is_kept_with_all_that_is_known_of_it(list_file: ListFile) -> None:
    item = import_list(list_file("name,aliases,address", "Alfa,A1;A2,1 Main Street"), today=TODAY)
    assert imported() == (item,)
    assert (item.name, item.format, item.file) == ("mine", "own-csv", "mine.csv")
    assert (item.entries, item.names, item.addresses, item.identifiers) == (1, 3, 1, 0)
    assert (item.imported_on, item.date, item.previous) == (TODAY, None, None)


def test_a_kept_list_is_read_without_the_file_that_it_came_from(list_file: ListFile) -> None:
    path = list_file("id,name", "7,Alfa")
    item = import_list(path, "house", today=TODAY)
    path.unlink()
    snapshot = item.snapshot()
    assert [entry.id for entry in snapshot.entries] == ["house:7"]
    assert (snapshot.name, snapshot.digest, snapshot.date) == ("house", item.digest, TODAY)


@pytest.mark.parametrize(
    ("name", "age"), [("mine.csv", 0), ("mine_2026-11-01.csv", 20), ("2027-01-01.csv", 0)]
)
def test_the_age_counts_from_the_lists_own_date_or_from_its_import(
    list_file: ListFile, name: str, age: int
) -> None:
    assert import_list(list_file("name", "Alfa", name=name), today=TODAY).age(TODAY) == age


def test_the_state_before_is_kept_and_those_before_it_are_not(list_file: ListFile, data_folder: Path) -> None:
    items = [import_list(list_file("name", name, name="mine.csv")) for name in ("Alfa", "Beta", "Gamma")]
    assert items[2].previous == items[1].digest
    assert len([path for path in (data_folder / "watchlists/mine").iterdir() if path.is_dir()]) == 2


def test_importing_the_same_file_again_keeps_the_state_before(list_file: ListFile) -> None:
    first = import_list(list_file("name", "Alfa"))
    path = list_file("name", "Beta")
    assert import_list(path).previous == import_list(path).previous == first.digest


@pytest.mark.parametrize("bad", [["<html>"], ["firm", "Alfa"], ["name,country", "Alfa,Wakanda"]])
def test_an_import_that_fails_leaves_what_was_there(
    list_file: ListFile, data_folder: Path, bad: list[str]
) -> None:
    item = import_list(list_file("name", "Alfa"))
    before = files_under(data_folder)
    with pytest.raises(WatchlistError):
        import_list(list_file(*bad))
    assert imported() == (item,) and files_under(data_folder) == before


def test_a_list_that_shrank_needs_a_word(list_file: ListFile) -> None:
    import_list(list_file("name", *(f"Firm {n}" for n in range(20))))
    path = list_file("name", *(f"Firm {n}" for n in range(17)))
    with pytest.raises(WatchlistError, match=r"has 17 entries, .* has 20"):
        import_list(path)
    assert import_list(path, allow_shrink=True).entries == 17


def test_a_list_may_lose_a_tenth_of_its_entries(list_file: ListFile) -> None:
    import_list(list_file("name", *(f"Firm {n}" for n in range(20))))
    assert import_list(list_file("name", *(f"Firm {n}" for n in range(18)))).entries == 18


@pytest.mark.parametrize("name", ["../outside", "/etc", "a/b", "", ".", "Upper", "nul\0"])
def test_a_name_that_is_no_slug_is_refused(list_file: ListFile, name: str) -> None:
    with pytest.raises(UsageError, match="can't name a list"):
        import_list(list_file("name", "Alfa"), name)


def test_a_kept_list_that_was_changed_is_refused(list_file: ListFile) -> None:
    item = import_list(list_file("name", "Alfa"))
    item.path.write_text("name\nBeta\n")
    with pytest.raises(WatchlistError, match="was changed after its import"):
        item.snapshot()


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"name": ', "[" * 100_000])
def test_a_damaged_record_of_a_list_is_refused_with_what_to_do(
    list_file: ListFile, data_folder: Path, text: str
) -> None:
    import_list(list_file("name", "Alfa"))
    (data_folder / "watchlists/mine/current.json").write_text(text)
    with pytest.raises(WatchlistError, match="can't be read; remove its folder"):
        imported()


def test_a_data_folder_that_can_not_be_is_refused(list_file: ListFile, data_folder: Path) -> None:
    data_folder.write_text("a file stands here")
    with pytest.raises(WatchlistError, match=r"can't be written to: .*SCREENING_HOME"):
        import_list(list_file("name", "Alfa"))


def test_an_import_that_stops_before_the_exchange_leaves_the_old_list(
    list_file: ListFile, monkeypatch: pytest.MonkeyPatch, data_folder: Path
) -> None:
    item = import_list(list_file("name", "Alfa"))

    def full(number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WatchlistError, match="No space left on device"):
        import_list(list_file("name", "Beta"))
    assert imported() == (item,) and item.snapshot().entries[0].name == "Alfa"


def test_imports_at_the_same_time_all_come_through(list_file: ListFile) -> None:
    files = [
        list_file("name", *(f"Firm {number} {n}" for n in range(50)), name=f"{number}.csv")
        for number in range(8)
    ]
    with ThreadPoolExecutor(8) as pool:
        items = list(pool.map(lambda file: import_list(file, "mine"), files * 3))
    (item,) = imported()
    assert item.digest in {one.digest for one in items} and len(item.snapshot().entries) == 50


def test_a_list_that_was_exchanged_meanwhile_is_not_put_back(list_file: ListFile) -> None:
    old = import_list(list_file("name", "Alfa"))
    new = import_list(list_file("name", "Beta"))
    assert confirmed(old) == new and imported() == (new,)
