"""The memory of a process and of all that it started, while something goes on."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

_EVERY = 0.1
"""Seconds between two looks."""


class Gauge:
    """The largest sum of memory over the process tree; what several processes share is counted once."""

    def __init__(self) -> None:
        self.peaks: dict[str, float] = {}
        """In megabytes, for each stage."""
        self.stage = ""
        """What goes on just now."""
        self._done = threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._watch.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        self._watch.join()

    def _look(self) -> None:
        while not self._done.wait(_EVERY):
            held = sum(map(_held, _tree(os.getpid()))) / 1024
            self.peaks[self.stage] = max(self.peaks.get(self.stage, 0.0), held)


def _tree(root: int) -> Iterator[int]:
    yield root
    for child in _children(root):
        yield from _tree(child)


def _children(process: int) -> list[int]:
    try:
        tasks = Path(f"/proc/{process}/task").iterdir()
        return [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return []


def _held(process: int) -> float:
    """Kilobytes: the proportional share, or where the system does not tell it, all that is resident."""
    for file, name in (("smaps_rollup", "Pss:"), ("status", "VmRSS:")):
        try:
            text = Path(f"/proc/{process}/{file}").read_text(encoding="utf-8")
        except OSError:
            continue
        for line in text.splitlines():
            if line.startswith(name):
                return float(line.split()[1])
    return 0.0
