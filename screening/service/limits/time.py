"""An answer that does not begin in time is given up on: the client is told, whatever still works goes on.

Work in a thread can't be stopped from outside, and stopping a transaction halfway helps nobody. So the work
comes to its end unheard; with an `Idempotency-Key` the client has its answer when it asks again.
"""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from screening.service.problems import Problem


class TimeLimit:
    """Answers for the application when it has not begun to so many seconds after the request was whole."""

    def __init__(self, app: ASGIApp, seconds: float) -> None:
        self._app = app
        self._seconds = seconds
        self._given_up: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = _Answer(receive, send, self._seconds)
        work = asyncio.ensure_future(self._app(scope, answer.receive, answer.send))
        try:
            await asyncio.wait((work, answer.late), return_when=asyncio.FIRST_COMPLETED)
            if work.done() or answer.begun:
                await work
                return
        except asyncio.CancelledError:
            work.cancel()
            raise
        finally:
            answer.end()
        await self._give_up(answer, work, scope)

    async def _give_up(self, answer: "_Answer", work: "asyncio.Future[None]", scope: Scope) -> None:
        answer.given_up = True
        task = asyncio.ensure_future(_ended(work))
        self._given_up.add(task)
        task.add_done_callback(self._given_up.discard)
        problem = Problem(503, "this took too long; what was begun goes on", headers={"Retry-After": "5"})
        await problem(scope, answer.receive, answer.to_client)


class _Answer:
    """What the application sends, and whether anybody still waits for it."""

    def __init__(self, receive: Receive, send: Send, seconds: float) -> None:
        self._receive = receive
        self.to_client = send
        self._loop = asyncio.get_running_loop()
        self._seconds = seconds
        self._timer = self._loop.call_later(seconds, self._tell)
        self.late: asyncio.Future[None] = self._loop.create_future()
        self.begun = False
        self.given_up = False

    async def receive(self) -> Message:
        """The next part of the request; the time counts from the last that came."""
        message = await self._receive()
        if message["type"] == "http.request" and not self.begun:
            self._timer.cancel()
            self._timer = self._loop.call_later(self._seconds, self._tell)
        return message

    async def send(self, message: Message) -> None:
        """Passes the answer on for as long as somebody waits for it."""
        if not self.given_up:
            self.begun = True
            self._timer.cancel()
            await self.to_client(message)

    def end(self) -> None:
        """Nothing is waited for any more."""
        self._timer.cancel()
        self.late.cancel()

    def _tell(self) -> None:
        if not self.late.done():
            self.late.set_result(None)


async def _ended(work: "asyncio.Future[None]") -> None:
    """Waits for work that nobody waits for; what it raises is of no use to anybody."""
    await asyncio.wait((work,))
    if not work.cancelled():
        work.exception()
