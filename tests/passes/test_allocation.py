"""Processes that work side by side leave each other cores and memory."""

import os
import subprocess
import sys

from screening.passes.allocation import ENVIRONMENT, one_core_each

_CORES = "import polars; print(polars.thread_pool_size())"
_KEPT = """
import re, sys
from pathlib import Path
from screening.passes.allocation import frugal

def held():
    return int(re.search(r"VmRSS:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024

if "frugal" in sys.argv:
    frugal()
bytearray(30 << 20)
blocks = [(bytearray(b"x") * (12 << 20), bytes(range(200)) * 600) for _ in range(20)]
before, blocks = held(), [small for _, small in blocks]
print(before - held())
"""


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


def test_large_blocks_go_back_when_they_are_freed() -> None:
    assert _printed(_KEPT, "frugal") > 200
