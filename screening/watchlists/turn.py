"""One import of a list at a time: two at once would clear away each other's files.

The turn ends with the process that has it, however that ends, so none is left behind to be cleaned up.
"""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from screening.errors import WatchlistError

PATIENCE = 60.0
"""Seconds that one waits for another's import."""
_PAUSE = 0.05


@contextmanager
def turn(folder: Path) -> Iterator[None]:
    """Nobody else has the turn in this folder, which is made, until the block ends.

    WatchlistError when somebody has it for too long; OSError when the folder can't be written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".turn").open("w") as file:
        deadline = time.monotonic() + PATIENCE
        while not _taken(file.fileno()):
            if time.monotonic() > deadline:
                raise WatchlistError(str(folder), "is being imported by another run", "wait for it")
            time.sleep(_PAUSE)
        yield


def _taken(number: int) -> bool:
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
