"""One line of a watchlist, and the list as it stood when it was read.

Every format becomes these few types, so that nothing behind the readers knows where a list came from.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

PartyType = Literal["organisation", "person", "vessel", "aircraft", "address", "unknown"]

NO_ADDRESS = "-0-"
"""What OFAC writes where it knows nothing."""


@dataclass(frozen=True, slots=True)
class PartyEntry:
    """A firm, person, vessel or aircraft on a watchlist, or an address that is listed itself."""

    id: str
    """`<watchlist>:<source_id>`, stable across refreshes of the list."""
    source_id: str
    watchlist: str
    name: str
    """Blank where an address stands on a list and nobody with it."""
    source: str
    type: PartyType = "unknown"
    aliases: tuple[str, ...] = ()
    weak_aliases: tuple[str, ...] = ()
    original_names: tuple[str, ...] = ()
    """The name in its own script."""
    mentioned: tuple[str, ...] = ()
    """Names that stand only in the list's remarks: matched as weak aliases, counted among no names."""
    countries: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    birth_dates: tuple[str, ...] = ()
    """As the list writes them: a day, a year, `circa 1962`."""
    programmes: tuple[str, ...] = ()
    authority: str = ""
    source_url: str = ""
    listed_on: dt.date | None = None
    ended_on: dt.date | None = None
    """The last day on which the entry stands."""
    reason: str = ""
    verified: bool | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The distinct names of the entry, the primary one first."""
        return _distinct(*self._listed, *self.mentioned)

    @property
    def listed_names(self) -> tuple[str, ...]:
        """The distinct names that the list itself lists as such."""
        return _distinct(*self._listed)

    @property
    def called(self) -> str:
        """What the entry is called where it is shown: its name, of an address the address."""
        return self.name or next(iter(self.addresses), self.id)

    @property
    def _listed(self) -> tuple[str, ...]:
        return (self.name, *self.aliases, *self.weak_aliases, *self.original_names)


@dataclass(frozen=True, slots=True)
class CountryEntry:
    """A country on a list, for as long as it stands there."""

    id: str
    watchlist: str
    country: str
    source: str
    source_url: str
    date: dt.date
    """When the source said so."""
    valid_from: dt.date | None
    valid_until: dt.date | None
    """The last day on which the entry stands."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class GoodsEntry:
    """Six digits of the Harmonized System on a list of controlled goods."""

    id: str
    watchlist: str
    hs6: str
    tier: str
    description: str
    controlled_from: dt.date
    """The earliest allied restriction on such goods; rules judge by it."""
    listed_from: dt.date | None
    """When the list named them; shown in the evidence."""
    valid_until: dt.date | None
    """The last day on which the entry stands."""
    verified: bool | None
    source: str
    source_url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ContextEntry:
    """A name that is no alert: it explains who somebody is, and suppresses nothing."""

    id: str
    watchlist: str
    name: str
    aliases: tuple[str, ...]
    countries: tuple[str, ...]
    type: PartyType
    explains: str
    source: str
    date: dt.date

    @property
    def names(self) -> tuple[str, ...]:
        """The distinct names of the entry, the primary one first."""
        return tuple(dict.fromkeys((self.name, *self.aliases)))


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The parties of one list file (or folder) as read, with what tells one state from another."""

    format: str
    name: str
    """A slug: what the user calls the list by."""
    entries: Sequence[PartyEntry]
    date: dt.date | None
    """When the list was drawn up: from its content, else from its file name."""
    digest: str
    """SHA-256 of the source bytes; of a folder, of its files in the order of their names."""
    path: Path
    bundled: bool = False
    files: tuple[Path, ...] = ()
    """The files that make the list, where they are more than the one at `path`."""

    @property
    def watchlists(self) -> tuple[str, ...]:
        """The watchlists that the entries belong to, in the order of their first entry."""
        return tuple(dict.fromkeys(entry.watchlist for entry in self.entries))

    @property
    def names(self) -> int:
        """How many distinct names the entries are listed with, summed over the entries."""
        return sum(len(entry.listed_names) for entry in self.entries)

    @property
    def addresses(self) -> int:
        """How many addresses say something."""
        return sum(1 for entry in self.entries for _ in told(entry.addresses))

    @property
    def identifiers(self) -> int:
        """How many identifiers the entries have."""
        return sum(len(entry.identifiers) for entry in self.entries)


def told(texts: tuple[str, ...] | list[str]) -> Iterator[str]:
    """The texts that say something, stripped."""
    return (text for text in map(str.strip, texts) if text and text != NO_ADDRESS)


def _distinct(*names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in names if name.strip()))
