"""Where posted shipments are screened: what waits at the same time is screened together.

A batch of eight costs four times what one shipment does, so a busy service is quicker this way: who comes to
it waits a moment for the others, who were answered just now and come again. In one that is not busy nobody
waits. Each request stays a book of its own: who else was waiting changes nothing in its answer. Long requests
have a line of their own, so that a list of hundreds holds up no single shipment.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
import polars as pl

from screening.io.memory import Told, joined
from screening.screener import Screener
from screening.service.problems import Problem
from screening.written import WrittenRecord

SHORT = 16
"""Shipments of a request, at most, that is screened with others that are short too."""
TOGETHER = 64
"""Shipments of short requests that are screened at once."""
GATHERING = 0.008
"""Seconds, at most, that one waits for as many others as were there a moment ago."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of the shipments of a request, in their order."""

    records: list[WrittenRecord]
    screener: Screener
    """By which rules and lists they were judged."""


@dataclass(frozen=True, slots=True)
class _Request:
    told: Told
    judged: Future[Judged] = field(default_factory=Future)


class ScreeningDesk:
    """Screens what requests post, from any thread, until it is closed."""

    def __init__(self, current: Callable[[], Screener], most_waiting: int = 20_000) -> None:
        """`current` gives the screener in use; `most_waiting` shipments may wait in a line."""
        self._short = _Line("short requests", current, most_waiting, TOGETHER)
        self._long = _Line("long requests", current, most_waiting, 1)

    def screen(self, told: Told, seconds: float | None = None) -> Judged:
        """The shipments of a request judged as one book.

        Raises Problem 503 when too much waits already, or when they were not judged in so many seconds.
        """
        line = self._short if len(told.ids) <= SHORT else self._long
        judged = line.join(told)
        try:
            return judged.result(seconds)
        except TimeoutError:
            judged.cancel()
            raise Problem(503, "the service is too busy", headers={"Retry-After": "5"}) from None

    @property
    def waiting(self) -> int:
        """How many shipments wait to be screened."""
        return self._short.waiting + self._long.waiting

    def close(self) -> None:
        """Screens what still waits, and takes no more."""
        for line in (self._short, self._long):
            line.close()


class _Line:
    """Requests that wait in the order in which they came, and the thread that screens them."""

    def __init__(self, name: str, current: Callable[[], Screener], most: int, together: int) -> None:
        self._current, self._most, self._together = current, most, together
        self._requests: deque[_Request] = deque()
        self._changed = threading.Condition()
        self._closed = False
        self._crowd = 1
        self.waiting = 0
        self._thread = threading.Thread(target=self._serve, name=name, daemon=True)
        self._thread.start()

    def join(self, told: Told) -> Future[Judged]:
        request = _Request(told)
        with self._changed:
            if self._closed or (self._requests and self.waiting + len(told.ids) > self._most):
                raise Problem(503, "too many shipments wait already", headers={"Retry-After": "1"})
            self._requests.append(request)
            self.waiting += len(told.ids)
            self._changed.notify()
        return request.judged

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join()

    def _serve(self) -> None:
        while requests := self._next():
            wanted = [one for one in requests if one.judged.set_running_or_notify_cancel()]
            if wanted:
                _answer(wanted, self._current)
            with self._changed:
                self._crowd = min(len(requests) + len(self._requests), self._together)

    def _next(self) -> list[_Request]:
        """Those that are screened together: the first that waits, and the next ones with its columns."""
        with self._changed:
            self._changed.wait_for(lambda: self._requests or self._closed)
            self._changed.wait_for(lambda: len(self._requests) >= self._crowd or self._closed, GATHERING)
            taken = [self._requests.popleft()] if self._requests else []
            rows = sum(len(one.told.ids) for one in taken)
            while self._requests and self._fits(taken[0], rows):
                taken.append(self._requests.popleft())
                rows += len(taken[-1].told.ids)
            self.waiting -= rows
        return taken

    def _fits(self, first: _Request, rows: int) -> bool:
        """Whether the next one goes with the first: a record shows the columns of all in its batch."""
        following = self._requests[0].told
        return rows + len(following.ids) <= self._together and following.more == first.told.more


def _answer(requests: Sequence[_Request], current: Callable[[], Screener]) -> None:
    try:
        found = judged(current(), [one.told for one in requests])
    except BaseException as error:
        # Nobody pays for what another one sent: each is tried alone, and who still fails is told. Also of
        # a panic in a library, which is no Exception: who waits for an answer gets one, as of any future.
        if len(requests) == 1:
            requests[0].judged.set_exception(error)
            return
        for one in requests:
            _answer([one], current)
        return
    for one, its_own in zip(requests, found, strict=True):
        one.judged.set_result(its_own)


def judged(screener: Screener, parts: Sequence[Told]) -> list[Judged]:
    """The shipments of each part judged as a book of its own, all in one batch."""
    heights = [len(part.ids) for part in parts]
    stories = pl.Series(np.repeat(np.arange(len(parts), dtype=np.uint32), heights))
    records = iter(screener.screen_batch(joined(parts), stories if len(parts) > 1 else None).records())
    return [Judged(list(islice(records, height)), screener) for height in heights]
