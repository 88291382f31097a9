"""The service as it is met over a socket: what a client that misbehaves sees."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from screening.service.app import create_app
from screening.service.connections import PatientProtocol
from screening.service.settings import Settings


class Live(uvicorn.Server):
    """A server in a thread."""

    port = 0


@contextmanager
def serving(settings: Settings) -> Iterator[Live]:
    """The service on a free port of loopback, until the block ends."""
    config = uvicorn.Config(
        create_app(settings),
        http=PatientProtocol,
        ws="none",
        log_config=None,
        timeout_graceful_shutdown=settings.stop_seconds,
    )
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = Live(config)
        server.port = listening.getsockname()[1]
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        try:
            while not server.started and thread.is_alive():
                time.sleep(0.01)
            yield server
        finally:
            server.should_exit = True
            thread.join()


def said(port: int, *parts: bytes, pause: float = 0.0, seconds: float = 10.0) -> bytes:
    """What the server says to a client that sends these parts with pauses between, until it closes."""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as client:
        for part in parts:
            client.sendall(part)
            time.sleep(pause)
        return _all(client)


def _all(client: socket.socket) -> bytes:
    heard = b""
    while part := client.recv(65_536):
        heard += part
    return heard
