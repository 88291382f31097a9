"""What a list is, in a few facts: one that is loaded, a file, or a folder of files that belong together."""

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from screening.errors import WatchlistError
from screening.watchlists.entry import CountryEntry, GoodsEntry, PartyEntry, Snapshot
from screening.watchlists.lists import CountryList, GoodsList, ListCatalogue
from screening.watchlists.loading import list_files, load_parties
from screening.watchlists.sources import read_list
from screening.watchlists.store import imported
from screening.watchlists.validation import watchlist_faults

Entry = PartyEntry | CountryEntry | GoodsEntry
_KINDS = ("firms", "addresses", "countries", "goods", "ports", "context")


@dataclass(frozen=True, slots=True)
class ListFacts:
    """A list with what tells one state of it from another."""

    name: str
    format: str
    paths: tuple[Path, ...]
    names: int
    addresses: int
    identifiers: int
    date: dt.date | None
    digest: str
    members: Sequence[Entry]

    @property
    def counts(self) -> dict[str, str | int | None]:
        """The facts by the keys of the contract."""
        return {
            "format": self.format,
            "entries": len(self.members),
            "names": self.names,
            "addresses": self.addresses,
            "identifiers": self.identifiers,
            "date": self.date.isoformat() if self.date else None,
            "digest": self.digest,
        }

    def first(self, count: int) -> Iterator[str]:
        """The first entries, a line each."""
        return map(_entry_line, islice(self.members, count))


def facts_of(name_or_file: str) -> ListFacts:
    """The facts of a list file or folder, else of a loaded list by name; WatchlistError for neither."""
    path = Path(name_or_file)
    if path.exists():
        return _together(path.name, [read_list(file) for file in list_files(path)])
    catalogue = ListCatalogue.load()
    if name_or_file in catalogue.names:
        return _of_members(catalogue.list_named(name_or_file))
    snapshots = load_parties()
    found = list(_called(name_or_file, snapshots))
    if not found:
        known = sorted({name for s in snapshots for name in (s.name, *s.watchlists)} | set(catalogue.names))
        what = "there is no such file, and no list of that name is loaded"
        raise WatchlistError(name_or_file, what, f"loaded are {', '.join(known)}")
    return _together(name_or_file, found)


def _called(name: str, snapshots: Sequence[Snapshot]) -> Iterator[Snapshot]:
    """The list of that name; of a list of several watchlists, the entries of that one."""
    for snapshot in snapshots:
        if snapshot.name == name:
            yield snapshot
        elif name in snapshot.watchlists:
            own = tuple(entry for entry in snapshot.entries if entry.watchlist == name)
            yield replace(snapshot, name=name, entries=own)


def _together(name: str, parts: Sequence[Snapshot]) -> ListFacts:
    formats = sorted({part.format for part in parts})
    digests = [part.digest for part in parts]
    whole = hashlib.sha256("".join(digests).encode()).hexdigest() if len(parts) > 1 else digests[0]
    return ListFacts(
        name=parts[0].name if len(parts) == 1 else name,
        format="+".join(formats),
        paths=tuple(part.path for part in parts),
        names=sum(part.names for part in parts),
        addresses=sum(part.addresses for part in parts),
        identifiers=sum(part.identifiers for part in parts),
        date=max((part.date for part in parts if part.date), default=None),
        digest=whole,
        members=[entry for part in parts for entry in part.entries],
    )


def _of_members(found: CountryList | GoodsList) -> ListFacts:
    kind = "countries" if isinstance(found, CountryList) else "goods"
    date = _newest(found)
    return ListFacts(found.name, kind, (found.path,), 0, 0, 0, date, found.digest, found.entries)


def _newest(found: CountryList | GoodsList) -> dt.date | None:
    """The date of the newest entry; of goods, when they were listed."""
    if isinstance(found, CountryList):
        return max((entry.date for entry in found.entries), default=None)
    return max((entry.listed_from for entry in found.entries if entry.listed_from), default=None)


def catalogue_rows(catalogue: ListCatalogue) -> Iterator[tuple[str, ...]]:
    """A row for each list of countries or goods: name, entries, date of the newest, number of sources."""
    for name in catalogue.names:
        found = catalogue.list_named(name)
        sources = {entry.source for entry in found.entries}
        newest = _newest(found)
        yield name, f"{len(found.entries):,}", newest.isoformat() if newest else "", str(len(sources))


def faults_of(path: Path) -> list[str]:
    """What is wrong with a list file, a folder of them, or a whole folder of watchlists."""
    if path.is_dir() and any((path / kind).is_dir() for kind in _KINDS):
        return watchlist_faults(path)
    try:
        files = list_files(path)
    except WatchlistError as error:
        return [str(error)]
    return [fault for file in files for fault in _file_faults(file)]


def _file_faults(file: Path) -> Iterator[str]:
    try:
        read_list(file)
    except WatchlistError as error:
        yield str(error)


def imported_faults() -> Iterator[str]:
    """What keeps an imported list from being used."""
    for item in imported():
        try:
            item.snapshot()
        except WatchlistError as error:
            yield str(error)


def _entry_line(entry: Entry) -> str:
    if isinstance(entry, CountryEntry):
        return f"{entry.country}: {entry.source} ({entry.date})"
    if isinstance(entry, GoodsEntry):
        tier = f"tier {entry.tier}, " if entry.tier else ""
        return f"{entry.hs6}: {entry.description} ({tier}controlled from {entry.controlled_from})"
    listed = f", listed on {entry.listed_on}" if entry.listed_on else ""
    return f"{entry.called} ({entry.id}, {entry.source}{listed})"
