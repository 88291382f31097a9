"""Runs a day with a history in this process, and kills the process before the step of that number.

    python -m tests.history.cut_off SOURCE OUTPUT HISTORY STEP

A step is what makes a change last: a sync, a commit, a file put in its place, a file removed. Prints how
many there are, when the step is none of them.
"""

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from sqlalchemy.engine.default import DefaultDialect

from tests.history.runs import screened_to

_seen = 0


def mortal(work: Callable[..., Any], step: int) -> Callable[..., Any]:
    """The same work, before whose call of that number, counted over all such work, the process dies."""

    def one(*given: Any, **named: Any) -> Any:
        global _seen
        _seen += 1
        if _seen == step:
            os.kill(os.getpid(), signal.SIGKILL)
        return work(*given, **named)

    return one


def main() -> None:
    source, output, history, step = sys.argv[1:]
    for name in ("replace", "fsync", "unlink"):
        setattr(os, name, mortal(getattr(os, name), int(step)))
    DefaultDialect.do_commit = mortal(DefaultDialect.do_commit, int(step))  # type: ignore[method-assign]
    screened_to(source, output, history)
    print(_seen)


if __name__ == "__main__":
    main()
