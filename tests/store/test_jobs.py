"""Of a job, one worker has the say at any time; a silent one loses it, and can change nothing after that."""

import datetime as dt

import pytest

from screening.store import jobs
from screening.store.database import Database
from screening.store.jobs import MOST_ATTEMPTS, PAUSE, SILENT, NewJob
from screening.store.refusals import ConflictError, UnknownError
from tests.databases import SteppingClock

DONE = {"rows": 7, "cleared": 7}


@pytest.fixture
def job(database: Database) -> str:
    return queued(database, "a" * 24)


def queued(database: Database, job_id: str) -> str:
    database.write(lambda tx: jobs.queue(tx, NewJob(job_id, "book.csv", "0" * 64, 9, False), "key:1"))
    return job_id


def taken(database: Database, worker: str, at_once: int = 1) -> str | None:
    found = database.write(lambda tx: jobs.take(tx, worker, at_once))
    return None if found is None else str(found["id"])


def state(database: Database, job_id: str) -> str:
    with database.reading() as tx:
        return str(jobs.job(tx, job_id)["state"])


def beats(database: Database, job_id: str, worker: str) -> bool:
    return database.write(lambda tx: jobs.beat(tx, job_id, worker, 3, 7))


def kept(database: Database, job_id: str, worker: str, before: int, after: int) -> bool:
    return database.write(lambda tx: jobs.kept(tx, job_id, worker, before, after))


def test_jobs_are_taken_in_the_order_in_which_they_came(database: Database, job: str) -> None:
    other = queued(database, "0" * 24)
    assert [taken(database, "w", at_once=3) for _ in range(3)] == [job, other, None]


def test_no_more_jobs_are_under_way_than_may_be(database: Database, job: str) -> None:
    other = queued(database, "b" * 24)
    assert [taken(database, "w"), taken(database, "v")] == [job, None]
    assert database.write(lambda tx: jobs.finish(tx, job, "w", "run", DONE))
    assert taken(database, "v") == other


def test_a_silent_worker_loses_its_job(database: Database, job: str, clock: SteppingClock) -> None:
    taken(database, "silent")
    clock.now += SILENT + dt.timedelta(seconds=1)
    assert taken(database, "next") == job
    assert not beats(database, job, "silent") and not kept(database, job, "silent", 0, 5)
    assert not database.write(lambda tx: jobs.finish(tx, job, "silent", "run", DONE))
    assert beats(database, job, "next")


def test_one_that_beats_keeps_its_job(database: Database, job: str, clock: SteppingClock) -> None:
    taken(database, "w")
    for _ in range(3):
        clock.now += SILENT / 2
        assert beats(database, job, "w") and taken(database, "v") is None


def test_alerts_are_counted_as_kept_once(database: Database, job: str) -> None:
    taken(database, "w")
    assert kept(database, job, "w", 0, 500) and not kept(database, job, "w", 0, 500)
    assert kept(database, job, "w", 500, 700)


def test_a_job_that_is_given_back_is_taken_again_however_often(database: Database, job: str) -> None:
    for _ in range(MOST_ATTEMPTS + 1):
        assert taken(database, "w") == job
        database.write(lambda tx: jobs.give_back(tx, job, "w"))


def ended(database: Database, job_id: str, clock: SteppingClock) -> None:
    """Its process ended, and the job has waited for as long as it must then."""
    database.write(lambda tx: jobs.count_attempt(tx, job_id, "w", "by SIGKILL"))
    clock.now += PAUSE


def test_a_job_that_ends_every_process_fails_and_says_how_and_what_to_do(
    database: Database, job: str, clock: SteppingClock
) -> None:
    for _ in range(MOST_ATTEMPTS):
        assert taken(database, "w") == job
        ended(database, job, clock)
    assert taken(database, "w") is None
    with database.reading() as tx:
        found = jobs.job(tx, job)
    assert (found["state"], found["attempts"]) == ("failed", 3)
    assert "3 times" in found["fault"] and "SIGKILL" in found["fault"] and "smaller parts" in found["fault"]


def test_a_job_whose_process_ended_lets_others_go_first_for_a_while(
    database: Database, job: str, clock: SteppingClock
) -> None:
    other = queued(database, "b" * 24)
    assert taken(database, "w") == job
    database.write(lambda tx: jobs.count_attempt(tx, job, "w", "by SIGKILL"))
    assert [taken(database, "w", at_once=3) for _ in range(2)] == [other, None]
    clock.now += PAUSE
    assert taken(database, "w", at_once=3) == job


def test_no_end_is_counted_by_who_lost_the_job(database: Database, job: str, clock: SteppingClock) -> None:
    taken(database, "silent")
    clock.now += SILENT + dt.timedelta(seconds=1)
    taken(database, "next")
    database.write(lambda tx: jobs.count_attempt(tx, job, "silent", "by SIGKILL"))
    assert state(database, job) == "running" and beats(database, job, "next")


def test_a_job_that_was_cut_off_with_its_service_is_taken_again_however_often(
    database: Database, job: str, clock: SteppingClock
) -> None:
    for _ in range(MOST_ATTEMPTS + 1):
        assert taken(database, "w") == job
        clock.now += SILENT + dt.timedelta(seconds=1)


def test_a_job_that_runs_is_not_deleted(database: Database, job: str) -> None:
    taken(database, "w")
    with pytest.raises(ConflictError):
        database.write(lambda tx: jobs.remove(tx, job, "key:1"))
    database.write(lambda tx: jobs.fail(tx, job, "w", "no column"))
    database.write(lambda tx: jobs.remove(tx, job, "key:1"))
    with pytest.raises(UnknownError), database.reading() as tx:
        jobs.job(tx, job)
