"""The UK's lists in CSV, one row a name and all rows of a party under one number.

There are three layouts: the UK Sanctions List of the Foreign Office as published, the same with
primary names only, and the consolidated list of the Treasury's OFSI, which goes by its own numbers.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from screening.errors import WatchlistError
from screening.watchlists.entry import Snapshot
from screening.watchlists.opening import Opening, opened
from screening.watchlists.slug import date_in_name
from screening.watchlists.sources.days import listed_day
from screening.watchlists.sources.gathering import Gathering, Gatherings
from screening.watchlists.sources.own_csv import party_type
from screening.watchlists.sources.source import Source
from screening.watchlists.table import UTF8_OR_WINDOWS, Row, Table, read_table

FORMAT = "uk-csv"
_TITLE = re.compile(r"\W*(?:report date|last updated)\W*[:,]?\W*(?P<day>[\w./ -]+)", re.IGNORECASE)
_ITEM = re.compile(r"\s*\|\s*|\s*\(\d{1,2}\)\s*|\s*;\s*")
_NAMES = tuple(f"name_{number}" for number in (1, 2, 3, 4, 5, 6))


@dataclass(frozen=True, slots=True)
class Layout:
    """One of the layouts: how it is known, whose list it is, and what its columns are here."""

    watchlist: str
    source: str
    authority: str
    address: str
    known_by: frozenset[str]
    columns: Mapping[str, str]


_FOREIGN_OFFICE = Layout(
    watchlist="uk",
    source="UK Sanctions List",
    authority="UK Foreign, Commonwealth and Development Office",
    address="https://www.gov.uk/government/publications/the-uk-sanctions-list",
    known_by=frozenset({"unique_id", "regime_name", "date_designated"}),
    columns={
        "unique_id": "number",
        "name_type": "kind",
        "alias_strength": "strength",
        "name_non_latin_script": "original",
        "designation_type": "type",
        "individual,_entity,_ship": "type",
        "regime_name": "regime",
        "date_designated": "day",
        "uk_statement_of_reasons": "reasons",
        "nationality(/ies)": "nationality",
        "passport_number": "passport",
        "national_identifier_number": "national",
        "business_registration_number_(s)": "business",
        "d.o.b": "birth",
        "imo_number": "imo",
        "hull_identification_number_(hin)": "hull",
        "current_believed_flag_of_ship": "flag",
        "address_postal_code": "postcode",
        "address_country": "country",
        **{f"address_line_{number}": f"street_{number}" for number in range(1, 7)},
    },
)
_TREASURY = Layout(
    watchlist="uk-ofsi",
    source="OFSI Consolidated List of Financial Sanctions Targets",
    authority="UK HM Treasury",
    address="https://www.gov.uk/government/publications/financial-sanctions-consolidated-list-of-targets",
    known_by=frozenset({"name_6", "group_type", "group_id", "regime"}),
    columns={
        "group_id": "number",
        "alias_type": "kind",
        "alias_quality": "strength",
        "name_non_latin_script": "original",
        "group_type": "type",
        "listed_on": "day",
        "passport_number": "passport",
        "passport_details": "passport_remark",
        "national_identification_number": "national",
        "ni_number": "national_remark",
        "dob": "birth",
        "post/zip_code": "postcode",
        "other_information": "reasons",
        **{f"address_{number}": f"street_{number}" for number in range(1, 7)},
    },
)
_LAYOUTS = (_FOREIGN_OFFICE, _TREASURY)
_STREET = (*(f"street_{number}" for number in range(1, 7)), "postcode")


def read(path: Path, name: str) -> Snapshot:
    """The list as a snapshot; WatchlistError with all that is wrong with it."""
    opening = opened(path)
    layout, above = _layout(opening) or (_FOREIGN_OFFICE, 0)
    table = read_table(path, layout.columns, above, ",", UTF8_OR_WINDOWS)
    parties = _parties(table)
    table.sound()
    if not table.rows:
        raise WatchlistError(str(path), "holds a header and no entry", "download the list again")
    for party in parties:
        party.source_url = layout.address
    entries = tuple(p.entry(layout.watchlist, layout.source, layout.authority) for p in parties)
    day = _day(opening) if above else None
    return Snapshot(FORMAT, name, entries, day or date_in_name(path), table.digest, path)


def _layout(opening: Opening) -> tuple[Layout, int] | None:
    """The layout of a file and how many lines stand above its header."""
    for layout in _LAYOUTS:
        if opening.columns >= layout.known_by:
            return layout, 0
        if _TITLE.match(opening.first_line) and opening.columns_below >= layout.known_by:
            return layout, 1
    return None


def _named(path: Path) -> str:
    found = _layout(opened(path))
    return found[0].watchlist if found else FORMAT


SOURCE = Source(FORMAT, True, lambda opening: _layout(opening) is not None, read, _named)


def _day(opening: Opening) -> date | None:
    found = _TITLE.match(opening.first_line)
    return listed_day(found["day"]) if found else None


def _parties(table: Table) -> Gatherings:
    parties = Gatherings()
    for row in table.rows:
        if number := row.required("number"):
            _add(parties.of(number), row)
    return parties


def _add(party: Gathering, row: Row) -> None:
    """Add what a row says; rows of one party repeat all but its name and its address."""
    kind, strength = row.text("kind").casefold(), row.text("strength").casefold()
    # `primary name variation` spells the primary name in another way.
    name = row.text("name") or " ".join(filter(None, map(row.text, _NAMES)))
    party.called(name, weak=strength.startswith("low"), primary=kind in {"", "primary name"})
    party.called_at_home(row.text("original"))
    if party.type == "unknown":
        party.type = party_type(row.text("type"))
    party.at(map(row.text, _STREET), row.text("country"), once=True)
    party.in_country(*_items(row, "nationality"), *_items(row, "flag"))
    party.numbered(
        *(number for column in ("passport", "national", "business", "hull") for number in _items(row, column))
    )
    party.numbered(*(f"IMO {number.removeprefix('IMO').strip()}" for number in _items(row, "imo")))
    party.born(*_items(row, "birth"))
    party.under(*_items(row, "regime"))
    party.listed_on = party.listed_on or listed_day(row.text("day"))
    party.because(row.text("reasons"))


def _items(row: Row, column: str) -> list[str]:
    """The parts of a cell that numbers in brackets or bars keep apart."""
    return [part for part in _ITEM.split(row.text(column)) if part.strip()]
