"""The OpenAPI document: complete, exact and kept; a client made from it meets no surprise."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from screening.service.app import create_app
from screening.service.examples import example
from screening.service.openapi import text_of
from screening.service.settings import Settings
from tests.service.conftest import KEY
from tests.service.live import serving
from tests.service.routes_table import routes_of

KEPT = Path(__file__).parents[2] / "docs" / "openapi.json"
APP = create_app(Settings.read({}))
DOCUMENT = APP.openapi()
OPERATIONS = [
    pytest.param(path, operation, id=f"{method.upper()} {path}")
    for path, operations in DOCUMENT["paths"].items()
    for method, operation in operations.items()
]


def test_the_kept_document_is_that_of_the_service() -> None:
    assert KEPT.read_text(encoding="utf-8") == text_of(APP), "run `make docs`"


def test_every_route_stands_in_the_document_with_its_scope() -> None:
    told = {
        (method.upper(), path): operation.get("security", [{"bearer": [""]}])[0]["bearer"]
        for path, operations in DOCUMENT["paths"].items()
        for method, operation in operations.items()
    }
    there = {(entry.method, entry.path): [entry.scope] for entry in routes_of(APP)}
    assert told == {key: scope for key, scope in there.items() if key[1] != "/openapi.json"}


@pytest.mark.parametrize(("path", "operation"), OPERATIONS)
def test_an_operation_says_what_it_does_and_how_it_fails(path: str, operation: dict[str, Any]) -> None:
    assert operation["description"]
    if operation.get("security"):
        assert {"401", "403", "429", "503"} <= operation["responses"].keys()
    problems = {status: answer for status, answer in operation["responses"].items() if status >= "400"}
    assert all("application/problem+json" in answer["content"] for answer in problems.values())


@pytest.mark.parametrize(("path", "operation"), OPERATIONS)
def test_the_body_of_an_operation_comes_with_an_example(path: str, operation: dict[str, Any]) -> None:
    contents = operation.get("requestBody", {}).get("content", {})
    assert not contents or any("example" in json.dumps([body, _shape(body)]) for body in contents.values())


def _shape(body: dict[str, Any]) -> Any:
    name = body["schema"].get("$ref", "").rpartition("/")[2]
    return DOCUMENT["components"]["schemas"].get(name)


@pytest.mark.parametrize(("name", "shape"), [("shipment", "Shipment"), ("record", "Record")])
def test_an_example_has_the_shape_that_it_is_an_example_of(name: str, shape: str) -> None:
    schema = {"$ref": f"#/components/schemas/{shape}", "components": DOCUMENT["components"]}
    jsonschema_rs.validator_for(schema).validate(example(name))


def test_schemathesis_finds_nothing(tmp_path: Path) -> None:
    settings = Settings.read(
        {}, database=f"sqlite:///{tmp_path / 'store.sqlite'}", bootstrap_key=KEY, jobs_at_once=0
    )
    with serving(settings) as live:
        address = f"http://127.0.0.1:{live.port}/openapi.json"
        checked = ["--checks", "all", "--phases", "examples,fuzzing", "--max-examples", "3", "--seed", "1"]
        calm = ["--suppress-health-check", "all", "--request-timeout", "60", "--no-color"]
        asking = ["-H", f"Authorization: Bearer {KEY}"]
        run = [sys.executable, "-m", "schemathesis.cli", "run", address, *asking, *checked, *calm]
        done = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
