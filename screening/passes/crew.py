"""Who does the work of a run: this process, or some of its own that share the cores.

Tasks are plain functions of a bench and of what they are given; their results come in the order in
which they were asked for, whoever did them. Processes are started by spawn: polars does not survive
a fork.
"""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import cache
from itertools import chain, islice
from typing import Any, Protocol

from screening.errors import ScreeningError
from screening.passes.bench import Bench, Order, bench_for

Task = Callable[..., Any]
Asked = tuple[Any, ...]

_AHEAD = 2
"""Tasks asked for ahead, for each process: so that none waits, and little is held in memory."""
_ENOUGH = 3
"""So many tasks are worth the start of processes."""


class Crew(Protocol):
    """Whoever does tasks."""

    def each(self, task: Task, asked: Iterable[Asked]) -> Iterator[Any]:
        """What the task gives for each of these, in their order."""


class Alone:
    """This process does all."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def each(self, task: Task, asked: Iterable[Asked]) -> Iterator[Any]:
        """One by one."""
        return (task(self._bench, *one) for one in asked)


class Several:
    """Processes, where the first tasks of a run are enough to be worth their start; else this process."""

    def __init__(self, bench: Bench, order: Order, workers: int) -> None:
        self._alone, self._order, self._workers = Alone(bench), order, workers
        self._pool: ProcessPoolExecutor | None = None
        self._begun = False

    def each(self, task: Task, asked: Iterable[Asked]) -> Iterator[Any]:
        """By all of them, not far ahead of what is taken."""
        coming = iter(asked)
        if not self._begun:
            self._begun = True
            first = list(islice(coming, _ENOUGH))
            coming = chain(first, coming)
            if len(first) == _ENOUGH:
                self._start()
        return self._alone.each(task, coming) if self._pool is None else self._done(task, coming)

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        with _one_core_each():
            self._pool = ProcessPoolExecutor(self._workers, context, _set_up, (self._order,))
            # A process starts with a task, and takes the environment of that moment.
            for _ in range(self._workers):
                self._pool.submit(_ready)

    def _done(self, task: Task, coming: Iterator[Asked]) -> Iterator[Any]:
        assert self._pool is not None
        held: deque[Future[Any]] = deque()
        try:
            for one in coming:
                held.append(self._pool.submit(_do, task, one))
                if len(held) >= self._workers * _AHEAD:
                    yield held.popleft().result()
            while held:
                yield held.popleft().result()
        except BrokenProcessPool as error:
            what = "a worker process was ended, perhaps for want of memory"
            remedy = "the same command goes on from there; fewer --workers need less memory"
            raise ScreeningError(f"{what}; {remedy}") from error

    def end(self) -> None:
        """Lets the processes go."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


@contextmanager
def crew_of(bench: Bench, order: Order, workers: int) -> Iterator[Crew]:
    """A crew of so many processes; this one alone where that is one."""
    if workers == 1:
        yield Alone(bench)
        return
    several = Several(bench, order, workers)
    try:
        yield several
    finally:
        several.end()


@contextmanager
def _one_core_each() -> Iterator[None]:
    before = os.environ.get("POLARS_MAX_THREADS")
    os.environ["POLARS_MAX_THREADS"] = "1"
    try:
        yield
    finally:
        os.environ.pop("POLARS_MAX_THREADS")
        if before is not None:
            os.environ["POLARS_MAX_THREADS"] = before


_order: list[Order] = []


def _set_up(order: Order) -> None:
    # An interrupt is for the run to deal with; its end, however it comes, is that of its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_run, daemon=True).start()
    _order.append(order)


def _end_with_the_run() -> None:
    run = multiprocessing.parent_process()
    if run is not None:
        run.join()
        os._exit(1)


@cache
def _bench() -> Bench:
    """The bench of a worker process; what is wrong with it is an error of its first task."""
    return bench_for(_order[0])


def _ready() -> None:
    _bench()


def _do(task: Task, one: Asked) -> Any:
    return task(_bench(), *one)
