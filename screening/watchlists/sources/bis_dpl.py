"""The Denied Persons List of the Bureau of Industry and Security, tab-separated text (`dpl.txt`)."""

from pathlib import Path

from screening.errors import WatchlistError
from screening.watchlists.entry import PartyEntry, Snapshot
from screening.watchlists.opening import Opening
from screening.watchlists.slug import date_in_name, stable_ids
from screening.watchlists.sources.days import listed_day
from screening.watchlists.sources.gathering import Gathering
from screening.watchlists.sources.source import Source
from screening.watchlists.table import UTF8_OR_WINDOWS, Row, Table, read_table

FORMAT = WATCHLIST = "bis-dpl"
_SOURCE = "Denied Persons List (DPL) - Bureau of Industry and Security"
_AUTHORITY = "US Department of Commerce"
_ADDRESS = "https://www.bis.gov/licensing/end-user-guidance/denied-persons-list-dpl"
_KNOWN_BY = frozenset({"name", "street_address", "effective_date", "expiration_date", "standard_order"})
_STREET = ("street_address", "city", "state", "postal_code")
_CONTENT = ("name", "effective_date", "street_address", "city", "expiration_date", "fr_citation", "action")


def read(path: Path, name: str) -> Snapshot:
    """The list as a snapshot; WatchlistError with all that is wrong with it."""
    table = read_table(path, encodings=UTF8_OR_WINDOWS)
    ids = _source_ids(table)
    entries = tuple(_entry(row, ids[row.line]) for row in table.rows)
    table.sound()
    if not entries:
        raise WatchlistError(str(path), "holds a header and no entry", "download the list again")
    days = (listed_day(row.text("last_update"), month_first=True) for row in table.rows)
    day = date_in_name(path) or max((day for day in days if day), default=None)
    return Snapshot(FORMAT, name, entries, day, table.digest, path)


def _recognises(opening: Opening) -> bool:
    return opening.columns >= _KNOWN_BY


SOURCE = Source(FORMAT, True, _recognises, read, lambda path: WATCHLIST)


def _source_ids(table: Table) -> dict[int, str]:
    """An id for each row by its line: the list gives no numbers, so its name and order stand in."""
    rows = sorted(table.rows, key=lambda row: tuple(map(row.text, _CONTENT)))
    made = stable_ids(f"{row.text('name')} {row.text('effective_date')}" for row in rows)
    return {row.line: source_id for row, source_id in zip(rows, made, strict=True)}


def _entry(row: Row, source_id: str) -> PartyEntry:
    party = Gathering(source_id)
    party.called(row.required("name"), primary=True)
    party.at(map(row.text, _STREET), row.text("country"))
    party.listed_on = listed_day(row.text("effective_date"), month_first=True)
    # A denial without a day of expiry is for good.
    party.ended_on = listed_day(row.text("expiration_date"), month_first=True)
    party.because(row.text("action"), row.text("fr_citation"))
    party.source_url = _ADDRESS
    return party.entry(WATCHLIST, _SOURCE, _AUTHORITY)
