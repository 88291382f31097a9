"""Logs for machines: a line of JSON on standard error for each thing that happened.

A line says what was done and by whom, never with what: no body, no address with its query, no header, no
text of an exception, since each of these may hold a name or a secret. Of a bug it tells where it is.
"""

import json
import logging
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

LOGGER = logging.getLogger("screening.service")
_PLACES = 12
"""The innermost places in the code that a bug is told with."""


def log(event: str, level: int = logging.INFO, **facts: Any) -> None:
    """Writes a line: the event, and facts without secrets or personal data."""
    LOGGER.log(level, event, extra={"facts": facts})


def places(trace: TracebackType | None) -> list[str]:
    """Where in the code an error came from, the innermost place last; nothing of what it was about."""
    frames = traceback.extract_tb(trace)[-_PLACES:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]


class JsonLines(logging.Formatter):
    """Each record as a line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        told: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "process": record.process,
            "event": record.getMessage(),
        }
        told |= getattr(record, "facts", {})
        if record.exc_info and record.exc_info[0]:
            told |= {"error": record.exc_info[0].__qualname__, "places": places(record.exc_info[2])}
        return json.dumps(told, ensure_ascii=False, default=str)


def configuration() -> dict[str, Any]:
    """What `logging.config.dictConfig` takes: all of the service, and of the server, as lines of JSON."""
    loggers = {"uvicorn": {"level": "INFO"}, "screening": {"level": "INFO"}}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": JsonLines}},
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "json", "stream": "ext://sys.stderr"}
        },
        "loggers": loggers,
        "root": {"level": "WARNING", "handlers": ["stderr"]},
    }
