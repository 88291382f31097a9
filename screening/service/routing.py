"""Routes that hold their scope before they read a body, and read a body as it must be.

The framework would read and parse a body first and ask who sends it afterwards, and its reading of JSON
takes what RFC 8259 does not allow (NaN) and what no database takes (half a surrogate pair, NUL).
"""

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute
from pydantic_core import from_json

from screening.service.access.needs import Needs
from screening.service.problems import Problem

Answering = Callable[[Request], Awaitable[Response]]


class StrictRequest(Request):
    """A request whose JSON is RFC 8259's, without NUL."""

    async def json(self) -> Any:
        """The body as JSON. Raises Problem 400 for one that is none."""
        if not hasattr(self, "_json"):
            self._json = strict_json(await self.body())
        return self._json


class AnyTextRequest(Request):
    """A request whose JSON is RFC 8259's, and is not kept: its texts may hold whatever they like."""

    async def json(self) -> Any:
        """The body as JSON. Raises Problem 400 for one that is none."""
        return _json_of(await self.body())


def strict_json(body: bytes) -> Any:
    """The value that the body holds. Raises Problem 400 that says where the body stops being JSON."""
    value = _json_of(body)
    if rb"\u0000" in body and _holds_nul(value):
        raise Problem(400, "the body holds the character NUL, which no text may hold")
    return value


def _json_of(body: bytes) -> Any:
    try:
        return from_json(body, allow_inf_nan=False)
    except ValueError as error:
        raise Problem(400, f"the body is not JSON: {error}") from None


def _holds_nul(value: Any) -> bool:
    if isinstance(value, dict):
        return any("\0" in key or _holds_nul(item) for key, item in value.items())
    if isinstance(value, list):
        return any(map(_holds_nul, value))
    return isinstance(value, str) and "\0" in value


class GuardedRoute(APIRoute):
    """A route that names the scope that it needs; one that names none can't be made."""

    read_as: type[Request] = StrictRequest

    def get_route_handler(self) -> Any:
        """Answers requests of those who may."""
        answer: Answering = super().get_route_handler()
        guards = [found.call for found in self.dependant.dependencies if isinstance(found.call, Needs)]
        if not guards:
            raise TypeError(f"{self.path} names no scope: add needs(...) to its parameters")
        takes_json = self.body_field is not None

        async def guarded(request: Request) -> Response:
            for guard in guards:
                await guard(request)
            _refuse_odd_address(request)
            if takes_json:
                refuse_other_media(request)
            return await answer(self.read_as(request.scope, request.receive))

        return guarded


def _refuse_odd_address(request: Request) -> None:
    """No address holds NUL or bytes that are not UTF-8: no text of the store does."""
    asked: bytes = request.scope.get("query_string", b"")
    if "\0" in request.scope["path"] or b"%00" in asked or b"\0" in asked:
        raise Problem(400, "the address holds the character NUL, which no text may hold")
    if "�" in request.scope["path"]:
        raise Problem(404, "there is nothing at this address")


def refuse_other_media(request: Request) -> None:
    """Raises Problem 415 for a body that does not say that it is JSON."""
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != "application/json" and not (media.startswith("application/") and media.endswith("+json")):
        shown = "without a content type" if not media else "of another content type"
        raise Problem(415, f"the body comes {shown}; send application/json")


class LookupRoute(GuardedRoute):
    """A guarded route that keeps nothing of what it is asked."""

    read_as = AnyTextRequest


def router(tag: str, route: type[GuardedRoute] = GuardedRoute) -> APIRouter:
    """Where routes of one subject are declared, each with the scope that it needs."""
    return APIRouter(tags=[tag], route_class=route)
