"""Processes that work side by side leave each other their cores."""

import os
import subprocess
import sys

from screening.passes.sharing import ENVIRONMENT, one_core_each

_CORES = "import polars; print(polars.thread_pool_size())"


def _printed(code: str, *words: str) -> float:
    ended = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=True)
    return float(ended.stdout)


def test_a_process_that_is_started_beside_others_has_one_core() -> None:
    with one_core_each():
        assert _printed(_CORES) == 1


def test_this_process_is_told_nothing_for_good() -> None:
    before = {name: os.environ.get(name) for name in ENVIRONMENT}
    with one_core_each():
        pass
    assert {name: os.environ.get(name) for name in ENVIRONMENT} == before
