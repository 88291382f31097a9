"""Webhooks: what a receiver gets, whom nobody may have us ask, and what is shown of what did not arrive."""

import hashlib
import hmac
import json
from base64 import b64decode, b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from screening.service.courier import Courier
from screening.service.destinations import ForbiddenAddressError, checked, is_public
from screening.store import deliveries, webhooks
from screening.store.database import Database
from screening.store.webhooks import EVENTS
from tests.store.records import post, screened


class Receiver(HTTPServer):
    """Somebody who is told: keeps what came, answers as it is set to."""

    status = 204

    def __init__(self) -> None:
        self.told: list[tuple[dict[str, str], str]] = []
        super().__init__(("127.0.0.1", 0), _Answers)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.server_port}/hooks?for=alerts"


class _Answers(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        self.server.told.append(({k.lower(): v for k, v in self.headers.items()}, body))
        self.send_response(self.server.status)
        self.send_header("Location", "http://localhost:1/")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def courier(database: Database) -> Iterator[Courier]:
    found = Courier(database, private=True)
    yield found
    found.close()


def told(database: Database, url: str) -> str:
    """The secret of a webhook there, after an alert that it is told of."""
    made = database.write(lambda tx: webhooks.subscribe(tx, url, EVENTS, "key:root"))
    post(database, screened("S1", "PTY-001"))
    return str(made["secret"])


def latest(database: Database) -> dict[str, Any]:
    with database.reading() as tx:
        return deliveries.page_of_deliveries(tx).items[0]


def test_a_receiver_gets_a_signed_message(database: Database, receiver: Receiver, courier: Courier) -> None:
    secret = told(database, receiver.url)
    assert (courier.round(), courier.round()) == (1, 0)
    ((headers, body),) = receiver.told
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{body}".encode()
    digest = hmac.new(b64decode(secret.removeprefix("whsec_")), signed, hashlib.sha256).digest()
    assert headers["webhook-signature"] == "v1," + b64encode(digest).decode()
    assert headers["host"] == f"localhost:{receiver.server_port}"
    assert (json.loads(body)["type"], json.loads(body)["data"]["id"]) == ("alert.opened", 1)
    assert latest(database)["state"] == "done"


@pytest.mark.parametrize(("status", "state"), [(500, "due"), (302, "due"), (410, "dead")])
def test_what_is_not_taken_is_tried_again_unless_nobody_wants_it(
    database: Database, receiver: Receiver, courier: Courier, status: int, state: str
) -> None:
    receiver.status = status
    told(database, receiver.url)
    courier.round()
    assert (latest(database)["state"], latest(database)["answer"]) == (state, f"status {status}")


def test_a_receiver_that_is_not_there_is_tried_again(database: Database, courier: Courier) -> None:
    told(database, "http://localhost:1/")
    courier.round()
    assert (latest(database)["state"], latest(database)["answer"]) == ("due", "ConnectError")


def test_another_address_of_a_name_is_asked_where_the_first_does_not_answer(
    database: Database, receiver: Receiver
) -> None:
    told(database, receiver.url)
    courier = Courier(database, True, lambda *_: ["127.0.0.2", "127.0.0.1"])
    courier.round()
    courier.close()
    assert latest(database)["state"] == "done"


def test_nobody_has_us_ask_our_own_network(database: Database, receiver: Receiver) -> None:
    told(database, receiver.url)
    courier = Courier(database)
    courier.round()
    courier.close()
    assert (latest(database)["state"], receiver.told) == ("dead", [])


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
        *("224.0.0.1", "::1", "::", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "2002:7f00:1::"),
        *("64:ff9b::7f00:1", "ff02::1"),
    ],
)
def test_an_address_of_a_network_s_own_is_not_public(address: str) -> None:
    assert not is_public(address)
    with pytest.raises(ForbiddenAddressError):
        checked(httpx.URL("https://orders.example.com/"), False, lambda *_: ["93.184.216.34", address])


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_the_address_that_was_checked_is_the_one_that_is_asked(address: str) -> None:
    (found,) = checked(httpx.URL("https://orders.example.com/hooks?a=1"), False, lambda *_: [address])
    assert (found.host, found.port, found.path, found.query) == (address, None, "/hooks", b"a=1")


def test_a_secret_is_shown_once(client: TestClient) -> None:
    made = client.post("/webhooks", json={"url": "https://orders.example.com/hooks"}).json()
    assert made["secret"].startswith("whsec_") and made["events"] == list(EVENTS)
    (item,) = client.get("/webhooks").json()["items"]
    assert "secret" not in item
    assert client.delete(f"/webhooks/{item['id']}").json()["ended_at"]


@pytest.mark.parametrize(
    ("url", "status"),
    [
        *(("http://orders.example.com/", 409), ("http://[2001:db8:0:1::2:3]/", 409)),
        *(("ftp://orders.example.com/", 422), ("orders", 422), ("https://[943c54f32bd2:6c38]/", 422)),
    ],
)
def test_an_address_that_is_none_is_refused(client: TestClient, url: str, status: int) -> None:
    answer = client.post("/webhooks", json={"url": url})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (status, "/url")


def test_what_was_given_up_is_listed(client: TestClient) -> None:
    assert client.get("/deliveries", params={"state": "dead"}).json() == {"items": [], "next": None}
    assert client.get("/deliveries", params={"cursor": "x"}).status_code == 404
    assert client.post("/deliveries/1/redelivery").status_code == 404
