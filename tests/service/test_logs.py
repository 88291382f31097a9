"""What the log tells: what was done and by whom, and neither a secret nor anybody's name."""

import json
import logging
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from screening.service.app import create_app
from screening.service.logs import JsonLines
from screening.service.settings import Settings
from tests.service.conftest import KEY

PERSON = "Wladimir Geheimnis"


class Written(logging.Handler):
    """The lines that would be written."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.setFormatter(JsonLines())

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def written() -> Iterator[Written]:
    handler, root = Written(), logging.getLogger()
    service = logging.getLogger("screening")
    level = service.level
    root.addHandler(handler)
    service.setLevel(logging.INFO)
    yield handler
    root.removeHandler(handler)
    service.setLevel(level)


def test_a_request_leaves_a_line_with_its_id_and_who_asked(client: TestClient, written: Written) -> None:
    answer = client.get("/rules", headers={"X-Request-Id": "order-system.4711"})
    told = json.loads(written.lines[-1])
    assert answer.headers["x-request-id"] == told["request"] == "order-system.4711"
    assert (told["route"], told["status"], told["by"]) == ("/rules", 200, "bootstrap")


def test_neither_a_secret_nor_a_name_is_logged(client: TestClient, written: Written) -> None:
    made = client.post("/keys", json={"name": PERSON, "scopes": ["read"]}).json()
    client.post("/screen", json={"consignee_name": PERSON, "hs_code": PERSON})
    client.get("/alerts", params={"party": PERSON, "limit": PERSON})
    client.get("/rules", headers={"Authorization": f"Bearer {made['key']}x"})
    told = "\n".join(written.lines)
    assert told and not [word for word in (KEY, made["key"], *PERSON.split()) if word in told]


def test_a_bug_is_told_by_its_place_and_not_by_what_it_was_about(
    settings: Settings, written: Written
) -> None:
    app = create_app(settings)

    @app.get("/bug")
    def bug() -> None:
        raise LookupError(PERSON)

    with TestClient(app, raise_server_exceptions=False, headers={"Authorization": f"Bearer {KEY}"}) as client:
        answer = client.get("/bug")
    assert answer.status_code == answer.json()["status"] == 500
    (line,) = (json.loads(line) for line in written.lines if '"bug"' in line and "places" in line)
    assert line["error"] == "LookupError" and "test_logs.py" in line["places"][-1]
    assert PERSON not in answer.text + "".join(written.lines)


@pytest.mark.parametrize("given", ["short", "x" * 100, "a b c d e f g h", 'quote"quote"'])
def test_an_id_that_could_be_anything_is_replaced(client: TestClient, given: str) -> None:
    assert client.get("/rules", headers={"X-Request-Id": given}).headers["x-request-id"] != given
