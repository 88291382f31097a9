"""Whether the process is there, and whether it can do its work: what a supervisor and a balancer ask."""

from fastapi import APIRouter

from screening.service.running import Running

router = APIRouter(tags=["health"])


@router.get("/healthz")
async def process_is_there() -> dict[str, str]:
    """The process is there and answers."""
    return {"status": "ok"}


@router.get("/readyz")
async def work_can_be_done(service: Running) -> dict[str, str]:
    """The service can do its work."""
    return {"status": "ready"}
