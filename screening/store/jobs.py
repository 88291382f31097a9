"""What is done behind the requests: who works on which job, how far it is, and what came of it.

A worker process takes a job and says every few seconds that it is still at it. Where it falls silent, another
one takes the job over, and from then on the silent one can change nothing any more.

A job whose process ends by itself, time and again, is given up. One that is cut off together with the service
is not to blame for it: however often that happens, it is gone on with.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, RowMapping, and_, delete, func, insert, or_, select, update

from screening.store.canonical import canonical
from screening.store.clock import utc_moment, utc_text
from screening.store.refusals import ConflictError, UnknownError
from screening.store.schema import JOBS
from screening.store.transaction import Reading, Writing

Kind = Literal["file", "refresh", "rescreening"]
CHORES: tuple[Kind, ...] = ("refresh", "rescreening")
"""What keeps the service up to date; it waits for no file."""
State = Literal["queued", "running", "done", "failed"]
_WAITING = {"state": "queued", "worker": None}
_TOLD = ("counts", "run", "report")
"""What the log says of a job that is done."""
SILENT = timedelta(seconds=20)
"""A worker that said nothing for so long is taken for lost."""
PAUSE = timedelta(seconds=20)
"""For how long a job waits after its process ended: what it lacked may be there again."""
MOST_ATTEMPTS = 3
"""How often the process of a job may end before the job does."""
_ENDED = (
    f"{MOST_ATTEMPTS} times its process ended before the job did, at last %s; give the service more memory, "
    "or send the file in smaller parts; the service's log may say what went wrong"
)


@dataclass(frozen=True, slots=True)
class NewJob:
    """A file that came in, and how it is to be screened."""

    id: str
    file: str
    digest: str
    size: int
    everything: bool
    """Clear shipments stand in the result too."""
    mapping: str | None = None
    """Digest of the mapping that came with it."""


def queue(tx: Writing, new: NewJob, actor: str) -> None:
    """The job waits for a worker."""
    file = {"file": new.file, "digest": new.digest, "size": new.size, "everything": int(new.everything)}
    _add(tx, new.id, "file", actor, file)
    told = {"sha256": new.digest, "bytes": new.size} | ({"mapping": new.mapping} if new.mapping else {})
    tx.log("job queued", actor, _subject(new.id), told)


def queue_chore(tx: Writing, kind: Kind, about: str, actor: str) -> str:
    """The id of a chore that waits for a worker; `about` tells it what to do."""
    job_id = secrets.token_hex(12)
    _add(tx, job_id, kind, actor, {"file": about, "digest": "", "size": 0, "everything": 0})
    tx.log(f"{kind} queued", actor, _subject(job_id), {"about": about})
    return job_id


def _add(tx: Writing, job_id: str, kind: Kind, actor: str, more: Mapping[str, Any]) -> None:
    started = {"state": "queued", "rows_done": 0, "kept": 0, "attempts": 0, "created_at": tx.at}
    tx.connection.execute(insert(JOBS).values(id=job_id, kind=kind, principal=actor, **started, **more))


def listed(tx: Reading, limit: int, before: str | None = None, kind: Kind = "file") -> list[RowMapping]:
    """The newest jobs of a kind, or those that came before the one of that id."""
    query = select(JOBS).where(JOBS.c.kind == kind)
    query = query.order_by(JOBS.c.created_at.desc(), JOBS.c.id.desc()).limit(limit)
    if before is not None:
        last = job(tx, before, kind)
        same = and_(JOBS.c.created_at == last["created_at"], JOBS.c.id < before)
        query = query.where(or_(JOBS.c.created_at < last["created_at"], same))
    return list(tx.connection.execute(query).mappings())


def job(tx: Reading, job_id: str, kind: Kind | None = None) -> RowMapping:
    """The job of that id, and of that kind if one is named. Raises UnknownError."""
    query = select(JOBS).where(JOBS.c.id == job_id, *([JOBS.c.kind == kind] if kind else []))
    found = tx.connection.execute(query).mappings().one_or_none()
    if found is None:
        raise UnknownError(f"there is no job {job_id}")
    return found


def take(tx: Writing, worker: str, at_once: int, kinds: Sequence[Kind] = ("file",)) -> RowMapping | None:
    """The job of these kinds that waits longest, which is the worker's now.

    None while `at_once` of them are under way.
    """
    lost, ours = utc_text(utc_moment(tx.at) - SILENT), JOBS.c.kind.in_(kinds)
    alive = and_(ours, JOBS.c.state == "running", JOBS.c.beat_at >= lost)
    if (tx.connection.scalar(select(func.count()).where(alive)) or 0) >= at_once:
        return None
    left = and_(JOBS.c.state == "running", JOBS.c.beat_at < lost)
    oldest = select(JOBS).where(ours, or_(_waits(tx), left)).order_by(JOBS.c.created_at, JOBS.c.id).limit(1)
    found = tx.connection.execute(oldest.with_for_update(skip_locked=True)).mappings().one_or_none()
    if found is None:
        return None
    held = {"state": "running", "worker": worker, "beat_at": tx.at}
    held["started_at"] = found["started_at"] or tx.at
    tx.connection.execute(update(JOBS).where(JOBS.c.id == found["id"]).values(held))
    return found


def _waits(tx: Reading) -> ColumnElement[bool]:
    rested = or_(JOBS.c.attempts == 0, JOBS.c.beat_at < utc_text(utc_moment(tx.at) - PAUSE))
    return and_(JOBS.c.state == "queued", rested)


def beat(tx: Writing, job_id: str, worker: str, done: int, total: int | None) -> bool:
    """Says that the worker is still at it; False when the job is no longer its own."""
    return _changed(tx, job_id, worker, {"beat_at": tx.at, "rows_done": done, "rows_total": total})


def kept(tx: Writing, job_id: str, worker: str, before: int, after: int) -> bool:
    """Says that the alerts up to `after` are in the store; False when somebody else put some there."""
    where = JOBS.c.kept == before
    return _changed(tx, job_id, worker, {"kept": after, "beat_at": tx.at}, where)


def give_back(tx: Writing, job_id: str, worker: str) -> None:
    """The job waits for a worker again: this one has to stop."""
    _changed(tx, job_id, worker, _WAITING)


def count_attempt(tx: Writing, job_id: str, worker: str, ended: str) -> None:
    """The job waits for a worker again: this one's process ended in the midst of it, and `ended` says how.

    Where that happened too often, the job has failed.
    """
    attempts = job(tx, job_id)["attempts"] + 1
    if attempts >= MOST_ATTEMPTS:
        _end(tx, job_id, worker, "failed", fault=_ENDED % ended, attempts=attempts)
    else:
        _changed(tx, job_id, worker, {**_WAITING, "attempts": attempts, "beat_at": tx.at})


def finish(tx: Writing, job_id: str, worker: str, run: str, counts: Mapping[str, int]) -> bool:
    """The job is done; False when it is no longer the worker's own."""
    rows = {"rows_done": counts["rows"], "rows_total": counts["rows"]}
    return _end(tx, job_id, worker, "done", run=run, counts=canonical(dict(counts)), **rows)


