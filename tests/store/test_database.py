"""A store is opened, made, refused and written to alike in both databases."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text

from screening.errors import StoreError
from screening.store import sqlite
from screening.store.database import Database
from screening.store.migrating import VERSION_TABLE
from screening.store.schema import AUDIT, RUNS
from screening.store.transaction import Writing


def keep_run(transaction: Writing, name: str) -> None:
    transaction.connection.execute(insert(RUNS).values(id=name, at=transaction.at, manifest="{}"))
    transaction.log("run", "ada", name, rows=[(RUNS, name)])


def runs(database: Database) -> list[str]:
    with database.reading() as transaction:
        return list(transaction.connection.execute(select(RUNS.c.id).order_by(RUNS.c.id)).scalars())


def test_what_is_written_is_there_for_others(database: Database, url: str) -> None:
    database.write(lambda tx: keep_run(tx, "r1"))
    with Database.open(url) as other:
        assert runs(other) == ["r1"]


def test_what_raises_leaves_nothing_behind(database: Database) -> None:
    with pytest.raises(RuntimeError), database.writing() as transaction:
        keep_run(transaction, "r1")
        raise RuntimeError
    assert runs(database) == []


def test_a_look_sees_one_state(database: Database) -> None:
    with database.reading() as transaction:
        before = transaction.connection.execute(select(RUNS.c.id)).all()
        database.write(lambda tx: keep_run(tx, "r1"))
        assert transaction.connection.execute(select(RUNS.c.id)).all() == before == []


def test_workers_that_open_a_new_store_at_once_make_it_once(url: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        opened = list(pool.map(lambda _: Database.open(url), range(8)))
    assert [runs(database) for database in opened] == [[]] * 8
    for database in opened:
        database.close()


def test_work_is_begun_again_when_another_was_first(database: Database) -> None:
    def at_once(number: int) -> bool:
        def work(transaction: Writing) -> bool:
            there = transaction.connection.execute(select(RUNS.c.id)).first()
            if there is None:
                keep_run(transaction, "the one")
            return there is None

        return database.write(work)

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(at_once, range(24))) == 1


def test_entries_of_many_writers_are_numbered_without_a_gap(database: Database) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: database.write(lambda tx: keep_run(tx, f"r{n}")), range(40)))
    with database.reading() as transaction:
        entries = transaction.connection.execute(select(AUDIT).order_by(AUDIT.c.number)).all()
    assert [entry.number for entry in entries] == list(range(1, 41))
    assert all(one.hash == next_one.before for one, next_one in pairwise(entries))


def test_a_store_of_a_newer_version_is_refused(database: Database, url: str) -> None:
    with database.writing() as transaction:
        transaction.connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    with pytest.raises(StoreError, match="of a newer version"):
        Database.open(url)


def test_who_only_looks_makes_no_store(url: str) -> None:
    with pytest.raises(StoreError, match=r"no such file|no store"):
        Database.open(url, make=False)


def test_a_path_is_a_store_too(tmp_path: Path) -> None:
    with Database.open(tmp_path / "store.db") as database:
        assert (runs(database), database.dialect) == ([], "sqlite")


def test_a_file_of_another_program_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("no database at all, for sure")
    with pytest.raises(StoreError, match="not a file of SQLite's"):
        Database.open(tmp_path / "notes")
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE birds (name TEXT)")
    with pytest.raises(StoreError, match="no store"):
        Database.open(tmp_path / "other.db")


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:hushed@127.0.0.1:9/x",
        "postgresql://u:hushed@no-such-host.invalid/x",
        "postgresql://u:hushed@h:port/x",
        "mysql://u:hushed@h/x",
        "sqlite://",
    ],
)
def test_what_can_not_be_reached_is_told_in_a_line_without_a_password(url: str) -> None:
    with pytest.raises(StoreError) as raised:
        Database.open(url)
    assert "hushed" not in str(raised.value)
    assert "\n" not in str(raised.value)


def test_who_waits_too_long_for_another_program_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "PATIENCE", 0.05)
    with Database.open(tmp_path / "store.db") as database, sqlite3.connect(tmp_path / "store.db") as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="busy; try again"):
            database.write(lambda tx: keep_run(tx, "r1"))
        other.rollback()
        database.write(lambda tx: keep_run(tx, "r1"))
        assert runs(database) == ["r1"]


def test_a_store_is_for_its_owner_alone(tmp_path: Path) -> None:
    Database.open(tmp_path / "store.db").close()
    assert (tmp_path / "store.db").stat().st_mode & 0o077 == 0
