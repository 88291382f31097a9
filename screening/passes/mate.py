"""A worker process beside the one that runs: it is given tasks one by one, and answers each."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any

from screening.errors import ScreeningError
from screening.passes.allocation import frugal, give_back, one_core_each
from screening.passes.bench import Bench, Order, bench_for
from screening.passes.deal import Asked, Deal, Task


class Mate:
    """The process, started by spawn, since polars does not survive a fork."""

    def __init__(self, order: Order) -> None:
        context = multiprocessing.get_context("spawn")
        self._way, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, order), daemon=True)
        with one_core_each():
            self._process.start()
        # Were this end open here too, nobody would see that the process is no more.
        theirs.close()
        self._ready = False

    @property
    def ready(self) -> bool:
        """True once it can be given tasks; ScreeningError where it can't work on this run."""
        if not self._ready and self._way.poll():
            with _lost_if_silent():
                self._answer()
            self._ready = True
        return self._ready

    def follow(self, task: Task, deal: Deal) -> None:
        """Has it do tasks until nobody asks for more."""
        for number, one in deal:
            with _lost_if_silent():
                self._way.send((task, one))
                # What a task is given may be large, and is of no more use here.
                del one
                deal.tell(number, self._answer())

    def end(self) -> None:
        """Lets the process go, whatever it does."""
        self._process.kill()
        self._process.join()

    def _answer(self) -> Any:
        found, fault, cause = self._way.recv()
        if fault is not None:
            raise fault from cause
        return found


@contextmanager
def _lost_if_silent() -> Iterator[None]:
    try:
        yield
    except (EOFError, ConnectionError) as error:
        what = "a worker process was ended, perhaps for want of memory"
        remedy = "the same command goes on from there; fewer --workers need less memory"
        raise ScreeningError(f"{what}; {remedy}") from BrokenExecutor(str(error))


def _work(way: Connection, order: Order) -> None:
    """The life of a worker process: it answers that it is ready, and each task, until one fails."""
    # An interrupt is for the run to deal with; its end, however it comes, is that of its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_run, daemon=True).start()
    frugal()
    try:
        bench = bench_for(order)
        way.send((None, None, None))
        while True:
            way.send((_done(bench, *way.recv()), None, None))
    except ScreeningError as error:
        # Whether the run can be gone on with depends on what the system said.
        way.send((None, error, error.__cause__ if isinstance(error.__cause__, OSError) else None))


def _done(bench: Bench, task: Task, one: Asked) -> Any:
    """What the task gives; nothing that it was given or needed is kept until the next one comes."""
    found = task(bench, *one)
    del one
    give_back()
    return found


def _end_with_the_run() -> None:
    run = multiprocessing.parent_process()
    if run is not None:
        run.join()
        os._exit(1)
