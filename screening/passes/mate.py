"""A worker process beside the one that runs: it is given tasks one by one, and answers each.

It is started before the command knows what is to be done, and both make ready at the same time: so
nothing is loaded here that takes long.
"""

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from screening.errors import ScreeningError
from screening.passes.deal import Asked, Deal, Task
from screening.passes.sharing import give_back, one_core_each

if TYPE_CHECKING:
    from screening.options import Options
    from screening.passes.bench import Bench, Order

_AHEAD = 2
"""Tasks that are made while it works: one for it, and one for the process that runs."""


class Mate:
    """The process, started by spawn, since polars does not survive a fork."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._way, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs,), daemon=True)
        with one_core_each():
            self._process.start()
        # Were this end open here too, nobody would see that the process is no more.
        theirs.close()
        self._ready = False

    def tell(self, what: "Options | Order") -> None:
        """Says what the run is asked to do, so that it makes ready; and then where it is done."""
        with _lost_if_silent():
            self._way.send(what)

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
            # While it works, so that it need not wait for the next one.
            deal.make(_AHEAD)
            with _lost_if_silent():
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


def _work(way: Connection) -> None:
    """The life of a worker process: it answers that it is ready, and each task, until one fails."""
    # An interrupt is for the run to deal with; its end, however it comes, is that of its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_run, daemon=True).start()
    from screening.options import prepare
    from screening.passes.bench import bench_for

    try:
        screener = prepare(way.recv())
        bench = bench_for(screener, way.recv())
        # What stands until the end need not be looked through for what is of no more use.
        gc.freeze()
        way.send((None, None, None))
        while True:
            way.send((_done(bench, *way.recv()), None, None))
    except ScreeningError as error:
        # Whether the run can be gone on with depends on what the system said.
        way.send((None, error, error.__cause__ if isinstance(error.__cause__, OSError) else None))


def _done(bench: "Bench", task: Task, one: Asked) -> Any:
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
