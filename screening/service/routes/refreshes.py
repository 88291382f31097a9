"""Lists fetched anew, and what new rules and lists alter: both are done behind the requests."""

import datetime as dt
import json
from typing import Annotated, Any, Self

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import RowMapping

from screening.service.access import Principal, needs
from screening.service.jobs.refreshing import SHRINKING
from screening.service.problems import invalid
from screening.service.routing import router as _router
from screening.service.running import Running, Service
from screening.store import jobs
from screening.store.jobs import Kind, State
from screening.watchlists.refresh import official_files

router = _router("watchlists")

Limit = Annotated[int, Query(ge=1, le=200)]


def _only_official(shape: dict[str, Any]) -> None:
    shape["enum"] = list(official_files())


class RefreshAsked(BaseModel):
    """Which lists to fetch anew."""

    model_config = ConfigDict(extra="forbid")

    lists: list[Annotated[str, Field(json_schema_extra=_only_official)]] = Field(
        [],
        max_length=100,
        examples=[["us-csl", "uk"]],
        description="Names of official lists; none: all that are imported",
    )
    allow_shrink: bool = Field(
        False, strict=True, description="Take a list too that lost a tenth of its entries"
    )


class ChoreShown(BaseModel):
    """What is done behind the requests, and what came of it."""

    id: str
    state: State
    about: str = Field(description="The lists that were named; or what changed: rules or lists")
    report: list[dict[str, Any]] | dict[str, int] | None = Field(
        description="Of each list what came of it; or how many shipments were screened and altered"
    )
    fault: str | None
    created_at: dt.datetime
    started_at: dt.datetime | None
    ended_at: dt.datetime | None

    @classmethod
    def of(cls, job: RowMapping) -> Self:
        """The chore as it stands."""
        told: dict[str, Any] = {name: job[name] for name in cls.model_fields if name in job}
        report = json.loads(job["report"] or "null")
        return cls.model_validate(told | {"about": job["file"], "report": report})


class ChoresShown(BaseModel):
    """The newest first."""

    items: list[ChoreShown]


@router.post("/watchlists/refresh", status_code=202)
def refresh_watchlists(
    asked: RefreshAsked, service: Running, who: Annotated[Principal, needs("administer")]
) -> ChoreShown:
    """Has official lists fetched from their publishers; workers use them as soon as they are there."""
    official = official_files()
    unknown = [at for at, name in enumerate(asked.lists) if name not in official]
    if unknown:
        there = f"is no official list; there are {', '.join(official)}"
        raise invalid([{"pointer": f"/lists/{at}", "detail": there} for at in unknown])
    about = " ".join([*asked.lists, *([SHRINKING] if asked.allow_shrink else [])])
    job = service.database.write(lambda tx: jobs.queue_chore(tx, "refresh", about, who.id))
    with service.database.reading() as tx:
        return ChoreShown.of(jobs.job(tx, job))


@router.get("/watchlists/refresh", dependencies=[needs("read")])
def list_refreshes(service: Running, limit: Limit = 10) -> ChoresShown:
    """The last refreshes, and what came of each list."""
    return _chores(service, "refresh", limit)


@router.get("/rescreenings", dependencies=[needs("read")])
def list_rescreenings(service: Running, limit: Limit = 10) -> ChoresShown:
    """What was screened again since rules or lists had changed; the alerts show what is different."""
    return _chores(service, "rescreening", limit)


def _chores(service: Service, kind: Kind, limit: int) -> ChoresShown:
    with service.database.reading() as tx:
        return ChoresShown(items=[ChoreShown.of(job) for job in jobs.listed(tx, limit, kind=kind)])
