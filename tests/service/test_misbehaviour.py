"""Clients that send too much, too slowly or without end are refused, and told so."""

import socket
import time
from collections.abc import Iterator

import httpx
import pytest

from screening.service.connections import PatientProtocol
from screening.service.settings import Settings
from tests.service.conftest import KEY
from tests.service.live import Live, said, serving

MOST = 100_000
HEAD = (
    b"POST /keys HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\nAuthorization: Bearer "
    + KEY.encode()
    + b"\r\n"
)


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    database = f"sqlite:///{tmp_path_factory.mktemp('live') / 'store.sqlite'}"
    settings = Settings.read(
        {}, database=database, bootstrap_key=KEY, body_bytes=MOST, body_seconds=0.4, stop_seconds=5
    )
    with serving(settings) as server:
        yield server


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


def test_a_body_that_says_that_it_is_too_large_is_refused_before_it_comes(live: Live) -> None:
    answer = said(live.port, HEAD + f"Content-Length: {10**12}\r\nExpect: 100-continue\r\n\r\n".encode())
    assert status(answer) == 413
    assert b"problem+json" in answer


def test_a_body_that_turns_out_too_large_is_refused_while_it_comes(live: Live) -> None:
    chunk = b"%x\r\n%s\r\n" % (MOST // 2, b" " * (MOST // 2))
    assert status(said(live.port, HEAD + b"Transfer-Encoding: chunked\r\n\r\n", chunk * 3)) == 413


def test_a_client_that_sends_a_little_too_much_gets_to_read_why(live: Live) -> None:
    headers = {"Authorization": f"Bearer {KEY}"}
    answer = httpx.post(f"http://127.0.0.1:{live.port}/keys", content=b" " * MOST * 3, headers=headers)
    assert answer.json()["status"] == 413


def test_an_endless_body_is_cut_off(live: Live) -> None:
    chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    with socket.create_connection(("127.0.0.1", live.port), timeout=10) as client:
        client.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
        with pytest.raises(OSError):
            for _ in range(20_000):
                client.sendall(chunk)


def test_an_endless_body_from_somebody_without_a_key_is_cut_off(live: Live) -> None:
    head = b"POST /screen HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    with socket.create_connection(("127.0.0.1", live.port), timeout=10) as client:
        client.sendall(head)
        with pytest.raises(OSError):
            for _ in range(20_000):
                client.sendall(chunk)


def test_a_body_that_stops_coming_is_waited_for_no_longer(live: Live) -> None:
    assert status(said(live.port, HEAD + b"Content-Length: 100\r\n\r\n{")) == 408


def test_a_body_that_trickles_is_no_better(live: Live) -> None:
    trickle = [b" "] * 8
    assert status(said(live.port, HEAD + b"Content-Length: 100\r\n\r\n", *trickle, pause=0.1)) == 408


def test_a_head_that_never_ends_is_waited_for_no_longer(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PatientProtocol, "head_seconds", 0.2)
    assert status(said(live.port, b"GET /rules HTTP/1.1\r\n", b"X-A: b\r\n", pause=0.15)) == 408


def test_a_client_that_says_nothing_is_not_kept(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PatientProtocol, "head_seconds", 0.1)
    assert status(said(live.port)) == 408


@pytest.mark.parametrize("noise", [b"\x16\x03\x01\x02\x00", b"GET\r\n\r\n", b"GET / HTTP/1.1\r\n: x\r\n\r\n"])
def test_what_is_no_http_is_told_so_in_the_shape_of_every_problem(live: Live, noise: bytes) -> None:
    answer = said(live.port, noise + b"\r\n\r\n")
    assert status(answer) == 400
    assert b"problem+json" in answer


def test_a_connection_goes_on_after_a_refusal_that_left_nothing_unread(live: Live) -> None:
    with httpx.Client(base_url=f"http://127.0.0.1:{live.port}") as client:
        assert client.post("/keys", content=b"{}").status_code == 401
        assert "connection" not in client.post("/keys", content=b"{}").headers


def test_a_stop_lets_a_request_under_way_come_to_its_end(tmp_path_factory: pytest.TempPathFactory) -> None:
    database = f"sqlite:///{tmp_path_factory.mktemp('stopped') / 'store.sqlite'}"
    settings = Settings.read({}, database=database, bootstrap_key=KEY)
    with serving(settings) as server, socket.create_connection(("127.0.0.1", server.port)) as client:
        client.sendall(HEAD + b"Content-Length: 2\r\n\r\n{")
        time.sleep(0.2)
        server.should_exit = True
        time.sleep(0.3)
        client.sendall(b"}")
        assert status(client.recv(65_536)) == 422
