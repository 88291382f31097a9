"""Every request leaves a line in the log and a count in the metrics, and gets an id to ask after it by.

It is the outermost part, so it is also where a bug ends: the client is told that there is one, the log where.
"""

import logging
import re
import sys
import time
from secrets import token_hex

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from screening.service.logs import log, places
from screening.service.metrics import observe
from screening.service.problems import Problem

HEADER = b"x-request-id"
_OWN_ID = re.compile(rb"[A-Za-z0-9._-]{8,64}")
_QUIET = frozenset({"/healthz", "/readyz", "/metrics"})


class Traced:
    """Follows each request to its end."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        trace = _Trace(scope, send)
        try:
            await self._app(scope, receive, trace.send)
        # A bug, of whatever kind: said here once, and not to the client.
        except Exception:
            trace.tell_of_bug()
            if trace.status is None:
                await Problem(500, "there is a fault in the service; tell its operator the request's id")(
                    scope, receive, trace.send
                )
        finally:
            trace.end()


class _Trace:
    """One request on its way."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._scope = scope
        self._send = send
        self._begun = time.perf_counter()
        self.status: int | None = None
        self.id = _request_id(scope)
        scope.setdefault("state", {})["request_id"] = self.id

    async def send(self, message: Message) -> None:
        """Passes the answer on, with the id."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message = {**message, "headers": [*message["headers"], (HEADER, self.id.encode())]}
        await self._send(message)

    def tell_of_bug(self) -> None:
        """Where the code failed."""
        kind, _, trace = sys.exc_info()
        name = kind.__qualname__ if kind else ""
        log("bug", logging.ERROR, request=self.id, error=name, places=places(trace))

    def end(self) -> None:
        """The line and the count of the request."""
        seconds = time.perf_counter() - self._begun
        route = getattr(self._scope.get("route"), "path", "none")
        method = self._scope["method"] if route != "none" else "any"
        observe(method, route, self.status or 0, seconds)
        if route not in _QUIET or self.status != 200:
            self._log(method, route, seconds)

    def _log(self, method: str, route: str, seconds: float) -> None:
        principal = self._scope["state"].get("principal")
        who = principal.id if principal else None
        passed = round(seconds * 1_000, 1)
        log("request", request=self.id, method=method, route=route, status=self.status, ms=passed, by=who)


def _request_id(scope: Scope) -> str:
    """The client's own id where it is a sound one, so that its logs and ours can be laid side by side."""
    given = next((value for name, value in scope["headers"] if name == HEADER), b"")
    return given.decode() if _OWN_ID.fullmatch(given) else token_hex(8)
