"""Outputs that are written aside and put in their places only once the history has the run.

Wherever a run is cut off, the next one on the same history finds out: outputs of a run that the history
has are put in place, those of any other are removed. What is aside is told in a journal beside the
history before it is written, and in the run's own record, in the same transaction as its rows.
"""

import contextlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import file_digest
from pathlib import Path
from typing import BinaryIO

from screening.io.writers.atomic import (
    aside_of,
    check_writable,
    new_file,
    put_in_place,
    replaceable,
    sync_folder,
    whole_file,
    writable,
)


@dataclass(frozen=True, slots=True)
class Written:
    """An output that is whole, and where it belongs."""

    aside: str
    final: str
    sha256: str


class Asides:
    """The outputs of one run, on their way to their places."""

    def __init__(self, journal: Path | None = None) -> None:
        """`journal`: the file that tells the next run what is aside, should this one be cut off."""
        self.written: list[Written] = []
        self._begun: list[str] = []
        self._journal = journal

    @contextmanager
    def file(self, path: str | Path) -> Iterator[BinaryIO]:
        """A stream whose content is kept aside when the block ends well.

        What can't be renamed into place, standard output or a device, is written directly.
        """
        check_writable(path)
        target = replaceable(path)
        if target is None:
            with whole_file(path) as stream:
                yield stream
            return
        aside = aside_of(target)
        self._begun.append(str(aside))
        with writable(str(path)):
            self._note([])
            with new_file(aside) as stream:
                yield stream
            with aside.open("rb") as file:
                digest = file_digest(file, "sha256").hexdigest()
        self.written.append(Written(str(aside), str(target), digest))

    def place(self) -> None:
        """Puts every output in its place: the history has the run, or had it before."""
        self._note(self.written)
        finish(self.written)
        self._done()

    def discard(self) -> None:
        """Removes what was written aside: the run failed."""
        _remove(self._begun)
        self._done()

    def _note(self, whole: Sequence[Written]) -> None:
        if self._journal is None:
            return
        told = {"aside": self._begun, "whole": [asdict(one) for one in whole]}
        descriptor = os.open(self._journal, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(json.dumps(told) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def _done(self) -> None:
        if self._journal is not None:
            self._journal.unlink(missing_ok=True)


def journal_of(place: Path) -> Path:
    """The journal beside this history."""
    return place.with_name(f"{place.name}-outputs")


def recover(journal: Path | None, recorded: Iterable[Written]) -> list[str]:
    """Ends what a run that was cut off had begun; the files that were put in place since.

    `recorded` are the outputs of the last run that the history has.
    """
    aside, whole = _told(journal) if journal else ([], [])
    found = finish([*recorded, *whole])
    _remove(aside)
    if journal is not None:
        journal.unlink(missing_ok=True)
    return found


def finish(outputs: Iterable[Written]) -> list[str]:
    """Puts these outputs in their places, those that are still aside and whole; their names."""
    done = []
    for output in outputs:
        aside = Path(output.aside)
        with contextlib.suppress(FileNotFoundError), aside.open("rb") as file:
            if file_digest(file, "sha256").hexdigest() == output.sha256:
                put_in_place(aside, Path(output.final))
                done.append(output.final)
    return done


def _told(journal: Path) -> tuple[list[str], list[Written]]:
    """What the last whole line of the journal says."""
    with contextlib.suppress(FileNotFoundError):
        for line in reversed(journal.read_text(encoding="utf-8").splitlines()):
            with contextlib.suppress(ValueError):
                told = json.loads(line)
                return list(told["aside"]), [Written(**one) for one in told["whole"]]
    return [], []


def _remove(names: Iterable[str]) -> None:
    for name in names:
        Path(name).unlink(missing_ok=True)
        sync_folder(Path(name).parent)
