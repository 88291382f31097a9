"""Whom a run looks out for: bundled firms and addresses, imported lists, and those named for the run.

Two lists may bring the same watchlist. What the user names for the run replaces what was imported;
of lists of one origin nothing is lost: official ones are joined by id, and of one's own two that
have one name the second is called `name-2`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from enum import IntEnum
from pathlib import Path

from screening.resources import bundled as bundled_folder
from screening.watchlists.entry import Snapshot
from screening.watchlists.sources import OFFICIAL, read_list
from screening.watchlists.sources import list_files as list_files
from screening.watchlists.store import imported


class Origin(IntEnum):
    """Where a list comes from; a later one knows better."""

    BUNDLED = 0
    IMPORTED = 1
    NAMED = 2


Brought = tuple[Origin, Snapshot]


def load_parties(extra: Sequence[Path] = (), bundled: bool = True) -> tuple[Snapshot, ...]:
    """The snapshots of a run, their entries' ids unique among them all; WatchlistError for a bad list.

    `extra` are list files and folders of them; without `bundled` neither the bundled nor the
    imported lists are read.
    """
    named: list[Brought] = [(Origin.NAMED, read_list(file)) for path in extra for file in list_files(path)]
    kept: list[Brought] = []
    if bundled:
        kept += ((Origin.BUNDLED, snapshot) for snapshot in bundled_parties())
        kept += ((Origin.IMPORTED, item.snapshot()) for item in imported())
    return tuple(snapshot for _, snapshot in _joined([*kept, *named]))


def bundled_parties(folder: Path | None = None) -> tuple[Snapshot, ...]:
    """The lists of firms and of addresses that come with the package, in the order of their names."""
    return tuple(replace(read_list(file), bundled=True) for file in bundled_files(folder))


def bundled_files(folder: Path | None = None) -> tuple[Path, ...]:
    """Where they stand."""
    root = folder or bundled_folder("watchlists")
    return tuple(path for kind in ("firms", "addresses") for path in sorted((root / kind).glob("*.csv")))


def _joined(brought: Iterable[Brought]) -> list[Brought]:
    held: list[Brought] = []
    for origin, snapshot in brought:
        if any(origin == other and snapshot.digest == same.digest for other, same in held):
            continue
        held = list(_yielding(held, origin, snapshot))
        held.append((origin, _apart(snapshot, [other for _, other in held])))
    return held


def _yielding(held: list[Brought], origin: Origin, newer: Snapshot) -> Iterator[Brought]:
    """What is held, less the entries that the newer list takes over."""
    watchlists, ids = frozenset(newer.watchlists), frozenset(entry.id for entry in newer.entries)
    for other, older in held:
        entries = older.entries
        if other == Origin.IMPORTED and origin == Origin.NAMED:
            entries = tuple(entry for entry in entries if entry.watchlist not in watchlists)
        elif newer.format in OFFICIAL:
            entries = tuple(entry for entry in entries if entry.id not in ids)
        if entries or not older.entries:
            yield other, replace(older, entries=entries)


def _apart(snapshot: Snapshot, held: list[Snapshot]) -> Snapshot:
    """The list, under a name that no watchlist has yet."""
    if snapshot.format in OFFICIAL:
        return snapshot
    taken = {name for other in held for name in (other.name, *other.watchlists)}
    name, number = snapshot.name, 1
    while name in taken:
        number += 1
        name = f"{snapshot.name}-{number}"
    return snapshot if name == snapshot.name else renamed(snapshot, name)


def renamed(snapshot: Snapshot, name: str) -> Snapshot:
    """The snapshot of one's own list with its watchlist and the ids of its entries under another name."""
    entries = (replace(entry, watchlist=name, id=f"{name}:{entry.source_id}") for entry in snapshot.entries)
    return replace(snapshot, name=name, entries=tuple(entries))