def report(tx: Writing, job_id: str, worker: str, told: Any) -> bool:
    """The chore is done, with what there is to tell of it."""
    return _end(tx, job_id, worker, "done", report=canonical(told))


def fail(tx: Writing, job_id: str, worker: str, fault: str) -> bool:
    """The job can't be done, for a reason that its owner can mend."""
    return _end(tx, job_id, worker, "failed", fault=fault)


def remove(tx: Writing, job_id: str, actor: str) -> None:
    """The job is gone; what it put into the store stays. Raises UnknownError, ConflictError while it runs."""
    found = job(tx, job_id, "file")
    if found["state"] == "running":
        raise ConflictError("a job that runs can't be deleted; wait until it ends", {"state": "running"})
    tx.connection.execute(delete(JOBS).where(JOBS.c.id == job_id))
    tx.log("job deleted", actor, _subject(job_id))


def _end(tx: Writing, job_id: str, worker: str, state: State, **more: Any) -> bool:
    ended = _changed(tx, job_id, worker, {"state": state, "ended_at": tx.at, **more})
    if ended:
        told: dict[str, Any] = {name: more[name] for name in _TOLD if name in more}
        tx.log(f"job {state}", worker, _subject(job_id), told)
    return ended


def _changed(
    tx: Writing, job_id: str, worker: str, values: dict[str, Any], *where: ColumnElement[bool]
) -> bool:
    own = (JOBS.c.id == job_id, JOBS.c.state == "running", JOBS.c.worker == worker, *where)
    return tx.connection.execute(update(JOBS).where(*own).values(values)).rowcount == 1


def _subject(job_id: str) -> str:
    return f"job/{job_id}"
