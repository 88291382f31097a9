"""`--history` and `screening history` on the command line."""

import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.history.books import csv_file, row


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, day in (("a", "2024-03-01"), ("b", "2024-03-02")):
        csv_file(tmp_path, f"{name}.csv", [row(shipment_id=name, shipment_date=day)])
    return tmp_path


def day(run: Run, name: str, *words: str) -> str:
    result = run("screen", f"{name}.csv", "--history", "h.db", *words)
    assert result.exit_code == 0, result.stderr
    return result.stderr


def test_a_run_says_what_became_of_its_history(run: Run) -> None:
    assert "history: 0 shipments of runs before; 1 added (run 1)" in day(run, "a")
    assert "history: 1 shipments of runs before, back to 2024-03-01; 1 added (run 2)" in day(run, "b")
    assert "this was run 2, and it stays as it is" in day(run, "b")


def test_a_history_shows_what_it_holds(run: Run) -> None:
    day(run, "a")
    day(run, "b")
    told = run("history", "show", "h.db").stdout.splitlines()
    assert told[:3] == [
        "2 shipments of 2 runs",
        "dated from 2024-03-01 to 2024-03-02",
        "reaches back to 2024-03-01",
    ]
    assert told[3] == "kept for 1,830 days before the newest one"


def test_a_party_is_forgotten(run: Run) -> None:
    day(run, "a")
    words = ("history", "forget", "h.db", "--party", "ALTYN TRADING")
    assert run(*words).stdout == "ALTYN TRADING was deleted from 1 shipment\n"
    assert run(*words).stdout == "ALTYN TRADING was deleted from 0 shipments\n"


def test_shipments_are_pruned_for_another_time(run: Run) -> None:
    day(run, "a")
    day(run, "b")
    assert run("history", "prune", "h.db", "--keep", "0").exit_code == 2
    assert run("history", "prune", "h.db").stdout == "0 shipments deleted\n"


def test_a_time_without_a_history_makes_no_sense(run: Run) -> None:
    result = run("screen", "a.csv", "--history-keep", "30")
    assert (result.exit_code, "--history-keep says nothing without --history" in result.stderr) == (2, True)


@pytest.mark.parametrize("command", ["show", "prune", "forget"])
def test_a_history_that_is_not_there_is_not_made(run: Run, folder: Path, command: str) -> None:
    result = run("history", command, "none.db", *(["--party", "A"] if command == "forget" else []))
    assert (result.exit_code, result.stderr) == (2, "error: none.db: no such file; name a history\n")
    assert not (folder / "none.db").exists()


def test_the_history_is_not_written_over(run: Run) -> None:
    day(run, "a")
    result = run("screen", "b.csv", "--history", "h.db", "--output", "h.db.jsonl", "--rejects", "h.db")
    assert (result.exit_code, "would be overwritten" in result.stderr) == (2, True)


def test_what_is_no_history_is_refused_in_a_line(run: Run, folder: Path) -> None:
    sqlite3.connect("other.db").execute("CREATE TABLE notes (text)")
    (folder / "plain").write_text("no database")
    for place in ("other.db", "plain", "no/folder.db", str(folder), "nosuch://place"):
        result = run("screen", "a.csv", "--history", place)
        assert (result.exit_code, result.stderr.count("\n")) == (2, 1), result.stderr
        assert result.stderr.startswith(f"error: {place}: ")
