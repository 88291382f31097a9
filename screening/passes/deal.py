"""The tasks of a pass, dealt to whoever has time for the next one."""

from collections.abc import Callable, Iterable, Iterator
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
        self._lock = Lock()
        self._found: dict[int, Any] = {}
        self._given = 0

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> tuple[int, Asked]:
        """The next task and its number; whatever is wrong with it is an error of whoever takes it."""
        with self._lock:
            return next(self._asked)

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
            self._asked = enumerate(())
