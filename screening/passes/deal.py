"""The tasks of a pass, dealt to whoever has time for the next one."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from threading import Lock
from typing import Any, Self

Task = Callable[..., Any]
Asked = tuple[Any, ...]
"""What a task is given."""


class Deal:
    """Tasks that several take one by one, and what came of them in their order."""

    def __init__(self, asked: Iterable[Asked]) -> None:
        """Each of `asked` is made when somebody takes it."""
        self._asked = enumerate(asked)
        self._made: deque[tuple[int, Asked]] = deque()
        self._lock = Lock()
        self._found: dict[int, Any] = {}
        self._given = 0

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> tuple[int, Asked]:
        """The next task and its number; whatever is wrong with it is an error of whoever takes it."""
        with self._lock:
            return self._made.popleft() if self._made else next(self._asked)

    def make(self, count: int) -> None:
        """Makes the next tasks, for whoever takes them, until so many are made or there are no more."""
        with self._lock:
            self._made.extend(islice(self._asked, max(count - len(self._made), 0)))

    def tell(self, number: int, found: object) -> None:
        """Says what came of a task."""
        self._found[number] = found

    def told(self) -> Iterator[Any]:
        """What came of the tasks so far, up to the first one that is still being done."""
        while self._given in self._found:
            yield self._found.pop(self._given)
            self._given += 1

    def close(self) -> None:
        """Nobody takes any more."""
        with self._lock:
            self._made.clear()
            self._asked = enumerate(())
