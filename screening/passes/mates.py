"""The worker processes beside the one that runs, from their start to their end."""

import os
from collections.abc import Iterable
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Self

from screening.passes.mate import Mate

if TYPE_CHECKING:
    from screening.options import Options
    from screening.passes.bench import Order

_LARGE = 32 * 1024 * 1024
"""Bytes of files that are worth the start of a process before anything is known of their rows."""


class Mates:
    """So many processes at most, once they are started; they end with the block.

    They are started at once for large files, and for others when there turns out to be enough to do.
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self.all: tuple[Mate, ...] = ()
        self._told = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def start_for(self, files: Iterable[str]) -> None:
        """Starts as many as these files are worth."""
        self._start(min(self.count, sum(map(_size, files)) // _LARGE))

    def prepare(self, options: "Options") -> None:
        """Lets those that are started make ready, before all is known that they need."""
        self._told = bool(self.all)
        for mate in self.all:
            mate.tell(options)

    def begin(self, options: "Options", order: "Order") -> None:
        """Has them work on this run; all of them where none was started before."""
        if not self.all:
            self._start(self.count)
        if not self._told:
            self.prepare(options)
        for mate in self.all:
            mate.tell(order)

    def _start(self, count: int) -> None:
        self.all = tuple(Mate() for _ in range(count))

    def end(self) -> None:
        """Lets the processes go, whatever they do."""
        for mate in self.all:
            mate.end()


def _size(file: str) -> int:
    # What is wrong with a file is told when it is read.
    with suppress(OSError):
        return os.stat(file).st_size
    return 0
