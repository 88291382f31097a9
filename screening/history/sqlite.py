"""What is SQLite's alone: one private file, one writer at a time, and deleted bytes that are gone.

Everything else in the history is SQL that other databases understand too.
"""

import contextlib
import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL

from screening.errors import InputError

PATIENCE = 60.0
"""Seconds that a run waits for another one on the same file."""
_PAGE = 16_384
_MAGIC = b"SQLite format 3\x00"


def file_engine(path: Path, make: bool) -> Engine:
    """The engine over this file, which is made, for its owner alone, where there is none."""
    _refuse_other_files(path)
    if not make and not path.exists():
        raise InputError(str(path), "no such file", "name a history")
    _made(path)
    url = URL.create("sqlite", database=os.path.realpath(path))
    engine = create_engine(url, connect_args={"timeout": PATIENCE})
    event.listen(engine, "connect", _prepared)
    event.listen(engine, "begin", _begun)
    return engine


def compact(engine: Engine) -> None:
    """Gives the room of deleted rows back to the disk, and their bytes to nobody."""
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute("VACUUM")


def unmade(path: Path) -> None:
    """Removes the file where nothing was ever written to it."""
    with contextlib.suppress(FileNotFoundError):
        if path.stat().st_size == 0:
            path.unlink()


def _refuse_other_files(path: Path) -> None:
    if path.is_dir():
        raise InputError(str(path), "a folder, not a file", "name a file in it")
    if not path.parent.is_dir():
        raise InputError(str(path), f"the folder {path.parent} is not there", "create it")
    if not path.exists():
        return
    if not path.is_file():
        raise InputError(str(path), "no regular file", "name a file, or one that is yet to be made")
    with path.open("rb") as file:
        start = file.read(len(_MAGIC))
    if start and start != _MAGIC:
        raise InputError(str(path), "no history: not a file of SQLite", "name a history, or a new file")


def _made(path: Path) -> None:
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _prepared(driver: sqlite3.Connection, _record: object) -> None:
    # SQLAlchemy says when a transaction begins; the driver must not begin one by itself.
    driver.isolation_level = None
    # A page holds more of a block; what is deleted is overwritten; a commit outlives a power cut.
    for setting in (
        f"page_size = {_PAGE}",
        "secure_delete = ON",
        "synchronous = EXTRA",
        "mmap_size = 4294967296",
    ):
        driver.execute(f"PRAGMA {setting}")


def _begun(connection: Connection) -> None:
    reading = connection.get_execution_options().get("reading", False)
    connection.execute(text("BEGIN" if reading else "BEGIN IMMEDIATE"))
