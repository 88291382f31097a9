"""Lists in OpenSanctions' simplified table, `targets.simple.csv`.

A cell with several values is a line of CSV of its own, parted by `;`. `first_seen` and `last_seen`
say when somebody looked at the list, and end no listing.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from screening.errors import WatchlistError
from screening.watchlists.entry import PartyEntry, Snapshot
from screening.watchlists.opening import Opening
from screening.watchlists.slug import date_in_name
from screening.watchlists.sources.days import listed_day
from screening.watchlists.sources.gathering import Gathering, said
from screening.watchlists.sources.own_csv import party_type
from screening.watchlists.sources.source import Source
from screening.watchlists.table import Row, read_table

FORMAT, WATCHLIST = "opensanctions-csv", "opensanctions"
AUTHORITY = "OpenSanctions"
_KNOWN_BY = frozenset({"id", "schema", "name", "aliases", "countries", "identifiers", "dataset", "last_seen"})
_LISTS = (
    *("aliases", "birth_date", "countries", "addresses", "identifiers", "sanctions"),
    *("program_ids", "dataset"),
)


def read(path: Path, name: str) -> Snapshot:
    """The list as a snapshot, of the day when it was last looked at; WatchlistError for a bad one."""
    table = read_table(path)
    entries = tuple(_entry(row) for row in table.rows)
    table.sound()
    if not entries:
        raise WatchlistError(str(path), "holds a header and no entry", "download the list again")
    days = (listed_day(row.text("last_seen")) for row in table.rows)
    day = max((day for day in days if day), default=None) or date_in_name(path)
    return Snapshot(FORMAT, name, entries, day, table.digest, path)


def page_of(source_id: str) -> str:
    """Where OpenSanctions shows the entry."""
    return f"https://www.opensanctions.org/entities/{source_id}/"


def _recognises(opening: Opening) -> bool:
    return opening.columns >= _KNOWN_BY


SOURCE = Source(FORMAT, True, _recognises, read, lambda path: WATCHLIST)


def _entry(row: Row) -> PartyEntry:
    row = replace(row, lists={column: tuple(_values(row.text(column))) for column in _LISTS})
    party = Gathering(row.required("id"), party_type(row.text("schema")))
    party.called(row.text("name"), primary=True)
    for alias in row.many("aliases"):
        party.called(alias)
    for address in row.many("addresses"):
        party.at([address])
    party.in_country(*row.many("countries"))
    party.numbered(*row.many("identifiers"))
    party.born(*row.many("birth_date"))
    party.under(*row.many("program_ids"))
    party.because(*row.many("sanctions"))
    party.source_url = page_of(party.source_id)
    return party.entry(WATCHLIST, "; ".join(row.many("dataset")) or "OpenSanctions", AUTHORITY)


def _values(cell: str) -> Iterator[str]:
    for values in csv.reader(io.StringIO(cell, newline=""), delimiter=";"):
        yield from said(values)
