"""A file of SQLite's that is kept for its owner alone: a history, or a store for alerts."""

import contextlib
import os
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL

from screening.errors import LocatedError

_MAGIC = b"SQLite format 3\x00"


@dataclass(frozen=True, slots=True)
class Kind:
    """What such a file is for, and how it is used."""

    name: str
    """As messages call it: `store`."""
    owner: str
    """Whose file to name where there is none."""
    error: type[LocatedError]
    patience: float
    """Seconds that one waits for another process that writes."""
    settings: Sequence[str]
    """What each connection is told first: `secure_delete = ON`."""
    begin: Callable[[Connection], object]
    """Begins a transaction; SQLAlchemy says when, and the driver begins none by itself."""


def file_engine(path: Path, make: bool, kind: Kind) -> Engine:
    """The engine over this file, which is made, for its owner alone, where there is none.

    Raises the kind's error for a path that is no such file and can't become one.
    """
    _refuse_other_files(path, kind)
    if not path.exists():
        if not make:
            raise kind.error(str(path), "no such file", f"name {kind.owner}")
        _made(path)
    url = URL.create("sqlite", database=os.path.realpath(path))
    engine = create_engine(url, connect_args={"timeout": kind.patience}, hide_parameters=True)

    def prepare(driver: sqlite3.Connection, _record: object) -> None:
        driver.isolation_level = None
        for setting in kind.settings:
            driver.execute(f"PRAGMA {setting}")

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", kind.begin)
    return engine


def tell(engine: Engine, command: str) -> None:
    """Has the file do something outside of any transaction: `VACUUM`."""
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.execute(command)


def _refuse_other_files(path: Path, kind: Kind) -> None:
    if path.is_dir():
        raise kind.error(str(path), "a folder, not a file", "name a file in it")
    if not path.parent.is_dir():
        raise kind.error(str(path), f"the folder {path.parent} is not there", "create it")
    if not path.exists():
        return
    if not path.is_file():
        raise kind.error(str(path), "no regular file", "name a file, or one that is yet to be made")
    with path.open("rb") as file:
        start = file.read(len(_MAGIC))
    if start and start != _MAGIC:
        what = f"no {kind.name}: not a file of SQLite's"
        raise kind.error(str(path), what, f"name a {kind.name}, or a new file")


def _made(path: Path) -> None:
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
