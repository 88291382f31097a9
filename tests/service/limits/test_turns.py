"""Whoever asks too often, or comes when all is full, is told when to come again."""

import asyncio

from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from screening.service.limits import CrowdLimit, RateLimit
from screening.service.rates import Rates
from tests.service.asgi import ask, scope_of

OK = PlainTextResponse("done")


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_is_let_through_and_then_so_many_a_second() -> None:
    clock = Clock()
    rates = Rates(rate=2.0, burst=3, now=clock)
    assert [rates.wait("a") for _ in range(4)] == [0, 0, 0, 0.5]
    clock.now += 0.5
    assert [rates.wait("a") for _ in range(2)] == [0, 0.5]


def test_one_who_asks_often_takes_nothing_from_others() -> None:
    rates = Rates(rate=1.0, burst=1, now=Clock())
    assert [rates.wait(who) for who in ("a", "a", "b")] == [0, 1, 0]


def test_those_who_have_not_asked_for_long_are_forgotten() -> None:
    clock = Clock()
    rates = Rates(rate=1.0, burst=1, now=clock)
    for number in range(10_000):
        rates.wait(f"stranger {number}")
    clock.now += 2
    rates.wait("somebody new")
    assert len(rates._left) == 1


def test_asking_too_often_says_when_to_ask_again() -> None:
    limited = RateLimit(OK, Rates(rate=0.1, burst=1, now=Clock()))
    first, second = (asyncio.run(ask(limited, scope_of("GET", "/rules"))) for _ in range(2))
    assert (first.status, second.status) == (200, 429)
    assert second.headers["retry-after"] == "10"


def test_health_may_be_asked_as_often_as_anybody_likes() -> None:
    limited = RateLimit(OK, Rates(rate=0.1, burst=1, now=Clock()))
    answers = [asyncio.run(ask(limited, scope_of("GET", "/healthz"))).status for _ in range(3)]
    assert answers == [200, 200, 200]


def test_who_comes_when_all_is_full_is_sent_away_at_once() -> None:
    opened = asyncio.Event()

    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        await opened.wait()
        await OK(scope, receive, send)

    async def asked() -> list[int]:
        limited = CrowdLimit(slow, most=2)
        waiting = [asyncio.ensure_future(ask(limited, scope_of("GET", "/rules"))) for _ in range(2)]
        await asyncio.sleep(0)
        turned_away = await ask(limited, scope_of("GET", "/rules"))
        opened.set()
        return [turned_away.status, *(answered.status for answered in await asyncio.gather(*waiting))]

    assert asyncio.run(asked()) == [503, 200, 200]
