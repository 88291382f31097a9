"""Who does the work of a run: this process, alone or with others beside it that share the cores.

Tasks are plain functions of a bench and of what they are given; their results come in the order in
which they were asked for, whoever did them. This process works as the others do, and does not wait for
their start: they join in when they are ready.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from itertools import chain, islice
from typing import Any, Protocol

from screening.passes.allocation import give_back
from screening.passes.bench import Bench, Order
from screening.passes.deal import Asked, Deal, Task
from screening.passes.mate import Mate

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
    """This process, and others where the first tasks of a run are enough to be worth their start."""

    def __init__(self, bench: Bench, order: Order, others: int) -> None:
        self._bench, self._order, self._others = bench, order, others
        self._mates: list[Mate] | None = None
        self._threads = ThreadPoolExecutor(others)

    def each(self, task: Task, asked: Iterable[Asked]) -> Iterator[Any]:
        """By whoever has time for the next one."""
        coming = iter(asked)
        if self._mates is None:
            first = deque(islice(coming, _ENOUGH))
            self._mates = [Mate(self._order) for _ in range(self._others) if len(first) == _ENOUGH]
            # What tasks are given may be large: it is let go of as it is dealt.
            coming = chain((first.popleft() for _ in range(len(first))), coming)
        with closing(Deal(coming)) as deal:
            yield from self._done(task, deal, self._mates)

    def _done(self, task: Task, deal: Deal, mates: list[Mate]) -> Iterator[Any]:
        following: dict[Mate, Future[None]] = {}
        for number, one in deal:
            for mate in mates:
                if mate not in following and mate.ready:
                    following[mate] = self._threads.submit(mate.follow, task, deal)
            deal.tell(number, task(self._bench, *one))
            del one
            give_back()
            yield from deal.told()
        for followed in following.values():
            followed.result()
        yield from deal.told()

    def end(self) -> None:
        """Lets the processes go."""
        for mate in self._mates or ():
            mate.end()
        self._threads.shutdown()


@contextmanager
def crew_of(bench: Bench, order: Order, workers: int) -> Iterator[Crew]:
    """A crew of so many processes; this one alone where that is one."""
    if workers == 1:
        yield Alone(bench)
        return
    several = Several(bench, order, workers - 1)
    try:
        yield several
    finally:
        several.end()
