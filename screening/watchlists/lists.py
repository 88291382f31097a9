"""The countries and goods that rules name, as of a date, the places of routes, and explained names.

A list file is data with a source and dates on every line; here it becomes typed, is found sound or
refused, and answers what stood on it on the day of a shipment.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import polars as pl

from screening.errors import WatchlistError
from screening.places.gazetteer import Gazetteer
from screening.resources import bundled
from screening.watchlists.corridors import CorridorEntry, corridor_entries
from screening.watchlists.entry import ContextEntry, CountryEntry, GoodsEntry
from screening.watchlists.list_rows import (
    COUNTRY_COLUMNS,
    GOODS_COLUMNS,
    context_entries,
    country_entries,
    goods_entries,
    place_entries,
)
from screening.watchlists.store import home

_TYPES: dict[str, type[pl.DataType]] = {
    "verified": pl.Boolean,
    **dict.fromkeys(("date", "from", "until", "controlled_from", "listed_from"), pl.Date),
}


class Standing(NamedTuple):
    """A member of a list with the first and the last day on which it stands; None is open."""

    member: str
    first: dt.date | None
    last: dt.date | None

    def on(self, day: dt.date | None) -> bool:
        """True when it stands on `day`; without a day, when it has not ended."""
        if day is None:
            return self.last is None
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


def _by_member(standings: Iterable[Standing]) -> Mapping[str, tuple[Standing, ...]]:
    """When each member stands."""
    found: dict[str, tuple[Standing, ...]] = {}
    for standing in standings:
        found[standing.member] = (*found.get(standing.member, ()), standing)
    return found


@dataclass(frozen=True)
class CountryList:
    """The countries of one file."""

    name: str
    """As rules name it: `countries/transit`."""
    path: Path
    digest: str
    entries: tuple[CountryEntry, ...]

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """Each country and when it stands on the list."""
        return tuple(Standing(entry.country, entry.valid_from, entry.valid_until) for entry in self.entries)

    @cached_property
    def _by_member(self) -> Mapping[str, tuple[Standing, ...]]:
        return _by_member(self.standings)

    def stands(self, country: str, on: dt.date | None) -> bool:
        """True when the country is on the list on that day; without a day, when it has not ended."""
        return any(standing.on(on) for standing in self._by_member.get(country, ()))

    def members(self, on: dt.date | None) -> frozenset[str]:
        """The countries on the list on that day; without a day, those that have not ended."""
        return frozenset(standing.member for standing in self.standings if standing.on(on))

    @property
    def frame(self) -> pl.DataFrame:
        """The entries as columns: those of the file, typed."""
        rows = [
            (e.id, e.country, e.source, e.source_url, e.date, e.valid_from, e.valid_until, e.note)
            for e in self.entries
        ]
        return pl.DataFrame(rows, schema=_schema(COUNTRY_COLUMNS), orient="row")


@dataclass(frozen=True)
class GoodsList:
    """The goods of one file; on a day, those controlled by then."""

    name: str
    """As rules name it: `goods/chpl`."""
    path: Path
    digest: str
    entries: tuple[GoodsEntry, ...]

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """Each code and when it is controlled."""
        return tuple(Standing(entry.hs6, entry.controlled_from, entry.valid_until) for entry in self.entries)

    @cached_property
    def _by_member(self) -> Mapping[str, tuple[Standing, ...]]:
        return _by_member(self.standings)

    def stands(self, code: str, on: dt.date | None) -> bool:
        """True when the code is controlled on that day; without a day, when it has not ended."""
        return any(standing.on(on) for standing in self._by_member.get(code, ()))

    def members(self, on: dt.date | None) -> frozenset[str]:
        """The codes controlled on that day; without a day, those that have not ended."""
        return frozenset(standing.member for standing in self.standings if standing.on(on))

    @property
    def frame(self) -> pl.DataFrame:
        """The entries as columns: those of the file, typed; blank tiers are null."""
        rows = [
            (
                *(e.id, e.hs6, e.tier or None, e.description, e.controlled_from, e.listed_from),
                *(e.valid_until, e.verified, e.source, e.source_url, e.note),
            )
            for e in self.entries
        ]
        return pl.DataFrame(rows, schema=_schema(GOODS_COLUMNS), orient="row")


@dataclass(frozen=True, slots=True)
class ListCatalogue:
    """Every list of a watchlists folder that is not of parties, by the names that rules use."""

    countries: Mapping[str, CountryList]
    goods: Mapping[str, GoodsList]
    context: tuple[ContextEntry, ...]
    digest: str
    """SHA-256 over the names and digests of the files."""
    places: Gazetteer = field(default_factory=Gazetteer)
    """The places of the folder `ports`, which fields of the route rest on; rules don't name them."""
    corridors: tuple[CorridorEntry, ...] = ()
    """What statistics say of lanes, from the folder `corridors` and from what the user keeps."""

    @classmethod
    def load(cls, folder: Path | None = None) -> "ListCatalogue":
        """The lists of the folder, of the bundled one without it; WatchlistError for the first unsound."""
        root = folder or bundled("watchlists")
        countries = {name: read_countries(path, name) for name, path in list_paths(root, "countries")}
        goods = {name: read_goods(path, name) for name, path in list_paths(root, "goods")}
        context = {name: context_entries(path, name) for name, path in list_paths(root, "context")}
        ports = {name: place_entries(path, name) for name, path in list_paths(root, "ports")}
        # What the user keeps belongs to the bundled lists, not to a folder that stands by itself.
        kept = () if folder else list_paths(home(), "corridors")
        lanes = {name: corridor_entries(path, name) for name, path in (*list_paths(root, "corridors"), *kept)}
        digests = {name: found.digest for name, found in (countries | goods).items()}
        digests |= {name: digest for name, (_, digest) in context.items()}
        digests |= {name: digest for name, (_, digest) in ports.items()}
        digests |= {name: digest for name, (_, digest) in lanes.items()}
        explained = tuple(entry for entries, _ in context.values() for entry in entries)
        places = Gazetteer.of(place for entries, _ in ports.values() for place in entries)
        corridors = tuple(entry for entries, _ in lanes.values() for entry in entries)
        return cls(countries, goods, explained, _digest_of(digests), places, corridors)

    @property
    def names(self) -> tuple[str, ...]:
        """What rules may name, sorted."""
        return tuple(sorted([*self.countries, *self.goods]))

    def list_named(self, name: str) -> CountryList | GoodsList:
        """The list of that name; WatchlistError when there is none."""
        found = self.countries.get(name) or self.goods.get(name)
        if found is None:
            raise WatchlistError(name, "there is no such list", f"there are {', '.join(self.names)}")
        return found

    def standings(self, name: str) -> tuple[Standing, ...]:
        """The members of the list of that name, each with its first and last day."""
        return self.list_named(name).standings

    def members(self, name: str, on: dt.date | None) -> frozenset[str]:
        """The members of the list of that name on that day; without a day, as the list stands."""
        return self.list_named(name).members(on)


def list_paths(root: Path, kind: str) -> Iterator[tuple[str, Path]]:
    """The lists of a kind as rules name them, with their files, in the order of their names."""
    return ((f"{kind}/{path.stem}", path) for path in sorted((root / kind).glob("*.csv")))


def read_countries(path: Path, name: str) -> CountryList:
    """The countries of a file; WatchlistError with all that is wrong with it."""
    entries, digest = country_entries(path, name)
    return CountryList(name, path, digest, entries)


def read_goods(path: Path, name: str) -> GoodsList:
    """The goods of a file; WatchlistError with all that is wrong with it."""
    entries, digest = goods_entries(path, name)
    return GoodsList(name, path, digest, entries)


def _schema(columns: tuple[str, ...]) -> pl.Schema:
    return pl.Schema({name: _TYPES.get(name, pl.String) for name in columns})


def _digest_of(digests: Mapping[str, str]) -> str:
    told = "".join(f"{name} {digest}\n" for name, digest in sorted(digests.items()))
    return hashlib.sha256(told.encode()).hexdigest()
