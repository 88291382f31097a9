"""An answer comes in time, or somebody says that it won't."""

import asyncio

from starlette.types import Receive, Scope, Send

from screening.service.limits import TimeLimit
from tests.service.asgi import ask, scope_of


class Work:
    """An application that takes its time, and remembers whether it came to its end."""

    def __init__(self, before: float, after: float = 0.0) -> None:
        self.before, self.after = before, after
        self.ended = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.sleep(self.before)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await asyncio.sleep(self.after)
        await send({"type": "http.response.body", "body": b"done"})
        self.ended = True


def test_an_answer_in_time_passes_unchanged() -> None:
    answered = asyncio.run(ask(TimeLimit(Work(0.0), 5.0), scope_of("GET", "/rules")))
    assert (answered.status, answered.body) == (200, b"done")


def test_an_answer_that_is_late_is_given_up_on_and_its_work_comes_to_its_end() -> None:
    work = Work(0.15)

    async def asked() -> int:
        answered = await ask(TimeLimit(work, 0.05), scope_of("GET", "/rules"))
        assert not work.ended
        await asyncio.sleep(0.3)
        return answered.status

    assert asyncio.run(asked()) == 503
    assert work.ended


def test_an_answer_that_has_begun_may_take_as_long_as_it_is() -> None:
    answered = asyncio.run(ask(TimeLimit(Work(0.0, 0.15), 0.05), scope_of("GET", "/jobs/1/result")))
    assert answered.body == b"done"


def test_a_fault_of_the_application_is_not_kept_to_itself() -> None:
    async def faulty(scope: Scope, receive: Receive, send: Send) -> None:
        raise LookupError("a bug")

    async def asked() -> str:
        try:
            await ask(TimeLimit(faulty, 1.0), scope_of("GET", "/rules"))
        except LookupError as error:
            return str(error)
        return "nothing"

    assert asyncio.run(asked()) == "a bug"
