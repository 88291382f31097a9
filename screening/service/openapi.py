"""The OpenAPI document, complete: every route with its scope, its examples and every problem it may answer.

What holds of all routes is said here once and written into each, so that no route can forget it.
"""

import json
from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from screening.service.examples import example
from screening.service.problems import KINDS, MEDIA_TYPE, TYPES, ProblemShown, title_of
from screening.service.shapes import ANY_TEXT, NUL, REFERENCE, shapes

DESCRIPTION = """Screens shipments for sanctions evasion by diversion, keeps the alerts, and what people
decided on them.

Every request but those for health shows a key: `Authorization: Bearer KEY`. A key has scopes, and each route
names the one that it needs; none holds another. Every error is a problem of RFC 9457.
"""
_DETAILS = {
    400: "the body is not JSON: expected value at line 1 column 1",
    401: "show a key: Authorization: Bearer KEY",
    403: "this needs the scope decide, which your key does not have",
    404: "there is no alert 12",
    405: "this address does not take that method",
    408: "the body comes too slowly; send it in one go",
    409: "somebody else was first; look at it as it is now, and decide anew",
    410: "the files of this job were removed on 2026-12-21; its alerts stand at /alerts",
    413: "the body has more than the 16,000,000 bytes that this address takes",
    415: "the body comes without a content type; send application/json",
    422: "/0/value: is no number",
    429: "you ask too often; wait, then ask again",
    503: "the service is busy; try again",
}
_RETRY = {"Retry-After": {"description": "Seconds to wait", "schema": {"type": "integer", "minimum": 0}}}
_CHALLENGE = {"WWW-Authenticate": {"description": "How to show a key", "schema": {"type": "string"}}}
_HEADERS = {401: _CHALLENGE, 429: _RETRY, 503: _RETRY}
_PROBLEM = "#/components/schemas/Problem"
MOST_SHIPMENTS = 1_000
"""Shipments that a request may have where the service is not set otherwise."""
_EXACT = {"enum", "format", "const", "not"}
_SOMETHING = r"\S"
_NOT_OURS = ("HTTPValidationError", "ValidationError")


def json_body(shape: str, shown: str, many: bool = False) -> dict[str, Any]:
    """How a route that reads its body itself declares it: its shape and an example, by their names."""
    return {"required": True, "content": _content(shape, shown, many)}


def json_answer(shape: str, shown: str, many: bool = False) -> dict[str, Any]:
    """How a route that writes its answer itself declares it."""
    return {"description": "Successful Response", "content": _content(shape, shown, many)}


def _content(shape: str, shown: str, many: bool) -> dict[str, Any]:
    one = {"$ref": REFERENCE.format(model=shape)}
    examples = {"one": {"value": example(shown)}}
    if not many:
        return {"application/json": {"schema": one, "examples": examples}}
    schema = {"anyOf": [one, {"type": "array", "items": one, "maxItems": MOST_SHIPMENTS}]}
    examples["list"] = {"value": [example(shown)]}
    return {"application/json": {"schema": schema, "examples": examples}}


def operation_name(route: APIRoute) -> str:
    """What a generated client calls the operation: the function's own name."""
    return route.name


def document(app: FastAPI) -> dict[str, Any]:
    """The document of the application."""
    found = get_openapi(
        title=app.title,
        version=app.version,
        description=DESCRIPTION,
        routes=app.routes,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    schemas = found.setdefault("components", {}).setdefault("schemas", {})
    for name in _NOT_OURS:
        schemas.pop(name, None)
    schemas |= shapes() | {"Problem": _problem_schema(schemas)}
    for path, operations in found["paths"].items():
        for operation in operations.values():
            _declare_problems(path, operation)
    _leave_out_nul(found)
    return found


def _leave_out_nul(part: Any) -> None:
    """Writes into each text of a part of the document that it holds no NUL, where nothing says so yet.

    Shapes that say `x-any-text` are left as they are: what is only looked up may hold whatever it likes.
    """
    if isinstance(part, dict) and ANY_TEXT.keys() <= part.keys():
        return
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        _leave_out_nul(inner)
    if isinstance(part, dict) and part.get("type") == "string" and _is_free(part):
        part["not"] = {"pattern": NUL}


def _is_free(text: dict[str, Any]) -> bool:
    return not text.keys() & _EXACT and text.get("pattern") in (None, _SOMETHING)


def _problem_schema(schemas: dict[str, Any]) -> dict[str, Any]:
    schema = ProblemShown.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(schema.pop("$defs", {}))
    return schema


def _declare_problems(path: str, operation: dict[str, Any]) -> None:
    answers = operation["responses"]
    for status in sorted({*_statuses(path, operation), *_declared_problems(answers)}):
        told = answers.get(str(status), {}).get("description")
        answers[str(status)] = _problem(status, told)
    operation["responses"] = dict(sorted(answers.items()))


def _declared_problems(answers: dict[str, Any]) -> Iterator[int]:
    yield from (int(status) for status in answers if status.isdigit() and int(status) >= 400)


def _statuses(path: str, operation: dict[str, Any]) -> Iterator[int]:
    """The problems that any such operation may end in."""
    if not operation.get("security"):
        return
    yield from (400, 401, 429, 503)
    if any(operation["security"][0].values()):
        yield 403
    if "{" in path:
        yield 404
    if "requestBody" in operation:
        yield from (408, 409, 413, 415, 422)
    parameters = {parameter["name"] for parameter in operation.get("parameters", ())}
    if parameters:
        yield 422
    if "cursor" in parameters:
        yield 404


def _problem(status: int, told: str | None) -> dict[str, Any]:
    title = title_of(status)
    example = {
        "type": TYPES + KINDS.get(status, "error"),
        "title": title,
        "status": status,
        "detail": _DETAILS.get(status, title),
        "request": "4f2c91d07be35a68",
    }
    answer: dict[str, Any] = {
        "description": title if told in (None, "Validation Error") else told,
        "content": {MEDIA_TYPE: {"schema": {"$ref": _PROBLEM}, "example": example}},
    }
    return answer | ({"headers": _HEADERS[status]} if status in _HEADERS else {})


def text_of(app: FastAPI) -> str:
    """The document as it is kept beside the documentation."""
    return json.dumps(app.openapi(), indent=1, ensure_ascii=False) + "\n"
