"""Requests are screened together and answered as if each had come alone."""

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening import Screener, Shipment
from screening.errors import StoreError
from screening.io.memory import Told, told
from screening.service.desk import SHORT, Judged, ScreeningDesk, judged
from screening.service.problems import Problem
from tests import windows
from tests.shipments import ROWS, Row

SMALL = Screener(windows.rules(), bundled=False)


class Gate:
    """Gives the screener when it is opened; says when somebody waits for it."""

    def __init__(self) -> None:
        self.asked, self.open = threading.Semaphore(0), threading.Event()

    def __call__(self) -> Screener:
        self.asked.release()
        assert self.open.wait(30)
        return SMALL


@pytest.fixture
def gate() -> Gate:
    return Gate()


@pytest.fixture
def desk(gate: Gate) -> Iterator[ScreeningDesk]:
    found = ScreeningDesk(gate, most_waiting=2 * SHORT)
    yield found
    gate.open.set()
    found.close()


def posted(*rows: Row, **more: Any) -> Told:
    return told(Shipment.model_validate({**row, **more}) for row in rows)


def lines(found: Judged) -> list[str]:
    return [record.line for record in found.records]


def alone(request: Told) -> list[str]:
    return lines(judged(SMALL, [request])[0])


@given(st.lists(st.lists(ROWS, min_size=1, max_size=3), min_size=1, max_size=4))
def test_who_else_waits_changes_nothing(callers: list[list[Row]]) -> None:
    requests = [posted(*rows) for rows in callers]
    assert list(map(lines, judged(SMALL, requests))) == list(map(alone, requests))


def test_what_waits_together_is_screened_together(
    desk: ScreeningDesk, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    whole = judged

    def counted(screener: Screener, parts: Sequence[Told]) -> list[Judged]:
        sizes.append(len(parts))
        return whole(screener, parts)

    monkeypatch.setattr("screening.service.desk.judged", counted)
    with ThreadPoolExecutor(8) as clients:
        first = clients.submit(desk.screen, posted({}))
        gate.asked.acquire()
        others = [clients.submit(desk.screen, posted({})) for _ in range(5)]
        wait_for(desk, 5)
        gate.open.set()
        assert [len(one.result().records) for one in (first, *others)] == [1] * 6
    assert sizes == [1, 5]


def test_a_screener_that_can_not_be_had_fails_its_requests_and_no_later_ones() -> None:
    answers = iter([None, None, SMALL])

    def current() -> Screener:
        if (found := next(answers)) is None:
            raise StoreError("the store", "busy")
        return found

    desk = ScreeningDesk(current)
    for _ in range(2):
        with pytest.raises(StoreError):
            desk.screen(posted({}))
    assert len(desk.screen(posted({})).records) == 1
    desk.close()


def wait_for(desk: ScreeningDesk, shipments: int) -> None:
    while desk.waiting < shipments:
        threading.Event().wait(0.001)


def test_columns_of_others_do_not_stand_in_a_record(desk: ScreeningDesk, gate: Gate) -> None:
    requests = [posted({}, colour="red"), posted({}), posted({}, colour="blue"), posted({}, size="9")]
    with ThreadPoolExecutor(8) as clients:
        answers = [clients.submit(desk.screen, request) for request in requests]
        wait_for(desk, 3)
        gate.open.set()
        assert [lines(answer.result()) for answer in answers] == list(map(alone, requests))


def test_a_long_list_holds_up_no_single_shipment(gate: Gate) -> None:
    desk = ScreeningDesk(lambda: SMALL if threading.current_thread().name[0] == "s" else gate())
    with ThreadPoolExecutor(2) as clients:
        long = clients.submit(desk.screen, posted(*[{}] * (SHORT + 1)))
        gate.asked.acquire()
        assert len(clients.submit(desk.screen, posted({})).result(30).records) == 1
        assert not long.done()
        gate.open.set()
    desk.close()


def test_nobody_pays_for_what_another_one_sent(desk: ScreeningDesk, gate: Gate) -> None:
    broken = Told(["S1"], {}, {"value": ["no amount"]})
    with ThreadPoolExecutor(3) as clients:
        first = clients.submit(desk.screen, posted({}))
        gate.asked.acquire()
        sound, other = clients.submit(desk.screen, posted({})), clients.submit(desk.screen, broken)
        wait_for(desk, 2)
        gate.open.set()
        assert len(first.result().records) == len(sound.result().records) == 1
        assert isinstance(other.exception(), TypeError)


def test_too_much_that_waits_is_refused(desk: ScreeningDesk, gate: Gate) -> None:
    with ThreadPoolExecutor(3) as clients:
        clients.submit(desk.screen, posted({}))
        gate.asked.acquire()
        full = [clients.submit(desk.screen, posted(*[{}] * SHORT)) for _ in range(2)]
        wait_for(desk, 2 * SHORT)
        with pytest.raises(Problem, match="too many") as refused:
            desk.screen(posted({}))
        gate.open.set()
        assert [len(one.result().records) for one in full] == [SHORT, SHORT]
    assert refused.value.headers == {"Retry-After": "1"}


def test_who_waited_too_long_is_told_and_not_screened(desk: ScreeningDesk, gate: Gate) -> None:
    with ThreadPoolExecutor(1) as clients:
        first = clients.submit(desk.screen, posted({}))
        gate.asked.acquire()
        with pytest.raises(Problem, match="too busy"):
            desk.screen(posted({}), seconds=0.01)
        gate.open.set()
        assert len(first.result().records) == 1


def test_a_desk_that_is_closed_takes_nothing(gate: Gate) -> None:
    gate.open.set()
    desk = ScreeningDesk(gate)
    desk.close()
    with pytest.raises(Problem):
        desk.screen(posted({}))


def test_who_comes_waits_for_as_many_as_were_there(
    gate: Gate, desk: ScreeningDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("screening.service.desk.GATHERING", 30)
    with ThreadPoolExecutor(3) as pool:
        first = pool.submit(desk.screen, posted({}))
        assert gate.asked.acquire(timeout=30)
        second = pool.submit(desk.screen, posted({}))
        while not desk.waiting:
            pass
        gate.open.set()
        assert len(first.result(30).records) == 1
        assert not second.done()
        third = pool.submit(desk.screen, posted({}))
        assert [len(one.result(30).records) for one in (second, third)] == [1, 1]


def test_who_is_alone_waits_for_nobody(
    gate: Gate, desk: ScreeningDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("screening.service.desk.GATHERING", 30)
    gate.open.set()
    assert [len(desk.screen(posted({}), 20).records) for _ in range(3)] == [1, 1, 1]
