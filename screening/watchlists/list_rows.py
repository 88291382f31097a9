"""Country, goods and context files line by line: what each cell must be, and all that is wrong at once.

Apart from `lists`, which answers questions, since a new column of a file changes this module alone.
"""

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from screening.watchlists.entry import ContextEntry, CountryEntry, GoodsEntry
from screening.watchlists.sources.own_csv import party_type
from screening.watchlists.table import Row, read_table, shown

Entry = TypeVar("Entry", CountryEntry, GoodsEntry, ContextEntry)
Read = tuple[tuple[Entry, ...], str]
"""The entries of a file, and its digest."""

COUNTRY_COLUMNS = ("id", "country", "source", "source_url", "date", "from", "until", "note")
GOODS_COLUMNS = (
    *("id", "hs6", "tier", "description", "controlled_from", "listed_from", "until"),
    *("verified", "source", "source_url", "note"),
)
CONTEXT_COLUMNS = ("id", "name", "aliases", "country", "type", "explains", "source", "date")
_HS6 = re.compile(r"[0-9]{6}")


def country_entries(path: Path, watchlist: str) -> Read[CountryEntry]:
    """The countries of a file; WatchlistError with all that is wrong with it."""
    return _read(path, COUNTRY_COLUMNS, lambda row: _country_entry(row, watchlist))


def goods_entries(path: Path, watchlist: str) -> Read[GoodsEntry]:
    """The goods of a file; WatchlistError with all that is wrong with it."""
    return _read(path, GOODS_COLUMNS, lambda row: _goods_entry(row, watchlist))


def context_entries(path: Path, watchlist: str) -> Read[ContextEntry]:
    """The explained names of a file; WatchlistError with all that is wrong with it."""
    return _read(path, CONTEXT_COLUMNS, lambda row: _context_entry(row, watchlist))


def _read(path: Path, columns: tuple[str, ...], entry_of: Callable[[Row], Entry]) -> Read[Entry]:
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
        valid_until=_end(row, "from"),
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
        valid_until=_end(row, "controlled_from"),
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


def _end(row: Row, beginning: str) -> dt.date | None:
    """The last day of the entry, which must not be before the day in the column `beginning`."""
    first, last = row.day(beginning), row.day("until")
    if first and last and last < first:
        row.fault("until", f"{last} is before {beginning}, {first}")
    return last
