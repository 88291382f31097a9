"""Processes that work beside one another: each on one core, and none keeps memory that it has no use for."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

ENVIRONMENT = {"POLARS_MAX_THREADS": "1"}
"""What a process is told that works beside others, before it loads polars."""


def give_back() -> None:
    """Has Arrow give back what a task has left behind."""
    # The command line comes by here before it knows whether anything is to be screened.
    import pyarrow as pa

    pa.default_memory_pool().release_unused()


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
