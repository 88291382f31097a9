"""Whether the process is there, and whether it can do its work: what a supervisor and a balancer ask."""

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel
from sqlalchemy import text

from screening.service.running import Running

router = APIRouter(tags=["health"])


class Alive(BaseModel):
    """The process is there."""

    status: Literal["ok"] = "ok"


class Ready(BaseModel):
    """The store answers, and lists and rules are loaded."""

    status: Literal["ready"] = "ready"


@router.get("/healthz")
async def process_is_there() -> Alive:
    """The process is there and answers."""
    return Alive()


@router.get("/readyz", responses={503: {}})
def work_can_be_done(service: Running) -> Ready:
    """The store answers, and lists and rules are loaded."""
    with service.database.reading() as tx:
        tx.connection.execute(text("SELECT 1"))
    return Ready()
