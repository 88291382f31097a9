"""An end of a job's process is the job's own, or came from outside: only the first takes a chance from it."""

import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import RowMapping

from screening.service.jobs import runner
from screening.service.jobs.ending import AGAIN, LOST, blamed, told
from screening.service.jobs.runner import JobRunner
from screening.service.settings import Settings
from screening.store import jobs
from screening.store.database import Database
from screening.store.jobs import NewJob

JOB = "a" * 24


@pytest.fixture
def store(settings: Settings) -> Database:
    """A store with a job that waits."""
    opened = Database.open(settings.database.get_secret_value())
    opened.write(lambda tx: jobs.queue(tx, NewJob(JOB, "book.csv", "0" * 64, 9, False), "key:1"))
    return opened


def process_that(does: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts a process that does this in the place of that which works on a job; it counts its starts."""
    script = folder / "python"
    script.write_text(f"#!/bin/sh\necho >> {folder}/begun\n{does}\n")
    script.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(script))
    monkeypatch.setattr(jobs, "PAUSE", timedelta(0))


def begun(folder: Path) -> int:
    """How often the job's process was started."""
    file = folder / "begun"
    return len(file.read_text()) if file.exists() else 0


def found(store: Database) -> RowMapping:
    with store.reading() as tx:
        return jobs.job(tx, JOB)


def wait_until(true: Callable[[], bool]) -> None:
    for _ in range(200):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError("it does not come to that")


def test_a_job_that_kills_its_process_three_times_has_failed(
    settings: Settings, store: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    process_that("kill -KILL $$", tmp_path, monkeypatch)
    monkeypatch.setattr(runner, "OUTLIVED", 0.0)
    going = JobRunner(settings, store)
    wait_until(lambda: found(store)["state"] == "failed")
    going.close()
    assert (begun(tmp_path), found(store)["attempts"]) == (3, 3)
    assert "at last by SIGKILL" in found(store)["fault"]


def test_a_stop_of_the_service_takes_no_chance_from_the_job_that_is_under_way(
    settings: Settings, store: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    process_that("exec sleep 60", tmp_path, monkeypatch)
    for _ in range(4):
        before = begun(tmp_path)
        going = JobRunner(settings, store)
        wait_until(lambda before=before: begun(tmp_path) > before)  # type: ignore[misc]
        going.close()
    assert (found(store)["state"], found(store)["attempts"]) == ("queued", 0)


def test_an_end_just_before_that_of_the_service_is_not_counted(
    settings: Settings, store: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    process_that("kill -KILL $$", tmp_path, monkeypatch)
    monkeypatch.setattr(runner, "OUTLIVED", 30.0)
    going = JobRunner(settings, store)
    wait_until(lambda: begun(tmp_path) > 0)
    going.close()
    assert (found(store)["state"], found(store)["attempts"]) == ("queued", 0)


@pytest.mark.parametrize(
    ("returncode", "own"),
    [(-9, True), (-11, True), (1, True), (LOST, True), (-15, False), (-2, False), (AGAIN, False)],
)
def test_what_a_stop_or_a_store_that_is_away_does_to_a_process_is_not_its_own(
    returncode: int, own: bool
) -> None:
    assert blamed(returncode) is own


@pytest.mark.parametrize(
    ("returncode", "words"), [(-9, "by SIGKILL"), (-250, "with exit status -250"), (1, "with exit status 1")]
)
def test_an_end_is_told_in_words(returncode: int, words: str) -> None:
    assert told(returncode) == words
