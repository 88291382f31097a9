"""Tasks for a crew, which tell who does them, or fail in a process other than the one that runs."""

import errno
import os
import signal
import time

from screening.errors import InputError
from screening.passes.bench import Bench

LONG = 0.1


def whoever(_: Bench, seconds: float) -> int:
    """The process that does it."""
    time.sleep(seconds)
    return os.getpid()


def full(bench: Bench, run: int) -> None:
    """Fails for want of room."""
    if whoever(bench, LONG) != run:
        try:
            raise OSError(errno.ENOSPC, "full")
        except OSError as error:
            raise InputError("out", "no space left on device") from error


def killed(bench: Bench, run: int) -> None:
    """Ends its process."""
    if whoever(bench, LONG) != run:
        os.kill(os.getpid(), signal.SIGKILL)
