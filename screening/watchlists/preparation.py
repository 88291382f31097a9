"""The parties of a run, made ready once: the next run with the same lists and code finds them so.

Reading, folding and indexing a large list takes seconds, and almost every run uses the lists of the run
before. What is kept is known by the content of every file that was read, and by the code that read it.
"""

import hashlib
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from screening.errors import WatchlistError
from screening.names.stored import arrays_of, index_of
from screening.shelf import Contents, put, taken
from screening.version import code_digest
from screening.watchlists.columns import Entries, PartyColumns
from screening.watchlists.entry import Snapshot
from screening.watchlists.loading import bundled_files, load_parties
from screening.watchlists.parties import PartyList
from screening.watchlists.premises import Premises
from screening.watchlists.sources import source_of
from screening.watchlists.store import imported

WORTH_KEEPING = 50
"""Entries; fewer are read and indexed about as quickly as they are found again."""
_FRAMES = ("entries", "names", "identifiers")


def prepared_parties(extra: Sequence[Path] = (), bundled: bool = True) -> PartyList:
    """The parties that `load_parties` finds, with their columns and index where those were made before.

    WatchlistError for a bad list.
    """
    key = _key(extra, bundled)
    if (kept := taken(key)) and (parties := _found(kept)):
        return parties
    snapshots = load_parties(extra, bundled)
    worth = sum(len(snapshot.entries) for snapshot in snapshots) >= WORTH_KEEPING
    # A file that was changed while it was read must not be known by what it holds now.
    known = worth and key == _key(extra, bundled)
    told = [_facts(snapshot) for snapshot in snapshots]
    return PartyList(snapshots, built=partial(_keep, key, told) if known else None)


def _keep(key: str, snapshots: list[dict[str, Any]], columns: PartyColumns) -> None:
    facts = {"snapshots": snapshots}
    frames = {name: getattr(columns, name) for name in _FRAMES} | columns.premises.frames
    put(key, Contents(facts, arrays_of(columns.index), frames))


def _found(kept: Contents) -> PartyList | None:
    """The parties that the contents hold; None when they are not what they should be."""
    try:
        entries = kept.frames["entries"]
        index = index_of(kept.arrays)
        frames = {name: kept.frames[name] for name in _FRAMES}
        premises = Premises.from_frames(kept.frames)
        columns = PartyColumns(Entries(entries), **frames, index=index, premises=premises)
        return PartyList(tuple(_snapshots(kept.facts["snapshots"], Entries(entries))), columns)
    except (KeyError, ValueError, TypeError):
        return None


def _facts(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "format": snapshot.format,
        "name": snapshot.name,
        "entries": len(snapshot.entries),
        "date": snapshot.date.isoformat() if snapshot.date else None,
        "digest": snapshot.digest,
        "path": str(snapshot.path),
        "bundled": snapshot.bundled,
        "files": [str(path) for path in snapshot.files],
    }


def _snapshots(facts: Sequence[dict[str, Any]], entries: Entries) -> Iterator[Snapshot]:
    first = 0
    for told in facts:
        own = entries[first : first + told["entries"]]
        first += told["entries"]
        yield Snapshot(
            format=told["format"],
            name=told["name"],
            entries=own,
            date=date.fromisoformat(told["date"]) if told["date"] else None,
            digest=told["digest"],
            path=Path(told["path"]),
            bundled=told["bundled"],
            files=tuple(map(Path, told["files"])),
        )


def _key(extra: Sequence[Path], bundled: bool) -> str:
    """A digest of all that the parties depend on: code, libraries, and each list with its files."""
    total = hashlib.sha256()
    for part in (code_digest(), *_libraries(), sys.byteorder, *_lists(extra, bundled)):
        total.update(part.encode() + b"\0")
    return total.hexdigest()


def _libraries() -> Iterator[str]:
    """Those that a fold depends on: another version may write a name otherwise."""
    yield from (f"{name} {metadata.version(name)}" for name in ("rigour", "numpy", "polars"))
    # ICU is not always there, nor always installed under a name of its own.
    icu = find_spec("icu")
    yield f"icu {icu.origin if icu else None}"
    with suppress(metadata.PackageNotFoundError):
        yield metadata.version("pyicu")


def _lists(extra: Sequence[Path], bundled: bool) -> Iterator[str]:
    if bundled:
        for path in bundled_files():
            yield from ("bundled", *_digests(path))
        for item in imported():
            yield from ("imported", repr(item), *_digests(item.path))
    for path in extra:
        yield from ("named", *_digests(path))


def _digests(path: Path) -> Iterator[str]:
    """The list as the user names it, and each file that reading it may look at, with its digest."""
    yield str(path)
    for file in _files(path):
        yield f"{file.name} {_digest(file)}"


def _files(path: Path) -> tuple[Path, ...]:
    if path.is_dir():
        return tuple(
            file for file in sorted(path.iterdir()) if file.is_file() and not file.name.startswith(".")
        )
    return source_of(path).files(path)


def _digest(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        reason = (error.strerror or "can't be read").lower()
        raise WatchlistError(str(file), reason, "check the path and its permissions") from None
