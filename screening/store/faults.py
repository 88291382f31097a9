"""What a database says when it fails, as one line that tells what to do; what it says of a bug stays."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import (
    DatabaseError,
    DataError,
    DBAPIError,
    IntegrityError,
    InterfaceError,
    NotSupportedError,
    ProgrammingError,
    TimeoutError,
)

from screening.errors import StoreError

_COLLISIONS = {"40001", "40P01", "23505", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"}
"""Codes of what another transaction did first: serialisation fault, deadlock, a key that is there."""
_REFUSED = {"42501": "no permission", "42P01": "lacks a table", "25006": "can't be written to"}
_OURS = (ProgrammingError, IntegrityError, DataError, NotSupportedError)
_SAYINGS = (
    ("locked", "busy", "try again; another program may be writing to it for long"),
    ("full", "no space is left to write to it", "free space"),
    ("readonly", "no permission to write to it", "ask its owner, or name another"),
    ("unable to open", "can't be opened", "check its place and permissions"),
    ("malformed", "damaged", "restore it from a copy"),
    ("not a database", "no file of SQLite's, or damaged", "name a store, or restore it from a copy"),
    ("password authentication failed", "the password or the user is wrong", "check the URL"),
    ("does not exist", "there is no such database or user", "create it first"),
    ("too many clients", "the server has no connection left", "allow it more, or start fewer workers"),
    ("timeout expired", "the server does not answer", "check that it runs and can be reached"),
    ("refused", "nothing answers there", "check that the server runs and can be reached"),
    ("could not translate host", "there is no such host", "check the URL"),
    ("failed to resolve host", "there is no such host", "check the URL"),
    ("no such file or directory", "nothing answers there", "check that the server runs and can be reached"),
    ("canceling statement due to lock timeout", "busy", "try again"),
)
"""What a message holds, and what that comes to."""


class Collision(StoreError):
    """Another transaction was first; the same work begun again finds what it did."""


@contextmanager
def told(place: str) -> Iterator[None]:
    """Turns what the database raises into StoreError at this place, but for what only a bug can cause."""
    try:
        yield
    except TimeoutError as error:
        raise StoreError(place, "busy: no connection came free", "try again") from error
    except (DatabaseError, InterfaceError) as error:
        if (fault := _fault(place, error)) is None:
            raise
        raise fault from error


def _fault(place: str, error: DBAPIError) -> StoreError | None:
    code = _code(error.orig)
    if code in _COLLISIONS:
        return Collision(place, "another request was first", "try again")
    if code in _REFUSED:
        return StoreError(place, _REFUSED[code], "ask the owner of the database")
    if isinstance(error, _OURS):
        return None
    return StoreError(place, *_saying(str(error.orig)))


def _code(error: Any) -> str:
    return getattr(error, "sqlstate", None) or getattr(error, "sqlite_errorname", None) or ""


def _saying(message: str) -> tuple[str, str]:
    lowered = message.lower()
    for part, what, remedy in _SAYINGS:
        if part in lowered:
            return what, remedy
    first = (message.strip().splitlines() or ["the database failed"])[0]
    return first, "check that the database runs, and that you may use it"
