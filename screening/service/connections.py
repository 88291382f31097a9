"""Connections that ask for nothing, or never come to the end of asking, are closed.

The server waits without end for the head of a request, and what it can't read it answers as plain text.
"""

import asyncio
import json

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from screening.service.problems import MEDIA_TYPE, Problem

HEAD_SECONDS = 15.0
"""How long the head of a request may take, from the first wait for it."""


class PatientProtocol(H11Protocol):
    """HTTP/1.1, with an end to waiting for the head of a request."""

    head_seconds = HEAD_SECONDS
    _head: asyncio.TimerHandle | None = None
    cycle: RequestResponseCycle | None  # type: ignore[assignment]

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client has come; it has so long to ask."""
        super().connection_made(transport)
        self._head = self.loop.call_later(self.head_seconds, self._too_slow)

    def data_received(self, data: bytes) -> None:
        """Part of a request came; time goes on for its head alone."""
        super().data_received(data)
        asking = self.cycle is None or self.cycle.response_complete
        if not asking:
            self._stop_waiting()
        elif self._head is None and not self.transport.is_closing():
            self._head = self.loop.call_later(self.head_seconds, self._too_slow)

    def connection_lost(self, exc: Exception | None) -> None:
        """The client has gone."""
        self._stop_waiting()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Says that this is no HTTP, in the shape of every other problem, and closes."""
        self._tell(Problem(400, "this is no request of HTTP/1.1 that can be read"))

    def _too_slow(self) -> None:
        if not self.transport.is_closing():
            self._tell(Problem(408, "the head of the request comes too slowly"))

    def _tell(self, problem: Problem) -> None:
        body = json.dumps(problem.content(None)).encode()
        headers = [
            ("content-type", MEDIA_TYPE),
            ("content-length", str(len(body))),
            ("connection", "close"),
        ]
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            answer = (
                h11.Response(status_code=problem.status_code, headers=headers),
                h11.Data(data=body),
                h11.EndOfMessage(),
            )
            self.transport.write(b"".join(self.conn.send(event) or b"" for event in answer))
        self.transport.close()

    def _stop_waiting(self) -> None:
        if self._head is not None:
            self._head.cancel()
            self._head = None
