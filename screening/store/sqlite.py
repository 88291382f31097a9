"""What is SQLite's alone: one file, one writer at a time, and commits that outlive a power cut.

Readers go on while somebody writes (WAL). Each transaction begins as what it is, reading or writing: one that
began to read and then wrote could find that another was faster, and would have to begin again.
"""

import contextlib
import os
import random
import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError

from screening.errors import StoreError

PATIENCE = 30.0
"""Seconds that one waits for another process that writes."""
_PAUSE = 0.002
"""Seconds, at most, until one asks again."""
READING = "reading"
"""The execution option of a transaction that only reads."""
_MAGIC = b"SQLite format 3\x00"
_SETTINGS = (
    "journal_mode = WAL",
    # An answered request is on the disk: without it a power cut could take the last commits back.
    "synchronous = FULL",
    "foreign_keys = ON",
    # What is erased is overwritten.
    "secure_delete = ON",
)


def file_engine(path: Path, make: bool) -> Engine:
    """The engine over this file, which is made, for its owner alone, where there is none."""
    _refuse_other_files(path)
    if not path.exists():
        if not make:
            raise StoreError(str(path), "no such file", "name the store that `screening serve` keeps")
        _made(path)
    url = URL.create("sqlite", database=os.path.realpath(path))
    engine = create_engine(url, connect_args={"timeout": PATIENCE}, hide_parameters=True)
    event.listen(engine, "connect", _prepared)
    event.listen(engine, "begin", _begun)
    return engine


def compact(engine: Engine) -> None:
    """Empties the journal, where what was overwritten still stands, unless somebody reads from it now."""
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _refuse_other_files(path: Path) -> None:
    if path.is_dir():
        raise StoreError(str(path), "a folder, not a file", "name a file in it")
    if not path.parent.is_dir():
        raise StoreError(str(path), f"the folder {path.parent} is not there", "create it")
    if not path.exists():
        return
    if not path.is_file():
        raise StoreError(str(path), "no regular file", "name a file, or one that is yet to be made")
    with path.open("rb") as file:
        start = file.read(len(_MAGIC))
    if start and start != _MAGIC:
        raise StoreError(str(path), "no store: not a file of SQLite's", "name a store, or a new file")


def _made(path: Path) -> None:
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _prepared(driver: sqlite3.Connection, _record: object) -> None:
    # SQLAlchemy says when a transaction begins; the driver must not begin one by itself.
    driver.isolation_level = None
    for setting in _SETTINGS:
        driver.execute(f"PRAGMA {setting}")


def _begun(connection: Connection) -> None:
    if connection.get_execution_options().get(READING, False):
        connection.exec_driver_sql("BEGIN")
    else:
        _begin_writing(connection)


def _begin_writing(connection: Connection) -> None:
    """Begins as soon as nobody else writes.

    SQLite itself asks less and less often: who waits for long would come last of all.
    """
    until = time.monotonic() + PATIENCE
    connection.exec_driver_sql("PRAGMA busy_timeout = 0")
    try:
        while not _begins(connection, time.monotonic() > until):
            time.sleep(random.uniform(0, _PAUSE))
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {PATIENCE * 1000:.0f}")


def _begins(connection: Connection, last: bool) -> bool:
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except OperationalError:
        if last:
            raise
        return False
    return True
