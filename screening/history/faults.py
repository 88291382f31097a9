"""What a database says when it fails, as one line that tells what to do."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from screening.errors import InputError

_SAYINGS = (
    ("locked", "in use by another run", "wait until that has ended"),
    ("busy", "in use by another run", "wait until that has ended"),
    ("full", "no space is left to write to it", "free space"),
    ("readonly", "no permission to write to it", "ask its owner, or name another"),
    ("unable to open", "can't be opened", "check its place and permissions"),
    ("malformed", "damaged", "restore it from a copy, or begin a new one"),
    ("not a database", "damaged, or no history", "restore it from a copy, or begin a new one"),
)
"""What a message holds, and what that comes to."""


def damaged(place: str) -> InputError:
    """What is raised for a history whose content contradicts itself."""
    return InputError(place, "damaged", "restore it from a copy, or begin a new one")


@contextmanager
def told(place: str) -> Iterator[None]:
    """Turns what the database raises into InputError at this place."""
    try:
        yield
    except (ArgumentError, NoSuchModuleError) as error:
        raise InputError(
            place, "no file, and no address of a database", str(error).splitlines()[0]
        ) from error
    except DBAPIError as error:
        raise _fault(place, str(error.orig)) from error
    except SQLAlchemyError as error:
        raise _fault(place, str(error)) from error


def _fault(place: str, message: str) -> InputError:
    lowered = message.lower()
    for part, what, remedy in _SAYINGS:
        if part in lowered:
            return InputError(place, what, remedy)
    first = (message.splitlines() or ["the database failed"])[0]
    return InputError(place, first, "check that it is a history, and that you may write to it")
