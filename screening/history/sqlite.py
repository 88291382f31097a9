"""What is SQLite's alone: one private file, one writer at a time, and deleted bytes that are gone.

Everything else in the history is SQL that other databases understand too.
"""

import contextlib
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from screening import sqlite_file
from screening.errors import InputError

PATIENCE = 60.0
"""Seconds that a run waits for another one on the same file."""


def file_engine(path: Path, make: bool) -> Engine:
    """The engine over this file, which is made, for its owner alone, where there is none."""
    return sqlite_file.file_engine(path, make, _HISTORY)


def compact(engine: Engine) -> None:
    """Gives the room of deleted rows back to the disk, and their bytes to nobody."""
    sqlite_file.tell(engine, "VACUUM")


def unmade(path: Path) -> None:
    """Removes the file where nothing was ever written to it."""
    with contextlib.suppress(FileNotFoundError):
        if path.stat().st_size == 0:
            path.unlink()


def _begun(connection: Connection) -> None:
    reading = connection.get_execution_options().get("reading", False)
    connection.execute(text("BEGIN" if reading else "BEGIN IMMEDIATE"))


_HISTORY = sqlite_file.Kind(
    name="history",
    owner="a history",
    error=InputError,
    patience=PATIENCE,
    # A page holds more of a block; what is deleted is overwritten; a commit outlives a power cut.
    settings=("page_size = 16384", "secure_delete = ON", "synchronous = EXTRA", "mmap_size = 4294967296"),
    begin=_begun,
)
