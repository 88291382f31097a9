"""A file that is whole or not there.

Whoever reads an output never meets half of one: it is written aside in the same folder, synced, and
renamed into place. Devices and pipes can't be renamed into place; they are written directly.
"""

import contextlib
import os
import secrets
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from screening.errors import InputError

STANDARD_OUTPUT = "-"

Opening = Callable[[str | Path], AbstractContextManager[BinaryIO]]
"""Gives a stream whose content stands at the path in the end: `whole_file`, or what puts it there later."""


def check_writable(path: str | Path) -> None:
    """Nothing, where a file can be written there; raises InputError before any work is done."""
    name = str(path)
    if name == STANDARD_OUTPUT:
        return
    target = Path(name)
    with writable(name):
        if target.is_dir():
            raise InputError(name, "a folder, not a file", "name a file in it")
        if not target.parent.is_dir():
            raise InputError(
                name, f"the folder {target.parent} is not there", "create it, or write elsewhere"
            )
        asked = target if target.exists() and not _regular(target) else target.parent
        if not os.access(asked, os.W_OK):
            raise InputError(name, "no permission to write there", "write to a folder of your own")


@contextmanager
def whole_file(path: str | Path) -> Iterator[BinaryIO]:
    """A stream whose content stands at `path` when the block ends well, and nowhere when it does not."""
    name = str(path)
    check_writable(name)
    with writable(name):
        target = replaceable(name)
        if target is not None:
            with _renamed(target) as stream:
                yield stream
        elif name == STANDARD_OUTPUT:
            with _flushed(cast(BinaryIO, sys.stdout.buffer)) as stream:
                yield stream
        else:
            with open(name, "wb") as stream:
                # A full device refuses even nothing; without it a run with no alerts would seem written.
                os.write(stream.fileno(), b"")
                yield stream


@contextmanager
def _flushed(stream: BinaryIO) -> Iterator[BinaryIO]:
    try:
        yield stream
        stream.flush()
    except OSError:
        # What could not be written would be tried again, and fail again, as the program ends.
        with contextlib.suppress(OSError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)
        raise


@contextmanager
def _renamed(target: Path) -> Iterator[BinaryIO]:
    aside = aside_of(target)
    try:
        with new_file(aside) as stream:
            yield stream
        put_in_place(aside, target)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def aside_of(target: Path) -> Path:
    """A name that no file has, in the folder of the target, so that it can be renamed into its place."""
    return target.with_name(f".{target.name[:80]}.{secrets.token_hex(6)}.part")


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """A stream into a new file of its owner's alone; synced when the block ends well."""
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        yield stream
        stream.flush()
        os.fsync(stream.fileno())


def put_in_place(aside: Path, target: Path) -> None:
    """Renames a whole file into its place, with the permissions of the one that it replaces."""
    os.chmod(aside, _mode(target))
    os.replace(aside, target)
    sync_folder(target.parent)


def replaceable(path: str | Path) -> Path | None:
    """Where a file can be renamed into place for this path; None for standard output and devices."""
    if str(path) == STANDARD_OUTPUT or not _regular(Path(path)):
        return None
    return Path(os.path.realpath(path))


def _mode(target: Path) -> int:
    """The permissions of the file that is replaced, or those that a new file gets."""
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask


def sync_folder(folder: Path) -> None:
    """Makes what was renamed in the folder outlive a power cut."""
    # Not every file system syncs folders; the file itself is safe by now.
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _regular(target: Path) -> bool:
    return not target.exists() or target.is_file()


@contextmanager
def writable(name: str) -> Iterator[None]:
    """Tells in a line why nothing can be written there."""
    try:
        yield
    except OSError as error:
        shown = "standard output" if name == STANDARD_OUTPUT else name
        what = (error.strerror or str(error)).lower()
        raise InputError(shown, what, _remedy(error)) from error


def _remedy(error: OSError) -> str:
    if isinstance(error, BrokenPipeError):
        return "what read it has ended"
    if isinstance(error, PermissionError):
        return "write to a folder of your own"
    return "free space, or write elsewhere"
