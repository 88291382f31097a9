"""The files of a job go some days after its end; the job stays, and says so."""

import datetime as dt
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from screening.service.jobs import expiry
from screening.service.jobs.expiry import Expiry, remove_overdue
from screening.service.jobs.folder import JobFolder
from screening.service.settings import Settings
from screening.store import jobs
from screening.store.database import Database
from screening.store.jobs import NewJob
from screening.store.schema import AUDIT
from tests.databases import SteppingClock

DONE, FAILED, WAITING = "a" * 24, "b" * 24, "c" * 24
COUNTS = {"rows": 1}


@pytest.fixture
def settings(url: str, tmp_path: Path) -> Settings:
    return Settings.read({}, database=url, jobs_folder=str(tmp_path / "jobs"), jobs_days=30)


@pytest.fixture
def store(settings: Settings, database: Database) -> Iterator[Database]:
    """A store with a job that is done, one that has failed and one that waits, each with its file."""
    for job in (DONE, FAILED, WAITING):
        incoming = JobFolder.of(settings, job).incoming("book.csv")
        incoming.parent.mkdir(parents=True)
        incoming.write_text("shipment_id")
        new = NewJob(job, "book.csv", "0" * 64, 9, False)
        database.write(lambda tx, new=new: jobs.queue(tx, new, "key:1"))  # type: ignore[misc]
    database.write(lambda tx: jobs.take(tx, "w", 9))
    database.write(lambda tx: jobs.finish(tx, DONE, "w", "run", COUNTS))
    database.write(lambda tx: jobs.take(tx, "w", 9))
    database.write(lambda tx: jobs.fail(tx, FAILED, "w", "no column"))
    yield database


def there(settings: Settings) -> set[str]:
    return {job for job in (DONE, FAILED, WAITING) if JobFolder.of(settings, job).path.exists()}


def says_removed(store: Database) -> set[str]:
    with store.reading() as tx:
        return {job for job in (DONE, FAILED, WAITING) if jobs.job(tx, job)["files_removed_at"]}


def test_files_of_ended_jobs_go_when_their_days_are_over(
    settings: Settings, store: Database, clock: SteppingClock
) -> None:
    clock.now += dt.timedelta(days=29, hours=23)
    remove_overdue(settings, store)
    assert there(settings) == {DONE, FAILED, WAITING} and says_removed(store) == set()
    clock.now += dt.timedelta(hours=1)
    remove_overdue(settings, store)
    assert there(settings) == {WAITING} and says_removed(store) == {DONE, FAILED}


def test_the_log_tells_once_of_files_that_several_remove(
    settings: Settings, store: Database, clock: SteppingClock
) -> None:
    clock.now += dt.timedelta(days=31)
    for _ in range(2):
        expiry.remove_files(settings, store, DONE, "system", "their days are over")
    with store.reading() as tx:
        kinds = list(tx.connection.execute(select(AUDIT.c.kind)).scalars())
    assert kinds.count("job files removed") == 1


def test_files_that_are_elsewhere_are_not_said_to_be_gone(
    settings: Settings, store: Database, clock: SteppingClock, tmp_path: Path
) -> None:
    clock.now += dt.timedelta(days=31)
    remove_overdue(settings.model_copy(update={"jobs_folder": str(tmp_path / "not mounted")}), store)
    assert there(settings) == {DONE, FAILED, WAITING} and says_removed(store) == set()


@pytest.mark.parametrize(("days", "left"), [(30, {WAITING}), (0, {DONE, FAILED, WAITING})])
def test_a_service_looks_as_soon_as_it_starts_unless_files_are_kept(
    settings: Settings, store: Database, clock: SteppingClock, days: int, left: set[str]
) -> None:
    clock.now += dt.timedelta(days=31)
    Expiry(settings.model_copy(update={"jobs_days": days}), store).close()
    assert there(settings) == left


def test_a_file_that_stopped_coming_in_goes_after_a_day_and_one_that_still_comes_stays(
    settings: Settings,
) -> None:
    stopped, comes = (JobFolder.of(settings, job).coming for job in (DONE, FAILED))
    for folder in (stopped, comes):
        folder.incoming("book.csv").parent.mkdir(parents=True)
        folder.incoming("book.csv").write_text("shipment_id")
        for part in (folder.path, folder.path / "in", folder.incoming("book.csv")):
            os.utime(part, (0, time.time() - expiry.ABANDONED - 60))
    comes.incoming("book.csv").write_text("shipment_id,hs_code")
    expiry.remove_unfinished(settings)
    assert not stopped.path.exists() and comes.path.exists()
