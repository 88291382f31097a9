"""Files to screen: sent once, screened behind the requests, fetched when they are done."""

import datetime as dt
import json
import secrets
from functools import partial
from pathlib import Path as FilePath
from typing import Annotated, Any, Literal, Self

from fastapi import Path, Query, Request, Response
from fastapi.responses import FileResponse
from pydantic import BaseModel, Field
from sqlalchemy import RowMapping
from starlette.concurrency import run_in_threadpool

from screening.service.access import Principal, needs
from screening.service.jobs import mapped
from screening.service.jobs.folder import JobFolder
from screening.service.jobs.upload import FIELD, received
from screening.service.problems import Problem
from screening.service.repeated import MayRepeat, Repeatable
from screening.service.routing import router as _router
from screening.service.running import Running, Service
from screening.service.shapes import mapping_shape
from screening.store import jobs
from screening.store.jobs import NewJob, State
from screening.store.refusals import ConflictError
from screening.store.transaction import Reading, Writing

router = _router("jobs")

Screening = Annotated[Principal, needs("screen")]
JobId = Annotated[str, Path(pattern="^[0-9a-f]{24}$", description="The job.")]
_MEDIA = {"jsonl": "application/x-ndjson", "parquet": "application/vnd.apache.parquet"}
_NOT_NOW: dict[int | str, dict[str, Any]] = {409: {"description": "The job is in another state"}}
_NO_FILES: dict[int | str, dict[str, Any]] = {**_NOT_NOW, 410: {"description": "Its files are gone"}}
_PART = {"type": "string", "format": "binary", "minLength": 1}
_FORM = {"type": "object", "required": [FIELD], "properties": {FIELD: _PART, mapped.FIELD: mapping_shape()}}
_FILE = {
    "required": True,
    "content": {
        "text/csv": {"schema": {"minLength": 1}, "example": "shipment_id,consignee_name\nS1,Azu"},
        "application/x-ndjson": {"schema": {"minLength": 1}},
        "application/octet-stream": {"schema": {"minLength": 1}},
        "multipart/form-data": {"schema": _FORM},
    },
}


class JobShown(BaseModel):
    """How far a job is, and what came of it."""

    id: str = Field(examples=["5d1c0a4be2f75d1c0a4be2f7"])
    file: str = Field(examples=["shipments.csv"])
    sha256: str
    bytes: int
    all: bool = Field(description="Clear shipments stand in the result too")
    state: State
    rows_done: int = Field(description="Rows screened so far; one in the midst of it counts in part")
    rows_total: int | None = Field(description="Rows of the file, once that can be told")
    counts: dict[str, int] | None = Field(description="What became of every row, when the job is done")
    fault: str | None = Field(description="Why the job failed, and what would be right")
    run: str | None = Field(description="The rules, lists, options and code that screened it")
    created_at: dt.datetime
    started_at: dt.datetime | None
    ended_at: dt.datetime | None
    files_removed_at: dt.datetime | None = Field(
        description="Since when its files are gone, as they are some days after its end"
    )

    @classmethod
    def of(cls, job: RowMapping) -> Self:
        """The job as it stands."""
        told: dict[str, Any] = {name: job[name] for name in cls.model_fields if name in job}
        told |= {"sha256": job["digest"], "bytes": job["size"], "all": bool(job["everything"])}
        return cls.model_validate(told | {"counts": json.loads(job["counts"] or "null")})


class JobsShown(BaseModel):
    """A page of jobs, the newest first."""

    items: list[JobShown]
    next: str | None = Field(description="The `cursor` of the next page")


@router.post("/jobs", status_code=202, openapi_extra={"requestBody": _FILE})
async def queue_job(
    request: Request,
    response: Response,
    service: Running,
    repeated: MayRepeat,
    who: Screening,
    all: Annotated[bool, Query(description="Clear shipments stand in the result too")] = False,
    name: Annotated[str | None, Query(max_length=200, description="What the file is called")] = None,
) -> JobShown:
    """The job that screens a file: CSV, JSON lines, Parquet or Arrow, plain or packed."""
    folder = JobFolder.of(service.settings, secrets.token_hex(12))
    file = await received(request, folder, name)
    new = NewJob(folder.path.name, file.file, file.digest, file.size, all, file.mapping)
    shown = await run_in_threadpool(_queued, service, repeated, new, who.id)
    if shown.id != new.id:
        await run_in_threadpool(folder.remove)
    response.headers["Location"] = f"/jobs/{shown.id}"
    return shown


