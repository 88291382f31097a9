"""Who does the work of a run: this process, alone or with others beside it that share the cores.

Tasks are plain functions of a bench and of what they are given; their results come in the order in
which they were asked for, whoever did them. This process works as the others do, and does not wait for
their start: they join in when they are ready.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from itertools import chain, islice
from typing import Any, Protocol

from screening.options import Options
from screening.passes.bench import Bench, Order
from screening.passes.deal import Asked, Deal, Task
from screening.passes.mate import Mate
from screening.passes.mates import Mates
from screening.passes.sharing import give_back

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

    def __init__(self, bench: Bench, mates: Mates, options: Options, order: Order) -> None:
        self._bench, self._mates, self._options, self._order = bench, mates, options, order
        self._begun = False
        self._threads = ThreadPoolExecutor(mates.count)

    def each(self, task: Task, asked: Iterable[Asked]) -> Iterator[Any]:
        """By whoever has time for the next one."""
        coming = iter(asked)
        if not self._begun:
            self._begun = True
            first = deque(islice(coming, _ENOUGH))
            if len(first) == _ENOUGH:
                self._mates.begin(self._options, self._order)
            # What tasks are given may be large: it is let go of as it is dealt.
            coming = chain((first.popleft() for _ in range(len(first))), coming)
        with closing(Deal(coming)) as deal:
            yield from self._done(task, deal, self._mates.all)

    def _done(self, task: Task, deal: Deal, mates: Sequence[Mate]) -> Iterator[Any]:
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
        self._mates.end()
        self._threads.shutdown()


@contextmanager
def crew_of(bench: Bench, mates: Mates, options: Options, order: Order) -> Iterator[Crew]:
    """This process and its mates; this one alone where it has none."""
    if not mates.count:
        yield Alone(bench)
        return
    several = Several(bench, mates, options, order)
    try:
        yield several
    finally:
        several.end()
