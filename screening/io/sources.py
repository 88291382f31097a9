"""The bytes of a shipment file, wherever they are and however they are packed.

What a file is, its content says: endings are often wrong. Everything is read as a stream with a
bound, so that a file made to fill the memory is refused instead.
"""

import gzip
import io
import os
import stat
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol, cast

import pyarrow as pa

from screening.errors import InputError

STANDARD_INPUT = "-"
MOST_EXPANSION = 200
"""Times that a compressed file may grow. Shipment files grow five- to thirtyfold."""

GROWTH_ALLOWED = 256 * 1024 * 1024
"""Bytes that any compressed file may grow to, whatever the ratio."""

_HEAD = 8192
_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_SAVE_AS = "save the shipments as CSV, Parquet, Arrow or JSON lines"
_FOREIGN: tuple[tuple[bytes, str, str], ...] = (
    (b"PK\x03\x04", "an Excel workbook or a zip archive", _SAVE_AS),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook or Office file", _SAVE_AS),
    (b"%PDF", "a PDF file", _SAVE_AS),
    (b"BZh", "compressed with bzip2", "compress it with gzip or zstd, or not at all"),
    (b"\xfd7zXZ", "compressed with xz", "compress it with gzip or zstd, or not at all"),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it first"),
    (b"\x04\x22\x4d\x18", "compressed with lz4", "compress it with gzip or zstd, or not at all"),
    (_GZIP, "compressed twice", "unpack it once"),
    (_ZSTD, "compressed twice", "unpack it once"),
    (b"SQLite format 3", "an SQLite database", _SAVE_AS),
)


class Digest(Protocol):
    """What bytes are added to: a hash of `hashlib`."""

    def update(self, data: memoryview, /) -> None:
        """Adds the bytes."""


@dataclass(frozen=True, slots=True)
class OnDisk:
    """A regular file whose bytes are those that are read; which one it is, and as of when."""

    name: str
    state: tuple[int, ...]

    def read(self, start: int, count: int) -> bytes:
        """So many bytes of it from there on; raises InputError where it is no longer the same."""
        with readable(self.name), open(self.name, "rb") as file:
            file.seek(start)
            content = file.read(count)
            self.confirm(file)
        return content

    def confirm(self, file: BinaryIO) -> None:
        """Raises InputError where the open file is another one, or was written since."""
        if _state(file) != self.state:
            remedy = "run it again when nobody writes to it"
            raise InputError(spelled(self.name), "the file was changed while it was read", remedy)


@dataclass(frozen=True, slots=True)
class Opened:
    """A file's unpacked bytes: `name` as the user gave it, `head` the first of them (still to be read).

    `on_disk` where they are the bytes of a regular file.
    """

    name: str
    stream: BinaryIO
    head: bytes
    on_disk: OnDisk | None = None
    raw: "_Joined | None" = None

    @property
    def fraction(self) -> float | None:
        """How much of the file's own bytes is read, 0 to 1; None where nobody knows how many they are."""
        if self.raw is None or not self.raw.size:
            return None
        return min(self.raw.count / self.raw.size, 1.0)

    def drain(self) -> None:
        """Reads the file's own bytes to the end, so that a digest of them is whole."""
        with readable(self.name):
            while self.raw is not None and self.raw.read(1 << 20):
                pass

    def whole(self, most: int, remedy: str) -> bytes:
        """All that is left to read; raises InputError where that is more than `most` bytes."""
        held = bytearray()
        # By pieces: a read of `most` bytes would claim as much memory for any file.
        while piece := self.stream.read(1 << 20):
            held += piece
            if len(held) > most:
                raise InputError(self.name, f"more than {most // 2**20:,} MB", remedy)
        return bytes(held)


class _Joined(io.RawIOBase):
    """A stream with the bytes put back that were read to see what it is."""

    def __init__(self, head: bytes, rest: BinaryIO, digest: Digest | None = None) -> None:
        self._head = head
        self._rest = rest
        self._digest = digest
        self.size = _size(rest)
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        room = memoryview(cast(bytearray, buffer))
        if self._head:
            taken = len(self._head[: len(room)])
            room[:taken] = self._head[:taken]
            self._head = self._head[taken:]
        else:
            taken = cast(io.BufferedReader, self._rest).readinto(room)
        self.count += taken
        if self._digest is not None:
            self._digest.update(room[:taken])
        return taken


