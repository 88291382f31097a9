"""The service's own description, for who writes a client."""

from typing import Any

from fastapi import Request

from screening.service.access import needs
from screening.service.routing import router as _router

router = _router("documents")


@router.get("/openapi.json", dependencies=[needs(None)], include_in_schema=False)
async def show_openapi(request: Request) -> dict[str, Any]:
    """The OpenAPI document of all routes."""
    found: dict[str, Any] = request.app.openapi()
    return found
