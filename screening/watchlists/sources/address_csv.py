"""Lists of addresses that are listed themselves, whoever stands behind them: a CSV file without names.

The US Bureau of Industry and Security lists such addresses since June 2024: so many of its parties used them
that anybody there is a risk.
"""

from pathlib import Path

from screening.errors import WatchlistError
from screening.watchlists.entry import PartyEntry, Snapshot
from screening.watchlists.opening import Opening
from screening.watchlists.slug import date_in_name, list_name
from screening.watchlists.sources.source import Source
from screening.watchlists.table import Row, read_table, shown

FORMAT = "address-csv"
_KNOWN_BY = frozenset({"id", "address", "source", "listed_on"})


def read(path: Path, name: str) -> Snapshot:
    """The list as a snapshot whose watchlist is `name`; WatchlistError with all that is wrong with it."""
    table = read_table(path)
    seen: dict[str, int] = {}
    for row in table.rows:
        first = seen.setdefault(row.required("id"), row.line)
        if first != row.line and row.text("id"):
            row.fault("id", f"{shown(row.text('id'))} stands on line {first} already")
    entries = tuple(_entry(row, name) for row in table.rows)
    table.sound()
    if not entries:
        raise WatchlistError(str(path), "holds a header and no entry", "add a line for each address")
    return Snapshot(FORMAT, name, entries, date_in_name(path), table.digest, path)


def _recognises(opening: Opening) -> bool:
    return opening.columns >= _KNOWN_BY and "name" not in opening.columns


SOURCE = Source(FORMAT, False, _recognises, read, list_name)


def _entry(row: Row, watchlist: str) -> PartyEntry:
    listed_on, ended_on = row.day("listed_on"), row.day("ended_on")
    if listed_on and ended_on and ended_on < listed_on:
        row.fault("ended_on", f"{ended_on} is before listed_on, {listed_on}")
    # An address has commas and may have a semicolon: the cell is one address.
    return PartyEntry(
        id=f"{watchlist}:{row.text('id')}",
        source_id=row.text("id"),
        watchlist=watchlist,
        name="",
        source=row.required("source"),
        type="address",
        countries=row.countries("country"),
        addresses=(row.required("address"),),
        authority=row.text("authority"),
        source_url=row.text("source_url"),
        listed_on=listed_on,
        ended_on=ended_on,
        reason=row.text("reason"),
        verified=row.flag("verified"),
    )
