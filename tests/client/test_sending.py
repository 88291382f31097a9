"""Requests are sent again where that is safe, and nowhere else."""

import io
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from screening.client import Client
from screening.errors import ServiceError

RESULT = {"shipment_id": "S1", "row": 1, "file": "post", "decision": "clear", "score": 0, "run": "r"}
RECORD = RESULT | {"alert": None}
JOB = {"id": "a" * 24, "file": "a.csv", "sha256": "0", "bytes": 1, "all": False, "state": "queued"}
JOB |= {"rows_done": 0, "rows_total": None, "counts": None, "fault": None, "run": None}
JOB |= {"created_at": "2026-11-21T09:30:00Z", "started_at": None, "ended_at": None, "files_removed_at": None}


class Answers(httpx.BaseTransport):
    """Gives these answers one after the other; one that is an error is raised."""

    def __init__(self, *answers: httpx.Response | httpx.TransportError) -> None:
        self._answers = iter(answers)
        self.sent: list[httpx.Request] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.sent.append(request)
        answer = next(self._answers)
        if isinstance(answer, httpx.TransportError):
            answer.request = request
            raise answer
        return answer


@pytest.fixture(autouse=True)
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    pauses: list[float] = []
    monkeypatch.setattr("screening.client.sending.sleep", pauses.append)
    return pauses


def client(answers: Answers) -> Client:
    return Client("http://service", "key", transport=answers, tries=3)


def busy(**headers: str) -> httpx.Response:
    return httpx.Response(503, headers=headers)


def test_a_post_is_sent_again_with_the_key_that_it_had() -> None:
    answers = Answers(httpx.ReadError("gone"), busy(), httpx.Response(200, json=RECORD))
    assert client(answers).screen({}).result.decision == "clear"
    keys = [request.headers["Idempotency-Key"] for request in answers.sent]
    assert len(keys) == 3 and len(set(keys)) == 1


def test_each_post_has_a_key_of_its_own() -> None:
    answers = Answers(httpx.Response(200, json=RECORD), httpx.Response(200, json=RECORD))
    with client(answers) as sender:
        sender.screen({}), sender.screen({})
    assert len({request.headers["Idempotency-Key"] for request in answers.sent}) == 2


def test_a_file_is_sent_again_from_where_it_stood() -> None:
    answers = Answers(busy(), httpx.Response(202, json=JOB))
    file = io.BytesIO(b"before shipment_id")
    file.seek(7)
    assert client(answers).queue_job(file).id == JOB["id"]
    assert [request.read() for request in answers.sent] == [b"shipment_id"] * 2
    assert len({request.headers["Idempotency-Key"] for request in answers.sent}) == 1


def test_a_file_that_goes_by_once_is_sent_once() -> None:
    class Passing(io.BytesIO):
        def seekable(self) -> bool:
            return False

    answers = Answers(busy())
    with pytest.raises(ServiceError, match="Unavailable"):
        client(answers).queue_job(Passing(b"shipment_id"))
    assert len(answers.sent) == 1


@pytest.mark.parametrize(
    "call",
    [
        lambda client: client.create_key("a", ["read"]),
        lambda client: client.subscribe("https://orders.example.com"),
        lambda client: client.refresh_watchlists(),
        lambda client: client.end_suppression(1),
        lambda client: client.process_is_there() and client.show_alert(1),
    ],
)
def test_what_would_be_done_twice_is_sent_once(call: Callable[[Client], Any]) -> None:
    answers = Answers(busy(), httpx.Response(200))
    try:
        call(client(answers))
    except ServiceError as error:
        assert error.status == 503
    assert len(answers.sent) == 1


def test_a_refusal_is_not_asked_for_again() -> None:
    answers = Answers(httpx.Response(404))
    with pytest.raises(ServiceError, match="Not Found: the answer is no problem of the service"):
        client(answers).show_alert(1)


def test_the_service_says_how_long_to_wait(waited: list[float]) -> None:
    answers = Answers(busy(**{"Retry-After": "7"}), busy(), httpx.Response(200, text="figures"))
    assert client(answers).show_metrics() == "figures"
    assert waited[0] == 7 and 0.4 <= waited[1] <= 0.8


def test_a_service_that_is_not_there_is_told_as_such() -> None:
    answers = Answers(*(httpx.ConnectError("refused") for _ in range(3)))
    with pytest.raises(ServiceError, match="no answer: service: refused") as caught:
        client(answers).list_rules()
    assert caught.value.status is None and len(answers.sent) == 3


def test_a_result_that_breaks_off_is_told_as_such() -> None:
    def parts() -> Iterator[bytes]:
        yield b'{"shipment'
        raise httpx.ReadError("gone", request=httpx.Request("GET", "http://service"))

    with pytest.raises(ServiceError, match="gone"):
        list(client(Answers(httpx.Response(200, content=parts()))).job_result("0" * 24))
