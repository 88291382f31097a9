"""`screening audit` on the command line."""

import json
import sqlite3
from hashlib import sha256
from pathlib import Path

import pytest

from screening.store import jobs
from screening.store.database import Database
from screening.store.jobs import NewJob
from tests.cli.conftest import Run

URL = "sqlite:///store.db"


@pytest.fixture(autouse=True)
def store(run: Run) -> Path:
    """A store with a log of two entries."""
    for scope in ("administer", "read"):
        made = run("keys", "create", "--scope", scope, "--database", URL)
        assert made.exit_code == 0, made.stderr
    return Path("store.db")


def change(store: Path, statement: str) -> None:
    with sqlite3.connect(store) as connection:
        connection.execute(statement)


def test_an_intact_store_is_proven(run: Run) -> None:
    result = run("audit", "verify", "--database", URL)
    assert result.exit_code == 0
    assert result.stdout.startswith("intact: 2 entries, which vouch for 2 rows\nthe newest is 2:")


def test_meddling_is_told_with_exit_status_1(run: Run, store: Path) -> None:
    change(store, "UPDATE audit SET actor = 'eve' WHERE number = 1")
    result = run("audit", "verify", "--database", URL)
    assert (result.exit_code, result.stdout.splitlines()[0][:8]) == (1, "audit/1 ")
    assert result.stdout.endswith("1 fault\n")


def test_what_was_noted_has_to_be_there(run: Run, store: Path) -> None:
    noted = run("audit", "verify", "--database", URL).stdout.splitlines()[1].split()[3].rstrip(";")
    assert run("audit", "verify", "--database", URL, "--noted", noted).exit_code == 0
    other = noted[:-1] + ("0" if noted[-1] != "0" else "1")
    assert run("audit", "verify", "--database", URL, "--noted", other).exit_code == 1
    assert run("audit", "verify", "--database", URL, "--noted", "2").exit_code == 2


def test_an_exported_log_proves_itself(run: Run) -> None:
    assert run("audit", "export", "--database", URL, "--output", "log.jsonl").exit_code == 0
    first, second = map(json.loads, Path("log.jsonl").read_text("utf-8").splitlines())
    told = {name: second[name] for name in sorted(second) if name != "hash"}
    text = json.dumps(told, separators=(",", ":"), ensure_ascii=False)
    assert (second["before"], second["hash"]) == (first["hash"], sha256(text.encode()).hexdigest())


def test_an_export_may_begin_later(run: Run) -> None:
    assert len(run("audit", "export", "--database", URL, "--from", "2").stdout.splitlines()) == 1


def test_a_store_that_is_not_there_is_not_made(run: Run) -> None:
    result = run("audit", "verify", "--database", "sqlite:///other.db")
    assert (result.exit_code, "no such file" in result.stderr) == (2, True)
    assert not Path("other.db").exists()


def job(store: Path, name: str, rows: str) -> Path:
    """The folder of a job that ended, with its file."""
    folder = Path(f"{store}.jobs") / name
    (folder / "in").mkdir(parents=True)
    (folder / "in" / "book.csv").write_text("shipment_id,consignee_name\n" + rows)
    with Database.open(URL) as opened:
        opened.write(lambda tx: jobs.queue(tx, NewJob(name, "book.csv", "0" * 64, 9, False), "key:1"))
        opened.write(lambda tx: jobs.take(tx, "w", 9))
        opened.write(lambda tx: jobs.fail(tx, name, "w", "no column"))
    return folder


def test_the_files_of_jobs_that_tell_of_a_person_are_removed_and_the_jobs_named(
    run: Run, store: Path
) -> None:
    its, other = job(store, "a" * 24, "S1,PETROV Ivan\n"), job(store, "b" * 24, "S2,Azu\n")
    words = ("audit", "forget", "--database", URL)
    told = run(*words, "--party", "Ivan Petrov").stdout.splitlines()
    assert told[0] == "Ivan Petrov was deleted from 0 shipments"
    assert told[1].startswith(f"the files of 1 job: {'a' * 24} said so too")
    assert (its.exists(), other.exists()) == (False, True)
    assert "b" * 24 in run(*words, "--shipment", "S2").stdout and not other.exists()
    assert run("audit", "verify", "--database", URL).exit_code == 0


def test_a_person_is_forgotten_by_name_or_by_shipment(run: Run) -> None:
    words = ("audit", "forget", "--database", URL)
    assert run(*words, "--party", "Azu").stdout == "Azu was deleted from 0 shipments\n"
    assert run(*words, "--shipment", "S1").stdout == "what S1 said was deleted, 0 versions of it\n"
    assert run(*words).exit_code == 2
