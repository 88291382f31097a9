"""What is SQLite's alone: one file, one writer at a time, and commits that outlive a power cut.

Readers go on while somebody writes (WAL). Each transaction begins as what it is, reading or writing: one that
began to read and then wrote could find that another was faster, and would have to begin again.
"""

import random
import sqlite3
import time
from pathlib import Path

from sqlalchemy import Connection, Engine

from screening import sqlite_file
from screening.errors import StoreError

PATIENCE = 30.0
"""Seconds that one waits for another process that writes."""
_PAUSE = 0.002
"""Seconds, at most, until one asks again."""
READING = "reading"
"""The execution option of a transaction that only reads."""


def file_engine(path: Path, make: bool) -> Engine:
    """The engine over this file, which is made, for its owner alone, where there is none."""
    return sqlite_file.file_engine(path, make, _STORE)


def compact(engine: Engine) -> None:
    """Empties the journal, where what was overwritten still stands, unless somebody reads from it now."""
    sqlite_file.tell(engine, "PRAGMA wal_checkpoint(TRUNCATE)")


def _begun(connection: Connection) -> None:
    if connection.get_execution_options().get(READING, False):
        connection.exec_driver_sql("BEGIN")
    else:
        _begin_writing(connection)


def _begin_writing(connection: Connection) -> None:
    """Begins as soon as nobody else writes.

    SQLite itself asks less and less often: who waits for long would come last of all.
    """
    until, driver = time.monotonic() + PATIENCE, connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    driver.execute("PRAGMA busy_timeout = 0")
    try:
        while not _begins(driver) and time.monotonic() < until:
            time.sleep(random.uniform(0, _PAUSE))
        if not driver.in_transaction:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        driver.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000:.0f}")


def _begins(driver: sqlite3.Connection) -> bool:
    # By the driver itself: who waits asks again and again, and an error of SQLAlchemy's costs a lot more.
    try:
        driver.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return False
    return True


_STORE = sqlite_file.Kind(
    name="store",
    owner="the store that `screening serve` keeps",
    error=StoreError,
    patience=PATIENCE,
    settings=(
        "journal_mode = WAL",
        # An answered request is on the disk: without it a power cut could take the last commits back.
        "synchronous = FULL",
        "foreign_keys = ON",
        # What is erased is overwritten.
        "secure_delete = ON",
    ),
    begin=_begun,
)
