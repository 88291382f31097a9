"""What a route needs: declared once, held at the door and shown in the OpenAPI document.

@router.get("/alerts")
def alerts(who: Annotated[Principal, needs("read")]) -> ...
"""

from typing import Any

from fastapi import Request, Security
from fastapi.openapi.models import HTTPBearer
from fastapi.security.base import SecurityBase

from screening.service.access.principal import Principal, Scope
from screening.service.problems import Problem

SCHEME = "bearer"
_ABOUT = (
    "An API key (`screening keys create`, `POST /keys`), or a token of the OpenID Connect issuer that the "
    "service is set to, as `Authorization: Bearer KEY`."
)


class Needs(SecurityBase):
    """Lets nobody through who may not do what needs the scope; gives who it is."""

    def __init__(self, scope: Scope | None) -> None:
        self.scope = scope
        self.scheme_name = SCHEME
        self.model = HTTPBearer(description=_ABOUT)

    async def __call__(self, request: Request) -> Principal:
        """Who asks. Raises Problem 403 when they may not."""
        principal: Principal = request.state.principal
        if not principal.may(self.scope):
            raise Problem(403, f"this needs the scope {self.scope}, which your key does not have")
        return principal


def needs(scope: Scope | None) -> Any:
    """A dependency on the scope; None: whoever is known, whatever they may."""
    return Security(Needs(scope), scopes=[scope] if scope else [])