def _queued(service: Service, repeated: Repeatable, new: NewJob, actor: str) -> JobShown:
    """The new job; that of the first time for a request that was sent before."""
    sent = f"{new.digest} {new.mapping}".encode()
    try:
        told = repeated.answer(service.database, sent, lambda: partial(_queue, new=new, actor=actor))
    except ConflictError:
        # Not where the store can't be reached: it may hold the job all the same.
        JobFolder.of(service.settings, new.id).remove()
        raise
    return JobShown.model_validate_json(told)


def _queue(tx: Writing, new: NewJob, actor: str) -> str:
    jobs.queue(tx, new, actor)
    return _job(tx, new.id).model_dump_json()


@router.get("/jobs")
def list_jobs(
    service: Running,
    who: Screening,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(pattern="^[0-9a-f]{24}$", description="`next` of a page")] = None,
) -> JobsShown:
    """The jobs, the newest first."""
    with service.database.reading() as tx:
        found = jobs.listed(tx, limit + 1, cursor)
    more = found[limit - 1]["id"] if len(found) > limit else None
    return JobsShown(items=[JobShown.of(job) for job in found[:limit]], next=more)


@router.get("/jobs/{job_id}")
def show_job(job_id: JobId, service: Running, who: Screening) -> JobShown:
    """How far the job is, and what came of it."""
    return _shown(service, job_id)


@router.get("/jobs/{job_id}/result", response_class=FileResponse, responses=_NO_FILES)
def job_result(
    job_id: JobId, service: Running, who: Screening, format: Literal["jsonl", "parquet"] = "jsonl"
) -> FileResponse:
    """The alert records of a job that is done, as lines of JSON or as a table."""
    folder = _folder_of_done(service, job_id)
    path = folder.alerts if format == "jsonl" else folder.table
    return _file(path, _MEDIA[format])


@router.get("/jobs/{job_id}/rejects", response_class=FileResponse, responses=_NO_FILES)
def job_rejects(job_id: JobId, service: Running, who: Screening) -> FileResponse:
    """The rows of a job that could not be read, each with what is wrong in it, as CSV."""
    return _file(_folder_of_done(service, job_id).rejects, "text/csv; charset=utf-8")


@router.delete("/jobs/{job_id}", status_code=204, responses=_NOT_NOW)
def delete_job(job_id: JobId, service: Running, who: Screening) -> None:
    """Deletes a job with its files; the alerts that came of it stay."""
    service.database.write(lambda tx: jobs.remove(tx, job_id, who.id))
    JobFolder.of(service.settings, job_id).remove()


def _shown(service: Service, job_id: str) -> JobShown:
    with service.database.reading() as tx:
        return _job(tx, job_id)


def _job(tx: Reading, job_id: str) -> JobShown:
    return JobShown.of(jobs.job(tx, job_id, "file"))


def _folder_of_done(service: Service, job_id: str) -> JobFolder:
    found = _shown(service, job_id)
    if found.state != "done":
        raise ConflictError(f"the job is {found.state}; there is no result", {"state": found.state})
    if found.files_removed_at:
        raise _gone(f"were removed on {found.files_removed_at:%Y-%m-%d}")
    return JobFolder.of(service.settings, job_id)


def _file(path: FilePath, media: str) -> FileResponse:
    if not path.exists():
        raise _gone("are gone")
    return FileResponse(path, media_type=media, filename=path.name)


def _gone(how: str) -> Problem:
    remedy = "its alerts stand at /alerts; for its result send the file again, as a new job"
    return Problem(410, f"the files of this job {how}; {remedy}")
