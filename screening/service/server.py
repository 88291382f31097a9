"""The server: uvicorn with our limits, one process or several."""

import os

import uvicorn

from screening.service.settings import Settings

FACTORY = "screening.service.app:app_from_environment"


def serve(settings: Settings) -> None:
    """Serves until the process is told to stop, and lets requests under way come to their end."""
    os.environ.update(settings.environment())
    uvicorn.run(
        FACTORY,
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        http="h11",
        ws="none",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=settings.stop_seconds,
    )
