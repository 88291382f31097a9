"""How often a principal may ask; each worker process counts for itself."""

from starlette.types import ASGIApp, Receive, Scope, Send

from screening.service.access.identified import OPEN_PATHS
from screening.service.access.principal import Principal
from screening.service.problems import Problem
from screening.service.rates import Rates, refuse_haste


class RateLimit:
    """Turns away whoever asks more often than they may, and says when to ask again."""

    def __init__(self, app: ASGIApp, rates: Rates) -> None:
        self._app = app
        self._rates = rates

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] not in OPEN_PATHS:
            principal: Principal = scope["state"]["principal"]
            try:
                refuse_haste(self._rates.wait(principal.id))
            except Problem as problem:
                await problem(scope, receive, send)
                return
        await self._app(scope, receive, send)
