"""Memory that a process no longer needs is given back, for the processes that work beside it.

Left to themselves, allocators keep what was freed, and each pass over a book frees much that the next one
has no use for. Three of them are at work: that of polars (jemalloc), that of Arrow, and the system's.
"""

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

ENVIRONMENT = {
    "POLARS_MAX_THREADS": "1",
    "_RJEM_MALLOC_CONF": "background_thread:true,dirty_decay_ms:200,muzzy_decay_ms:0",
}
"""What a process is told that works beside others, before it loads polars."""
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENAS = -1, -3, -8
_LARGE = 8 * 1024 * 1024
"""Bytes that are worth a call of the system when they are freed: pieces of files, columns of texts."""


def frugal() -> None:
    """Has the system's allocator give back large blocks as soon as they are freed, by whatever thread."""
    # Only that of GNU raises its own thresholds after the first large block, and can be told not to.
    with suppress(AttributeError, OSError, TypeError):
        option = ctypes.CDLL(None).mallopt
        option(_ARENAS, 1)
        option(_MMAP_THRESHOLD, _LARGE)
        option(_TRIM_THRESHOLD, _LARGE)


def give_back() -> None:
    """Has Arrow give back what a task has left behind."""
    # The command line comes by here before it knows whether anything is to be screened.
    import pyarrow as pa

    pa.default_memory_pool().release_unused()


def one_of_several() -> None:
    """Prepares this process to work beside others, each on one core; best before polars is loaded."""
    frugal()
    if "polars" not in sys.modules:
        os.environ.update(ENVIRONMENT)


@contextmanager
def one_core_each() -> Iterator[None]:
    """Processes that are started meanwhile work on one core: they take the environment of the moment."""
    before = {name: os.environ.get(name) for name in ENVIRONMENT}
    os.environ.update(ENVIRONMENT)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value
