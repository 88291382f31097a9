"""Connections that end at a moment, whatever the server does until then.

A time limit on silence is none on a server that sends a letter now and then: it never falls silent, and
never comes to the end of its headers either.
"""

import io
import time
import urllib.request
from collections.abc import Callable
from functools import partial
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from socket import socket
from typing import Any


class _TimedBytes(io.RawIOBase):
    """What a socket sends, until the deadline; TimeoutError from then on."""

    def __init__(self, raw: io.RawIOBase, sock: socket, silence: float, deadline: float) -> None:
        self._raw, self._sock = raw, sock
        self._silence, self._deadline = silence, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("timed out")
        self._sock.settimeout(min(self._silence, left))
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _TimedResponse(HTTPResponse):
    """A response of which every byte, headers and lengths too, comes before the deadline."""

    def __init__(self, sock: socket, *told: Any, silence: float, deadline: float, **named: Any) -> None:
        super().__init__(sock, *told, **named)
        self.fp = io.BufferedReader(_TimedBytes(self.fp.detach(), sock, silence, deadline))


class TimedHandler(urllib.request.HTTPHandler, urllib.request.HTTPSHandler):
    """Opens http and https addresses; TimeoutError for what is not whole at the deadline."""

    def __init__(self, silence: float, deadline: float) -> None:
        super().__init__()
        self._response = partial(_TimedResponse, silence=silence, deadline=deadline)

    def http_open(self, req: urllib.request.Request) -> HTTPResponse:
        return self.do_open(self._opening(HTTPConnection), req)

    def https_open(self, req: urllib.request.Request) -> HTTPResponse:
        return self.do_open(self._opening(HTTPSConnection), req)

    def _opening(self, kind: type[HTTPConnection]) -> Callable[..., HTTPConnection]:
        def connection(host: str, **options: Any) -> HTTPConnection:
            one = kind(host, **options)
            one.response_class = self._response  # type: ignore[assignment]
            return one

        return connection
