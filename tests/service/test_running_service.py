"""A service as it runs: of many who decide at once at two workers one wins, and kills lose nothing."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from screening.client import Client
from screening.errors import ServiceError
from tests.benchmarks.service.kills import survived
from tests.benchmarks.service.machine import Server
from tests.books import mixed_book
from tests.databases import programs

KEY = "the key that tests come in with"
AT_ONCE = 200
SHIPMENT = {"shipment_id": "S1", "shipment_date": "2026-11-21", "consignee_name": "JSC Rosoboronexport"}


@pytest.fixture
def address(url: str, tmp_path: Path) -> Iterator[str]:
    """Where a service of two workers is."""
    server = Server(tmp_path, url, 2, KEY)
    server.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.stop()


def decided(client: Client, alert: int, barrier: Barrier) -> tuple[str, int]:
    """What came of a decision that is taken at the same time as others, and the version that stands then."""
    barrier.wait()
    try:
        return "won", client.decide(alert, 1, "review").version
    except ServiceError as error:
        assert error.status == 409
        return "lost", error.more["current"]["version"]


def test_of_two_hundred_decisions_at_once_one_wins_and_the_others_see_its_version(address: str) -> None:
    barrier = Barrier(AT_ONCE)
    with Client(address, KEY) as client, ThreadPoolExecutor(AT_ONCE) as pool:
        alert = client.screen(SHIPMENT).alert
        assert alert is not None
        told = Counter(pool.map(lambda _: decided(client, alert, barrier), range(AT_ONCE)))
        assert told == {("won", 2): 1, ("lost", 2): AT_ONCE - 1}
        assert [step.action for step in client.show_alert(alert).decisions] == ["review"]


def test_what_was_answered_is_there_once_after_kills_under_load(tmp_path: Path) -> None:
    database = "postgresql" if programs() else "sqlite"
    rows = list(mixed_book(500, 100, ()))
    assert survived(database, tmp_path, rows, kills=2, workers=1, between=2.0) == []
