"""More requests than a worker can hold are turned away at once, rather than all of them served late."""

from starlette.types import ASGIApp, Receive, Scope, Send

from screening.service.problems import Problem

_FULL = "the service is busy; try again"


class CrowdLimit:
    """Has no more than so many requests under way."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app = app
        self._most = most
        self._there = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if self._there >= self._most:
            await Problem(503, _FULL, headers={"Retry-After": "1"})(scope, receive, send)
            return
        self._there += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._there -= 1
