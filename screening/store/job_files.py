"""The files of jobs, which stand outside of the store: whose are there still, and whose are gone."""

from datetime import timedelta
from typing import Any, Literal

from sqlalchemy import RowMapping, case, select, update

from screening.store.clock import utc_moment, utc_text
from screening.store.erased import ERASED
from screening.store.schema import JOBS
from screening.store.transaction import Reading, Writing

Why = Literal["their days are over", "somebody is forgotten"]


def with_files(tx: Reading) -> list[RowMapping]:
    """The jobs whose files are there still, the oldest first."""
    there = JOBS.c.kind == "file", JOBS.c.files_removed_at.is_(None)
    return list(tx.connection.execute(select(JOBS).where(*there).order_by(JOBS.c.created_at)).mappings())


def overdue(tx: Reading, days: int) -> list[str]:
    """The jobs that ended more than so many days ago, and whose files are there still."""
    before = utc_text(utc_moment(tx.at) - timedelta(days=days))
    return [job["id"] for job in with_files(tx) if job["ended_at"] is not None and job["ended_at"] < before]


def removed(tx: Writing, job_id: str, actor: str, why: Why) -> None:
    """The job says that its files are gone; of several who removed them one tells of it."""
    this = JOBS.c.id == job_id, JOBS.c.files_removed_at.is_(None)
    gone: dict[str, Any] = {"files_removed_at": tx.at}
    if why == "somebody is forgotten":
        # What is wrong with a file is told with what stands in it.
        gone["fault"] = case((JOBS.c.fault.is_not(None), ERASED))
    if tx.connection.execute(update(JOBS).where(*this).values(gone)).rowcount:
        tx.log("job files removed", actor, f"job/{job_id}", {"why": why})
