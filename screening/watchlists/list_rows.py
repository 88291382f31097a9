"""Country, goods, context and place files line by line: what a cell must be, and all that is wrong at once.

Apart from `lists`, which answers questions, since a new column of a file changes this module alone.
"""

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from screening.places.gazetteer import Place
from screening.watchlists.entry import ContextEntry, CountryEntry, GoodsEntry
from screening.watchlists.sources.own_csv import party_type
from screening.watchlists.table import Row, read_table, shown

Entry = TypeVar("Entry")
Read = tuple[tuple[Entry, ...], str]
"""The entries of a file, and its digest."""

COUNTRY_COLUMNS = ("id", "country", "source", "source_url", "date", "from", "until", "note")
GOODS_COLUMNS = (
    *("id", "hs6", "tier", "description", "controlled_from", "listed_from", "until"),
    *("verified", "source", "source_url", "note"),
)
CONTEXT_COLUMNS = ("id", "name", "aliases", "country", "type", "explains", "source", "date")
PLACE_COLUMNS = ("id", "name", "country", "function", "lat", "lon", "kind", "note", "source")
PLACE_KINDS = frozenset({"hub", "border", "crossing", "free zone", "place"})
_LOCODE = re.compile(r"[A-Z]{2}[A-Z0-9]{3}")
_FUNCTIONS = re.compile(r"[0-9B-]{8}")
_DEGREES = re.compile(r"-?[0-9]{1,3}(\.[0-9]+)?")
_HS6 = re.compile(r"[0-9]{6}")


def country_entries(path: Path, watchlist: str) -> Read[CountryEntry]:
    """The countries of a file; WatchlistError with all that is wrong with it."""
    return read_entries(path, COUNTRY_COLUMNS, lambda row: _country_entry(row, watchlist))


def goods_entries(path: Path, watchlist: str) -> Read[GoodsEntry]:
    """The goods of a file; WatchlistError with all that is wrong with it."""
    return read_entries(path, GOODS_COLUMNS, lambda row: _goods_entry(row, watchlist))


def context_entries(path: Path, watchlist: str) -> Read[ContextEntry]:
    """The explained names of a file; WatchlistError with all that is wrong with it."""
    return read_entries(path, CONTEXT_COLUMNS, lambda row: _context_entry(row, watchlist))


def place_entries(path: Path, watchlist: str) -> Read[Place]:
    """The places of a file; WatchlistError with all that is wrong with it."""
    return read_entries(path, PLACE_COLUMNS, _place)


def read_entries(path: Path, columns: tuple[str, ...], entry_of: Callable[[Row], Entry]) -> Read[Entry]:
    """The entries of a file that must have these columns; WatchlistError with all that is wrong with it."""
    table = read_table(path)
    table.faults.extend(f"line 1: there is no column {name}" for name in columns if name not in table.columns)
    table.sound()
    seen: dict[str, int] = {}
    for row in table.rows:
        first = seen.setdefault(row.required("id"), row.line)
        if first != row.line and row.text("id"):
            row.fault("id", f"{shown(row.text('id'))} stands on line {first} already")
    entries = tuple(entry_of(row) for row in table.rows)
    table.sound()
    return entries, table.digest


def _country_entry(row: Row, watchlist: str) -> CountryEntry:
    countries = row.countries("country")
    if len(row.many("country")) != 1:
        row.fault("country", "must be one country")
    return CountryEntry(
        id=row.text("id"),
        watchlist=watchlist,
        country=countries[0] if countries else "",
        source=row.required("source"),
        source_url=row.text("source_url"),
        date=row.required_day("date"),
        valid_from=row.day("from"),
        valid_until=last_day(row, "from"),
        note=row.text("note"),
    )


def _goods_entry(row: Row, watchlist: str) -> GoodsEntry:
    if not _HS6.fullmatch(row.text("hs6")):
        row.fault("hs6", f"{shown(row.text('hs6'))} is not six digits")
    return GoodsEntry(
        id=row.text("id"),
        watchlist=watchlist,
        hs6=row.text("hs6"),
        tier=row.text("tier"),
        description=row.text("description"),
        controlled_from=row.required_day("controlled_from"),
        listed_from=row.day("listed_from"),
        valid_until=last_day(row, "controlled_from"),
        verified=row.flag("verified"),
        source=row.required("source"),
        source_url=row.text("source_url"),
        note=row.text("note"),
    )


def _context_entry(row: Row, watchlist: str) -> ContextEntry:
    return ContextEntry(
        id=row.text("id"),
        watchlist=watchlist,
        name=row.required("name"),
        aliases=row.many("aliases"),
        countries=row.countries("country"),
        type=party_type(row.text("type")),
        explains=row.required("explains"),
        source=row.required("source"),
        date=row.required_day("date"),
    )


def _place(row: Row) -> Place:
    for column, form, wanted in (
        ("id", _LOCODE, "a UN/LOCODE"),
        ("function", _FUNCTIONS, "eight signs, each a digit, B or -"),
    ):
        if not form.fullmatch(row.text(column)):
            row.fault(column, f"{shown(row.text(column))} is not {wanted}")
    if row.text("kind") not in PLACE_KINDS:
        row.fault("kind", f"{shown(row.text('kind'))} is none of {', '.join(sorted(PLACE_KINDS))}")
    if row.countries("country") != (row.text("id")[:2],):
        row.fault("country", "is not that of the code")
    row.required("name")
    row.required("source")
    return Place(row.text("id"), row.text("function"), row.text("kind"), _position(row))


def _position(row: Row) -> tuple[float, float] | None:
    """Latitude and longitude, where the row gives both."""
    told = [row.text("lat"), row.text("lon")]
    if not any(told):
        return None
    if not all(map(_DEGREES.fullmatch, told)) or abs(float(told[0])) > 90 or abs(float(told[1])) > 180:
        row.fault("lat", f"{shown(' '.join(told))} is no position in degrees")
        return None
    return float(told[0]), float(told[1])


def last_day(row: Row, beginning: str) -> dt.date | None:
    """The last day of the entry, which must not be before the day in the column `beginning`."""
    first, last = row.day(beginning), row.day("until")
    if first and last and last < first:
        row.fault("until", f"{last} is before {beginning}, {first}")
    return last
