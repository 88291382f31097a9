"""How the process of a job came to its end: what it may be blamed for, and what ended it from outside.

Blamed is what ends while the service that started it lives on: by a fault of the code, a crash of a library,
or the kernel when memory runs out. What a stop sends to every process of a service is not the job's doing.
"""

import signal
from contextlib import suppress

AGAIN = 75
"""Ends a process that could not reach the store, which is not the job's fault."""
LOST = 3
"""Ends a process whose job is another's by now."""
_STOPS = frozenset({-signal.SIGINT, -signal.SIGTERM, -signal.SIGHUP})


def blamed(returncode: int) -> bool:
    """True for an end that is the job's own, as far as that can be told from it."""
    return returncode not in (0, AGAIN) and returncode not in _STOPS


def told(returncode: int) -> str:
    """The end in words."""
    with suppress(ValueError):
        if returncode < 0:
            return f"by {signal.Signals(-returncode).name}"
    return f"with exit status {returncode}"
