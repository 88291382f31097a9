"""Are the lists of a folder sound? Every fault of every file, in a line each.

Reading refuses what can't be used; this also finds what can be used and should not be: an entry
without a source, a code that no nomenclature has, a name that is watched for and explained away.
"""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from screening.addresses import fold
from screening.errors import WatchlistError
from screening.goods import nomenclature
from screening.names import fold as fold_name
from screening.resources import bundled
from screening.watchlists.corridors import corridor_entries
from screening.watchlists.entry import ContextEntry, PartyEntry, Snapshot
from screening.watchlists.list_rows import context_entries, place_entries
from screening.watchlists.lists import GoodsList, list_paths, read_countries, read_goods
from screening.watchlists.sources import read_list

TIERS = frozenset({"", "1", "2", "3.A", "3.B", "4.A", "4.B"})


def watchlist_faults(folder: Path | None = None) -> list[str]:
    """What is wrong with the lists of the folder, of the bundled one without it; empty when sound."""
    root = folder or bundled("watchlists")
    if not root.is_dir():
        return [f"{root}: there is no such folder"]
    firms, context = _Readings(), _Readings()
    snapshots = list(firms.snapshots(root))
    explained = list(context.explained(root))
    return [
        *_country_faults(root),
        *_goods_faults(root),
        *_place_faults(root),
        *_corridor_faults(root),
        *firms.faults,
        *chain.from_iterable(map(_firm_faults, snapshots)),
        *_repeated_ids(snapshots),
        *context.faults,
        *_both_watched_and_explained(snapshots, explained),
    ]


class _Readings:
    """Files read one after the other, those that can't be read remembered with the reason."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def snapshots(self, root: Path) -> Iterator[Snapshot]:
        for path in (path for kind in ("firms", "addresses") for _, path in list_paths(root, kind)):
            try:
                yield read_list(path)
            except WatchlistError as error:
                self.faults.append(str(error))

    def explained(self, root: Path) -> Iterator[ContextEntry]:
        for name, path in list_paths(root, "context"):
            try:
                yield from context_entries(path, name)[0]
            except WatchlistError as error:
                self.faults.append(str(error))


def _country_faults(root: Path) -> Iterator[str]:
    for name, path in list_paths(root, "countries"):
        try:
            read_countries(path, name)
        except WatchlistError as error:
            yield str(error)


def _place_faults(root: Path) -> Iterator[str]:
    for name, path in list_paths(root, "ports"):
        try:
            place_entries(path, name)
        except WatchlistError as error:
            yield str(error)


def _corridor_faults(root: Path) -> Iterator[str]:
    for name, path in list_paths(root, "corridors"):
        try:
            corridor_entries(path, name)
        except WatchlistError as error:
            yield str(error)


def _goods_faults(root: Path) -> Iterator[str]:
    for name, path in list_paths(root, "goods"):
        try:
            yield from _code_faults(read_goods(path, name))
        except WatchlistError as error:
            yield str(error)


def _code_faults(goods: GoodsList) -> Iterator[str]:
    for entry in goods.entries:
        where = f"{goods.path}: {entry.id}"
        if not nomenclature.known(entry.hs6):
            yield f"{where}: {entry.hs6} is no code of the Harmonized System of 2022"
        if entry.tier not in TIERS:
            yield f"{where}: {entry.tier!r} is no tier of the Common High Priority List"
        if entry.listed_from and entry.listed_from < entry.controlled_from:
            yield f"{where}: listed on {entry.listed_from}, before it was controlled"


def _firm_faults(snapshot: Snapshot) -> Iterator[str]:
    for entry in snapshot.entries:
        where = f"{snapshot.path}: {entry.source_id}"
        # The reader puts the file's name where the user gives no source; a bundled list must say more.
        if entry.source == snapshot.path.name:
            yield f"{where}: names no source"
        if entry.listed_on is None:
            yield f"{where}: has no date of listing"
        if not entry.countries and entry.type == "organisation":
            yield f"{where}: names no country"
        if entry.type == "address" and not any(fold(text).tells_a_place for text in entry.addresses):
            yield f"{where}: names no house or room, and so is no address to look for"


def _repeated_ids(snapshots: list[Snapshot]) -> Iterator[str]:
    seen: dict[str, Path] = {}
    for snapshot in snapshots:
        for entry in snapshot.entries:
            first = seen.setdefault(entry.id, snapshot.path)
            if first != snapshot.path:
                yield f"{snapshot.path}: {entry.source_id}: stands in {first.name} too"


def _both_watched_and_explained(snapshots: list[Snapshot], explained: list[ContextEntry]) -> Iterator[str]:
    watched: dict[str, PartyEntry] = {}
    for entry in (entry for snapshot in snapshots for entry in snapshot.entries):
        watched |= {fold_name(name).text: entry for name in entry.names}
    for party in explained:
        for name in party.names:
            if found := watched.get(fold_name(name).text):
                yield f"{party.watchlist}: {party.id}: {name!r} is on the watchlist too, as {found.id}"