def _size(stream: BinaryIO) -> int | None:
    """The bytes of a regular file; None for a pipe, a device or what is in memory."""
    try:
        told = os.fstat(stream.fileno())
    except (OSError, AttributeError):
        return None
    return told.st_size if stat.S_ISREG(told.st_mode) else None


def _state(file: BinaryIO) -> tuple[int, ...]:
    told = os.fstat(file.fileno())
    return told.st_dev, told.st_ino, told.st_size, told.st_mtime_ns


class _Bounded(io.RawIOBase):
    """An unpacked stream that may not grow out of all proportion."""

    def __init__(self, unpacked: BinaryIO, packed: _Joined, name: str) -> None:
        self._unpacked = unpacked
        self._packed = packed
        self._name = name
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        room = memoryview(cast(bytearray, buffer))
        taken = self._unpacked.read(len(room))
        room[: len(taken)] = taken
        self._count += len(taken)
        if self._count > max(GROWTH_ALLOWED, self._packed.count * MOST_EXPANSION):
            raise InputError(
                self._name,
                f"grows more than {MOST_EXPANSION}-fold when unpacked, which shipments do not",
                "unpack it yourself if it is what it should be",
            )
        return len(taken)


def spelled(name: str) -> str:
    """The name in letters: a byte of it that is none, as other systems write them, by its number."""
    return name.encode(errors="backslashreplace").decode()


@contextmanager
def opened(source: str | Path, digest: Digest | None = None) -> Iterator[Opened]:
    """The unpacked bytes of a file, or of standard input for `-`; raises InputError in one line.

    The file's own bytes are added to the digest as they are read.
    """
    name = str(source)
    with ExitStack() as stack:
        with readable(name):
            raw = sys.stdin.buffer if name == STANDARD_INPUT else stack.enter_context(open(name, "rb"))
            head = raw.read(_HEAD)
            own = _Joined(head, raw, digest)
            stream = _unpacked(head, own, name)
            start = cast(io.BufferedReader, stream).peek(_HEAD)
            refuse_foreign(start, name)
            regular = name != STANDARD_INPUT and _size(raw) is not None
            as_it_is = OnDisk(name, _state(raw)) if regular else None
        yield Opened(name, stream, start, None if _unpacker(head) else as_it_is, own)
        if as_it_is is not None:
            with readable(name):
                as_it_is.confirm(raw)


@contextmanager
def readable(name: str) -> Iterator[None]:
    """Faults of the file system and of compression become InputError."""
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(name, "the compressed file is cut short or damaged", "fetch it again") from error
    except OSError as error:
        raise access_fault(name, error) from error


def access_fault(name: str, error: OSError) -> InputError:
    """What a fault of the file system means to whoever named the file."""
    if isinstance(error, FileNotFoundError):
        return InputError(name, "no such file", "check the path")
    if isinstance(error, IsADirectoryError):
        return InputError(name, "a folder, not a file", "name the shipment files in it")
    if isinstance(error, PermissionError):
        return InputError(name, "no permission to read it", "ask for read permission, or copy the file")
    if error.errno is None:
        return InputError(name, "the compressed file is cut short or damaged", "fetch it again")
    return InputError(name, (error.strerror or str(error)).lower(), "check the file and its disk")


def refuse_foreign(head: bytes, name: str) -> None:
    """Raises InputError when the first bytes are those of a format that holds no shipments."""
    for magic, what, remedy in _FOREIGN:
        if head.startswith(magic):
            raise InputError(name, what, remedy)
    if not head:
        raise InputError(name, "the file is empty", "it needs at least a header line")
    start = head.lstrip().lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<table", b"<head")):
        raise InputError(name, "an HTML or XML page, not a shipment file", _SAVE_AS)


def _unpacked(head: bytes, packed: _Joined, name: str) -> BinaryIO:
    buffered = cast(BinaryIO, io.BufferedReader(packed, 1 << 16))
    opener = _unpacker(head)
    if opener is None:
        return buffered
    return cast(BinaryIO, io.BufferedReader(_Bounded(opener(buffered), packed, name), 1 << 20))


def _unpacker(head: bytes) -> Callable[[BinaryIO], BinaryIO] | None:
    if head.startswith(_GZIP):
        return lambda stream: cast(BinaryIO, gzip.GzipFile(fileobj=stream))
    if head.startswith(_ZSTD):
        return lambda stream: cast(BinaryIO, pa.CompressedInputStream(pa.PythonFile(stream, "r"), "zstd"))
    return None
