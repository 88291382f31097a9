"""Every route of the service as the framework has them: method, address and the scope that it needs."""

from typing import NamedTuple

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from screening.service.access import Needs


class Entry(NamedTuple):
    """A method of an address; `scope` is None where any key will do, and blank where none is needed."""

    method: str
    path: str
    scope: str | None


def routes_of(app: FastAPI) -> list[Entry]:
    return [
        Entry(method, context.path or "", _scope(context.original_route))
        for context in iter_route_contexts(app.routes)
        for method in sorted(context.methods or ())
    ]


def _scope(route: object) -> str | None:
    guards = (found.call for found in route.dependant.dependencies)  # type: ignore[attr-defined]
    needed = [guard.scope for guard in guards if isinstance(guard, Needs)]
    return needed[0] if needed else ""
