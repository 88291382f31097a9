"""A store for alerts, opened: a file of SQLite's, or a database of PostgreSQL's.

`with database.reading() as tx` looks, `database.write(work)` changes: `work(tx)` runs in one transaction,
and is begun again when another one was first. So it must do nothing that can't be done twice.
"""

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Engine, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError

from screening.errors import StoreError
from screening.store import postgresql, sqlite
from screening.store.clock import Clock, utc_now
from screening.store.faults import Collision, told
from screening.store.migrating import migrate
from screening.store.transaction import Reading, Writing

Result = TypeVar("Result")
_ATTEMPTS = 8
_PAUSE = 0.01
"""Seconds, at most, before the second attempt; twice as long before each further one."""


class Database:
    """The store, for use from many threads; each worker process opens its own."""

    def __init__(self, engine: Engine, place: str, now: Clock) -> None:
        self.place = place
        """What it is called in messages: without a password."""
        self.now = now
        self._engine = engine
        self._looking = engine.execution_options(**_looking(engine))
        # SQLite lets a waiting writer ask again after a while; threads that wait here are told at once.
        self._turn = threading.Lock() if engine.dialect.name == "sqlite" else None

    @classmethod
    def open(cls, url: str | Path, make: bool = True, now: Clock = utc_now) -> "Database":
        """The store at `url`: a path, `sqlite:///PATH` or `postgresql://USER:PASSWORD@HOST/NAME`.

        Its tables are made where there are none, unless told not to. StoreError for what is no store, for
        one of a newer version, and for a server that can't be reached.
        """
        engine, place = _engine(str(url), make)
        database = cls(engine, place, now)
        try:
            with told(place), engine.begin() as connection:
                migrate(connection, place, make)
        except BaseException:
            engine.dispose()
            raise
        return database

    @property
    def dialect(self) -> str:
        """sqlite or postgresql."""
        return self._engine.dialect.name

    def close(self) -> None:
        """Lets go of all connections."""
        self._engine.dispose()

    def __enter__(self) -> "Database":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """The store as it is at the first look, until the block ends."""
        with told(self.place), self._looking.begin() as connection:
            yield Reading(connection, self.now)

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """One transaction that is written when the block ends, and not at all when it raises.

        Collision where another one was first: `write` begins again then.
        """
        with self._in_turn(), told(self.place), self._engine.begin() as connection:
            transaction = Writing(connection, self.now)
            yield transaction
            transaction.finish()

    def write(self, work: Callable[[Writing], Result]) -> Result:
        """What `work` gives, done in one transaction; begun again where another one was first."""
        for attempt in range(_ATTEMPTS):
            try:
                with self.writing() as transaction:
                    return work(transaction)
            except Collision:
                if attempt == _ATTEMPTS - 1:
                    raise
                time.sleep(random.uniform(0, _PAUSE * 2**attempt))
        raise AssertionError("the last attempt returns or raises")

    def compact(self) -> None:
        """What was erased is nowhere in the database's own files any more, its journal included."""
        with told(self.place):
            compact = sqlite.compact if self.dialect == "sqlite" else postgresql.compact
            compact(self._engine)

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        if self._turn is None:
            yield
            return
        if not self._turn.acquire(timeout=sqlite.PATIENCE):
            raise StoreError(self.place, "busy", "try again")
        try:
            yield
        finally:
            self._turn.release()


def _looking(engine: Engine) -> dict[str, object]:
    if engine.dialect.name == "sqlite":
        return {sqlite.READING: True}
    return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def _engine(url: str, make: bool) -> tuple[Engine, str]:
    if "://" not in url:
        return sqlite.file_engine(Path(url), make), url
    parsed = _parsed(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        return sqlite.file_engine(Path(parsed.database), make), parsed.database
    if parsed.get_backend_name() == "postgresql":
        return postgresql.server_engine(parsed), parsed.render_as_string(hide_password=True)
    place = parsed.render_as_string(hide_password=True)
    raise StoreError(place, "no database that a store can be in", "give a path, or postgresql://...")


def _parsed(url: str) -> URL:
    try:
        return make_url(url)
    except (ArgumentError, ValueError):
        # The text may hold a password where one would not look for it.
        place = url.partition("://")[0] + "://..."
        raise StoreError(place, "no address of a database", "give a path, or postgresql://...") from None
