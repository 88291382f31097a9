"""Where a run keeps what it has done so far: parts that are each whole or not there.

A run that is cut off leaves the folder behind, and the same command goes on from it. What was made
for other input, rules, lists or options, or before the machine was started again, is not used.
"""

import errno
import json
import os
import shutil
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from screening.errors import InputError
from screening.io.writers.atomic import writable

_ABOUT, _LOCK, _MAKING = "about.json", "lock", "making"
_KEPT = 2_000
"""Parts whose facts are kept at hand: later passes ask for them again and again."""
_WORTH = 4
"""Batches that are read: what is less is soon done again, and not left lying about."""
_BOOT = Path("/proc/sys/kernel/random/boot_id")


class WorkFolder:
    """The folder of one run, held by one process at a time."""

    def __init__(self, path: Path, about: dict[str, Any]) -> None:
        """`about`: all that the parts depend on besides their input. InputError for a folder in use."""
        self.path = path
        with writable(str(path)):
            path.mkdir(exist_ok=True)
            self._lock = _locked(path)
            told = json.dumps({**about, "boot": _boot()}, sort_keys=True)
            if _text(path / _ABOUT) != told:
                self._empty()
                (path / _ABOUT).write_text(told, encoding="utf-8")
            shutil.rmtree(path / _MAKING, ignore_errors=True)
            (path / _MAKING).mkdir()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leaves the parts where the run was cut off, for the next one."""
        if not (_cut_off(error) and self._worth_keeping()):
            shutil.rmtree(self.path, ignore_errors=True)
        os.close(self._lock)

    def _worth_keeping(self) -> bool:
        read = self.path / "read"
        return read.is_dir() and len(list(read.iterdir())) >= _WORTH

    def _empty(self) -> None:
        for entry in self.path.iterdir():
            if entry.is_dir():
                shutil.rmtree(entry)
            elif entry.name != _LOCK:
                entry.unlink()


class Parts:
    """The parts in a work folder, for whoever makes or reads them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.facts = lru_cache(_KEPT)(self._facts)
        """What a part tells of itself, by its name: it never changes."""

    def has(self, name: str) -> bool:
        """True for a part that is whole."""
        return (self._folder / name).is_dir()

    def of(self, name: str) -> Path:
        """The folder of a part."""
        return self._folder / name

    def _facts(self, name: str) -> dict[str, Any]:
        told: dict[str, Any] = json.loads((self._folder / name / "facts.json").read_text(encoding="utf-8"))
        return told

    @contextmanager
    def making(self, name: str) -> Iterator[tuple[Path, dict[str, Any]]]:
        """A folder for the files of a part, and its facts; both are there when the block ends well."""
        aside = self._folder / _MAKING / f"{name.replace('/', '.')}.{os.getpid()}"
        facts: dict[str, Any] = {}
        with writable(str(self._folder)):
            aside.mkdir()
            yield aside, facts
            (aside / "facts.json").write_text(json.dumps(facts), encoding="utf-8")
            target = self._folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            # A worker of a run that was killed may have made it meanwhile, and alike.
            if not target.is_dir():
                os.rename(aside, target)


def _cut_off(error: BaseException | None) -> bool:
    """True where the same command may end well: it was interrupted, or there was no room."""
    if error is None or not isinstance(error, Exception):
        return error is not None
    cause = error.__cause__
    full = isinstance(cause, OSError) and cause.errno in (errno.ENOSPC, errno.EDQUOT)
    return full or isinstance(cause, BrokenExecutor)


def _locked(path: Path) -> int:
    lock = os.open(path / _LOCK, os.O_CREAT | os.O_RDWR, 0o600)
    # Not every system has such locks; there nothing is told of a second run.
    with suppress(ImportError):
        import fcntl

        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            what = "another run is working on this output"
            raise InputError(str(path), what, "wait for its end, or name another output") from None
    return lock


def _boot() -> str:
    """Told anew at each start of the machine: what a power cut left half written must not be used."""
    return _text(_BOOT) or ""


def _text(path: Path) -> str | None:
    with suppress(OSError):
        return path.read_text(encoding="utf-8")
    return None
