from pathlib import Path
from typing import Any

import pytest

from screening.errors import WatchlistError
from screening.watchlists import preparation
from screening.watchlists.entry import Snapshot
from screening.watchlists.loading import load_parties
from screening.watchlists.parties import PartyList
from screening.watchlists.preparation import prepared_parties
from screening.watchlists.store import import_list

from .conftest import ListFile

ALFA = ("id,name,aliases,country,identifiers", "1,Titan Mikro,Titan-Micro,RU,", "2,Ostrich,,IR,IMO 9074729")
Read = list[object]


@pytest.fixture(autouse=True)
def every_list_is_worth_keeping(no_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparation, "WORTH_KEEPING", 1)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Read:
    """Grows by one each time that the lists are read."""
    reads: Read = []

    def loaded(*how: Any) -> tuple[Snapshot, ...]:
        reads.append(how)
        return load_parties(*how)

    monkeypatch.setattr(preparation, "load_parties", loaded)
    return reads


def asked(*paths: Path, bundled: bool = False) -> PartyList:
    parties = prepared_parties(paths, bundled)
    parties.match_many(["Titan Micro"])
    return parties


def test_a_second_start_reads_no_list(list_file: ListFile, read: Read) -> None:
    path = list_file(*ALFA)
    asked(path), asked(path)
    assert len(read) == 1


def test_a_second_start_answers_as_the_first(list_file: ListFile) -> None:
    path = list_file(*ALFA)
    beside = (["titan mikro", "nobody"], ["RU", None], None, [None, "9074729"])
    first, second = asked(path), asked(path)
    assert first.match_many(*beside).equals(second.match_many(*beside))
    assert (first.digest, first.numbers) == (second.digest, second.numbers)
    assert [first[number] for number in range(2)] == [second[number] for number in range(2)]
    assert first.entries.equals(second.entries) and first.names.equals(second.names)


def test_a_second_start_knows_the_lists_as_the_first(list_file: ListFile) -> None:
    path = list_file(*ALFA, name="mine_2026-01-02.csv")
    (first,), (second,) = asked(path).snapshots, asked(path).snapshots
    assert tuple(first.entries) == tuple(second.entries)
    known = (
        "format",
        "name",
        "date",
        "digest",
        "path",
        "bundled",
        "files",
        "watchlists",
        "names",
        "addresses",
    )
    assert [getattr(first, name) for name in known] == [getattr(second, name) for name in known]


def test_a_list_that_changed_is_read_again(list_file: ListFile, read: Read) -> None:
    asked(list_file(*ALFA))
    assert asked(list_file(*ALFA, "3,Gamma,,,"))[2].name == "Gamma"
    assert len(read) == 2


@pytest.mark.parametrize("changed", ["name", "folder", "code", "bundled"])
def test_whatever_a_result_depends_on_is_known_of_it(
    list_file: ListFile, read: Read, changed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = list_file(*ALFA)
    asked(path)
    if changed == "code":
        monkeypatch.setattr(preparation, "code_digest", lambda: "other code")
    other = {"name": list_file(*ALFA, name="other.csv"), "folder": path.parent}.get(changed, path)
    asked(other, bundled=changed == "bundled")
    assert len(read) == 2


def test_an_import_is_seen_at_once(list_file: ListFile, read: Read) -> None:
    before = asked(bundled=True)
    import_list(list_file(*ALFA))
    assert len(asked(bundled=True)) == len(before) + 2


def test_a_damaged_file_is_read_and_made_again(list_file: ListFile, read: Read, no_home: Path) -> None:
    path = list_file(*ALFA)
    asked(path)
    (kept,) = (no_home / "cache").iterdir()
    kept.write_bytes(kept.read_bytes()[:-1])
    asked(path), asked(path)
    assert len(read) == 2


def test_a_file_with_other_contents_is_not_used(
    list_file: ListFile, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = list_file(*ALFA)
    asked(path)
    monkeypatch.setattr(preparation, "_FRAMES", ("entries", "names", "identifiers", "addresses"))
    assert prepared_parties([path], bundled=False)[0].name == "Titan Mikro"
    assert len(read) == 2


def test_a_list_that_changes_while_it_is_read_is_not_kept(
    list_file: ListFile, no_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, load = list_file(*ALFA), load_parties

    def read_and_changed(*how: object) -> object:
        found = load([path], bundled=False)
        list_file(*ALFA, "3,Gamma,,,")
        return found

    monkeypatch.setattr(preparation, "load_parties", read_and_changed)
    asked(path)
    assert not (no_home / "cache").exists()


def test_a_small_list_is_not_kept(
    list_file: ListFile, no_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparation, "WORTH_KEEPING", 3)
    asked(list_file(*ALFA))
    assert not (no_home / "cache").exists()


def test_without_a_folder_to_write_to_the_lists_are_read(list_file: ListFile, no_home: Path) -> None:
    no_home.write_text("a file stands here")
    path = list_file(*ALFA)
    assert asked(path).entries.equals(asked(path).entries)


@pytest.mark.parametrize("path", ["missing.csv", "."])
def test_a_list_that_can_not_be_read_is_told_of(tmp_path: Path, path: str) -> None:
    with pytest.raises(WatchlistError):
        prepared_parties([tmp_path / path], bundled=False)
