"""Worker processes join in, fail and end with the run."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from screening.errors import InputError, ScreeningError
from screening.options import Options
from screening.passes.bench import Order, bench_of
from screening.passes.crew import Crew, crew_of
from screening.passes.mates import Mates
from tests.passes.books import screener, write
from tests.passes.tasks import LONG, full, killed, whoever


@pytest.fixture
def crew(tmp_path: Path) -> Iterator[Crew]:
    order = Order(tmp_path, screener().run, everything=False)
    with Mates(1) as mates, crew_of(bench_of(screener(), order), mates, Options([]), order) as several:
        yield several


@pytest.fixture
def joined(crew: Crew) -> Crew:
    """A crew whose other process is at work."""
    assert len({*crew.each(whoever, [(LONG,)] * 100)}) == 2
    return crew


def test_few_tasks_are_not_worth_another_process(crew: Crew) -> None:
    assert {*crew.each(whoever, [(0.0,)] * 2)} == {os.getpid()}


def test_this_process_does_not_wait_for_others(crew: Crew) -> None:
    assert {*crew.each(whoever, [(0.0,)] * 10)} == {os.getpid()}


def test_a_full_disk_is_told_as_it_is(joined: Crew) -> None:
    with pytest.raises(InputError, match="no space left") as told:
        list(joined.each(full, [(os.getpid(),)] * 10))
    assert isinstance(told.value.__cause__, OSError)


def test_a_worker_that_was_killed_is_told_of(joined: Crew) -> None:
    with pytest.raises(ScreeningError, match="a worker process was ended, perhaps for want of memory"):
        list(joined.each(killed, [(os.getpid(),)] * 10))


def test_an_interrupt_ends_all(tmp_path: Path) -> None:
    source = write(tmp_path / "in.csv", 1_200)
    words = ["screen", str(source), "--output", str(tmp_path / "out.jsonl"), "--workers", "2"]
    words += ["--batch-rows", "20"]
    running = subprocess.Popen([sys.executable, "-m", "screening", *words], stderr=subprocess.DEVNULL)
    workers = _started(running)
    running.send_signal(signal.SIGINT)
    assert running.wait(30) != 0
    _await(lambda: not any(map(_lives, workers)))


def _started(running: "subprocess.Popen[bytes]") -> list[str]:
    """The processes that it starts: a worker, and Python's own that tidies up after it."""
    children = Path(f"/proc/{running.pid}/task/{running.pid}/children")
    _await(lambda: len(children.read_text(encoding="utf-8").split()) == 2)
    return children.read_text(encoding="utf-8").split()


def _lives(process: str) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False


def _await(happens: Callable[[], bool]) -> None:
    begun = time.monotonic()
    while not happens():
        assert time.monotonic() - begun < 30
        time.sleep(0.01)
