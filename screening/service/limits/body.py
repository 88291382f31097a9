"""A body that is too large, too slow or endless is refused while it comes, not when it has come.

What a body says of its own length is believed only where that refuses it at once; bytes are counted. What
is left of a body when the answer is there is let in for a moment, so that a client that sends before it
reads gets to read; if it is not over then, the answer closes the connection, else it would come for ever.
"""

import asyncio
from collections.abc import Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from screening.service.problems import Problem

SLOWEST = 16_000
"""Bytes a second that a slow line is given time for, beyond `seconds`."""
LINGER_BYTES = 4_000_000
LINGER_SECONDS = 0.5
_CLOSE = (b"connection", b"close")


class BodyLimit:
    """Refuses a body beyond so many bytes, or one that keeps the service waiting for too long."""

    def __init__(
        self, app: ASGIApp, most_bytes: int, seconds: float, uploads: Mapping[str, int] | None = None
    ) -> None:
        """`uploads` has the paths that take more bytes, each with how many."""
        self._app = app
        self._most_bytes = most_bytes
        self._seconds = seconds
        self._uploads = uploads or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = self._uploads.get(scope["path"], self._most_bytes)
        body = _Body(dict(scope["headers"]), receive, send, most, self._seconds)
        if body.stated > most:
            await _too_large(most)(scope, body.receive, body.send)
        else:
            await self._app(scope, body.receive, body.send)


class _Body:
    """One body as it comes in, and the answer that ends it."""

    def __init__(
        self, headers: Mapping[bytes, bytes], receive: Receive, send: Send, most: int, seconds: float
    ) -> None:
        stated = headers.get(b"content-length", b"")
        self.stated = int(stated) if stated.isdigit() else 0
        self._whole = not self.stated and b"transfer-encoding" not in headers
        self._held_back = b"expect" in headers
        self._receive = receive
        self._send = send
        self._most = most
        self._seconds = seconds
        self._waited = 0.0
        self._size = 0

    async def receive(self) -> Message:
        """The next part. Raises Problem 408 or 413."""
        if self._whole:
            return await self._receive()
        message = await self._in_time()
        if self._size > self._most:
            raise _too_large(self._most)
        return message

    async def send(self, message: Message) -> None:
        """Passes the answer on; the connection ends with it unless the body has."""
        if message["type"] == "http.response.start" and not self._whole and not await self._let_in():
            message = {**message, "headers": [*message["headers"], _CLOSE]}
        await self._send(message)

    async def _in_time(self) -> Message:
        """The next part, waited for as long as the parts so far leave: only waiting counts."""
        clock = asyncio.get_running_loop().time
        begun = clock()
        left = self._seconds + self._size / SLOWEST - self._waited
        try:
            async with asyncio.timeout(max(left, 0)):
                return await self._next()
        except TimeoutError:
            raise Problem(408, "the body comes too slowly; send it in one go") from None
        finally:
            self._waited += clock() - begun

    async def _next(self) -> Message:
        self._held_back = False
        message = await self._receive()
        self._size += len(message.get("body", b""))
        self._whole = not message.get("more_body", False)
        return message

    async def _let_in(self) -> bool:
        """Whether the body is over within a moment. One that waits to be asked for stays where it is."""
        most = self._size + LINGER_BYTES
        try:
            async with asyncio.timeout(LINGER_SECONDS):
                while not self._held_back and not self._whole and self._size < most:
                    await self._next()
        except TimeoutError:
            return False
        return self._whole


def _too_large(most: int) -> Problem:
    return Problem(413, f"the body has more than the {most:,} bytes that this address takes")
