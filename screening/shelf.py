"""What was prepared and stands on the disk between two runs: one file each, checked and mapped, never run.

It is a cache and nothing more. What is missing, damaged or of another code is made again; a folder that
can't be written to costs time and no result.
"""

import hashlib
import json
import logging
import mmap
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkstemp
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa
from platformdirs import user_cache_dir

from screening.resources import HOME_VARIABLE
from screening.version import code_digest

KEPT = 16
"""Files kept; those unused for longest go first. A run uses a few of them that every run uses."""
_MAGIC = b"screening shelf 2\n"
_DIGEST = hashlib.sha256().digest_size
_START = len(_MAGIC) + _DIGEST
_ALIGNED = 64
"""Bytes: arrays begin where a processor likes them to."""
_PARTS = -(-(_START + 8) // _ALIGNED) * _ALIGNED
_SUFFIX = ".shelf"
_LOG = logging.getLogger(__name__)

Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Contents:
    """What stands in one file: plain values, arrays and frames by name."""

    facts: dict[str, Any]
    arrays: Mapping[str, Array]
    frames: Mapping[str, pl.DataFrame]


def shelf_folder() -> Path:
    """The user's cache folder, or the one in the folder that `SCREENING_HOME` points at."""
    home = os.environ.get(HOME_VARIABLE)
    return Path(home) / "cache" if home else Path(user_cache_dir("diversion-screening", appauthor=False))


def key_of(*parts: str) -> str:
    """The key of what our code makes of these parts: it is another one where either has changed."""
    total = hashlib.sha256()
    for part in (code_digest(), *parts):
        total.update(part.encode() + b"\0")
    return total.hexdigest()


def kept(key: str, make: Callable[[], Contents]) -> Contents:
    """What stands under the key; made, and put there, where there is nothing that can be trusted."""
    found = taken(key)
    if found is None:
        found = make()
        put(key, found)
    return found


def taken(key: str) -> Contents | None:
    """What was put under the key, mapped read-only; None where there is nothing that can be trusted."""
    path = _path(key)
    try:
        found = _read(path)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException, pl.exceptions.PolarsError) as error:
        _LOG.info("%s can't be used and is made again: %s", path, error)
        return None
    with suppress(OSError):
        os.utime(path)
    return found


def put(key: str, contents: Contents) -> None:
    """Keep the contents under the key, whole or not at all; a folder that can't be written is left alone."""
    path = _path(key)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(path, contents)
        _forget_unused(path.parent)
    except OSError as error:
        _LOG.info("%s can't be written, so the next start is slow too: %s", path, error.strerror)


def _path(key: str) -> Path:
    return shelf_folder() / f"{key[:32]}{_SUFFIX}"


def _read(path: Path) -> Contents:
    with path.open("rb") as file:
        mapped = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    if bytes(mapped[: len(_MAGIC)]) != _MAGIC:
        raise ValueError("it is of another kind")
    if hashlib.sha256(mapped[_START:]).digest() != mapped[len(_MAGIC) : _START]:
        raise ValueError("it is damaged")
    table = json.loads(bytes(mapped[int.from_bytes(mapped[_START : _START + 8], "little") :]))
    arrays = {name: _array(mapped, *where) for name, where in table["arrays"].items()}
    frames = {name: _frame(mapped, *where) for name, where in table["frames"].items()}
    return Contents(table["facts"], arrays, frames)


def _array(parts: memoryview, start: int, size: int, kind: str) -> Array:
    return np.frombuffer(parts[start : start + size], dtype=np.dtype(kind))


def _frame(parts: memoryview, start: int, size: int) -> pl.DataFrame:
    with pa.ipc.open_file(pa.py_buffer(parts[start : start + size])) as file:
        return pl.DataFrame(pl.from_arrow(file.read_all()))


def _write(path: Path, contents: Contents) -> None:
    """The file appears under its name when all of it is on the disk."""
    number, aside = mkstemp(dir=path.parent, prefix=".", suffix=_SUFFIX)
    try:
        with open(number, "w+b") as file:
            _write_body(file, contents)
            file.seek(_START)
            digest = hashlib.file_digest(file, "sha256").digest()
            file.seek(0)
            file.write(_MAGIC + digest)
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, path)
    finally:
        Path(aside).unlink(missing_ok=True)


def _write_body(file: BinaryIO, contents: Contents) -> None:
    """What stands after the digest: where the table is, each part where it is aligned, and the table.

    Part by part, since all together are as large as what is in memory already.
    """
    table: dict[str, Any] = {"facts": contents.facts, "arrays": {}, "frames": {}}
    file.write(bytes(_PARTS))  # room for all that goes before the parts
    for name, array in contents.arrays.items():
        start = file.tell()
        file.write(np.ascontiguousarray(array).reshape(-1).view(np.uint8).data)
        table["arrays"][name] = (*_ended(file, start), array.dtype.str)
    for name, frame in contents.frames.items():
        start = file.tell()
        _write_ipc(file, frame)
        table["frames"][name] = _ended(file, start)
    end = file.tell()
    file.write(json.dumps(table, ensure_ascii=False).encode())
    file.seek(_START)
    file.write(end.to_bytes(8, "little"))


def _ended(file: BinaryIO, start: int) -> tuple[int, int]:
    """Where a part began and how long it is; the next one may begin."""
    end = file.tell()
    file.write(bytes(_aligned(end) - end))
    return start, end - start


def _write_ipc(file: BinaryIO, frame: pl.DataFrame) -> None:
    table = frame.to_arrow(compat_level=pl.CompatLevel.newest())
    with pa.ipc.new_file(pa.PythonFile(file, "w"), table.schema) as writer:
        writer.write_table(table)


def _aligned(size: int) -> int:
    return -(-size // _ALIGNED) * _ALIGNED


def _forget_unused(folder: Path) -> None:
    """Only the files used last stay; what a stopped run left half written goes with the others."""
    files = sorted(folder.glob(f"*{_SUFFIX}"), key=_used, reverse=True)
    for path in files[KEPT:]:
        with suppress(OSError):
            path.unlink()


def _used(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
