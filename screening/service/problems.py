"""What a request is told when it can't be done: RFC 9457, one shape for every error of every route.

    {"type": "urn:diversion-screening:problem:too-large", "title": "Content Too Large", "status": 413,
     "detail": "the body has more than 16,000,000 bytes", "request": "4f2c...", "errors": [...]}

`errors` names each fault of a body or a parameter: `pointer` (JSON Pointer into the body, RFC 6901) or
`parameter`, and `detail`. Nothing that was sent is sent back, and nothing of how the service is built.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from screening.service.methods import allowed

MEDIA_TYPE = "application/problem+json"
TYPES = "urn:diversion-screening:problem:"

KINDS = {
    400: "malformed",
    401: "unauthenticated",
    403: "not-allowed",
    404: "not-found",
    405: "method-not-allowed",
    406: "not-acceptable",
    408: "too-slow",
    409: "conflict",
    410: "gone",
    413: "too-large",
    414: "address-too-long",
    415: "unsupported-media-type",
    422: "invalid",
    429: "too-many-requests",
    500: "internal",
    503: "unavailable",
}
"""What a status is called in `type`, unless the problem says it more closely."""

MOST_FAULTS = 100


class FaultShown(BaseModel):
    """One fault of a request, with its place: in the body, or a parameter."""

    pointer: str | None = Field(None, description="JSON Pointer into the body", examples=["/0/value"])
    parameter: str | None = Field(None, examples=["limit"])
    detail: str = Field(examples=["is no number"])


class ProblemShown(BaseModel):
    """Why a request could not be done (RFC 9457)."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(examples=[TYPES + "invalid"])
    title: str = Field(examples=["Unprocessable Content"])
    status: int = Field(examples=[422])
    detail: str = Field(examples=["/0/value: is no number"])
    request: str | None = Field(None, description="The id of the request, as in the service's log")
    errors: list[FaultShown] = Field([], description="Each fault of the body or the parameters")


class Problem(HTTPException):
    """A request that can't be done, and why; any route or limit may raise it.

    It is an HTTPException since only those pass unchanged through what reads a body.
    """

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        kind: str | None = None,
        errors: Sequence[Mapping[str, str]] = (),
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        """`more` are members of the problem besides: the current state, in a conflict."""
        super().__init__(status, detail, dict(headers) if headers else None)
        self.kind = kind or KINDS.get(status, "error")
        self.errors = errors
        self.more = more

    def content(self, request_id: str | None) -> dict[str, Any]:
        """The problem as its JSON object."""
        told: dict[str, Any] = {
            "type": TYPES + self.kind,
            "title": title_of(self.status_code),
            "status": self.status_code,
            "detail": self.detail,
        }
        if request_id:
            told["request"] = request_id
        if self.errors:
            told["errors"] = list(self.errors[:MOST_FAULTS])
        return told | self.more

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers the request with the problem, where there is no route to raise it from."""
        await problem_response(self, scope)(scope, receive, send)


def title_of(status: int) -> str:
    """What the status is called by its standard."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"


def problem_response(problem: Problem, scope: Scope) -> Response:
    """The answer that tells of the problem."""
    content = problem.content(scope.get("state", {}).get("request_id"))
    return Response(
        json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace"),
        problem.status_code,
        problem.headers,
        MEDIA_TYPE,
    )


def answer_problem(request: Request, error: Exception) -> Response:
    """The answer to an error of the framework or of a route."""
    assert isinstance(error, HTTPException)
    problem = error if isinstance(error, Problem) else _of_framework(request, error)
    return problem_response(problem, request.scope)


def _of_framework(request: Request, error: HTTPException) -> Problem:
    headers = dict(error.headers or {})
    if error.status_code == 405:
        headers["Allow"] = allowed(request.app, request.scope["path"])
    return Problem(error.status_code, _SENTENCES.get(error.status_code, error.detail), headers=headers)


_SENTENCES = {
    400: "the body can't be read",
    404: "there is nothing at this address",
    405: "this address does not take that method",
}


def faults(errors: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """What pydantic finds wrong, each fault with the place where it stands in the request."""
    return [_fault(error["loc"], error["msg"]) for error in errors]


def _fault(place: Sequence[str | int], what: str) -> dict[str, str]:
    where, *steps = place or ("body",)
    if where == "body":
        return {"pointer": pointer(steps), "detail": what}
    return {"parameter": ".".join(map(str, steps)) or str(where), "detail": what}


def pointer(steps: Iterable[str | int]) -> str:
    """The JSON Pointer (RFC 6901) of a place; the whole body is ""."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def invalid(errors: Sequence[Mapping[str, str]]) -> Problem:
    """The problem of a request whose faults are these, told in its detail as far as one line holds."""
    first = errors[0]
    where = first.get("pointer") or first.get("parameter") or "the body"
    others = f"; {len(errors) - 1:,} more" if len(errors) > 1 else ""
    return Problem(422, f"{where}: {first['detail']}{others}", errors=errors)
