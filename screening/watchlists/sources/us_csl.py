"""The US Consolidated Screening List: the lists of Commerce, State and Treasury in one CSV file.

Two layouts are in use, the one that the International Trade Administration publishes (29 columns)
and a reduced one with a `countries` column; both are read by the names of their columns. Each list
in it becomes a watchlist of its own (`csl-sdn`, `csl-el`, ...), since its numbers are unique only there.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from screening.errors import WatchlistError
from screening.places.countries import country_code
from screening.watchlists.entry import PartyEntry, Snapshot
from screening.watchlists.opening import Opening
from screening.watchlists.slug import date_in_name, slug, stable_ids
from screening.watchlists.sources.days import listed_day
from screening.watchlists.sources.numbers import stands_for_an_identifier
from screening.watchlists.sources.own_csv import party_type
from screening.watchlists.sources.source import Source
from screening.watchlists.table import Row, Table, read_table

FORMAT = "us-csl"
_COLUMNS = {"source", "entity_number", "type", "name", "alt_names", "programs", "source_list_url"}
_ABBREVIATION = re.compile(r"\((?:NS-)?([A-Z]{2,})(?: List)?\)")
# The State Department and BIS write into the name whom else the listing covers, and of what country one is.
_LEGAL_TAIL = re.compile(r";? and any successor.*$|\s+\([\w ]+ (?:entity|national|individual)\)(?=;|$)")
_JOINED = re.compile(r"^and (?=\S)")
# BIS lists addresses too, and calls them by numbers.
_ADDRESS_ONLY = re.compile(r"Address[ -]?\d+", re.IGNORECASE)
_PLACE = re.compile(r"^REGION: ")


def read(path: Path, name: str) -> Snapshot:
    """The whole list as a snapshot; WatchlistError with all that is wrong with it."""
    return snapshot_of(read_table(path), FORMAT, name)


def snapshot_of(table: Table, form: str, name: str) -> Snapshot:
    """The entries of a table with the columns of the published file; WatchlistError for a bad one."""
    path = table.path
    if not table.rows and not table.faults:
        raise WatchlistError(str(path), "holds a header and no entry", "download the list again")
    ids = _source_ids(table)
    entries = tuple(_entry(row, ids[row.line]) for row in table.rows)
    table.sound()
    return Snapshot(form, name, entries, date_in_name(path), table.digest, path)


def watchlist_of(source: str) -> str:
    """The watchlist of a list's name: `csl-` and its abbreviation, or its name where it has none."""
    found = _ABBREVIATION.search(source)
    return f"csl-{slug(found[1] if found else source.partition(' - ')[0])}"


def _recognises(opening: Opening) -> bool:
    return opening.columns >= _COLUMNS


SOURCE = Source(FORMAT, True, _recognises, read, lambda path: FORMAT)


def _source_ids(table: Table) -> dict[int, str]:
    """The list's number of each row by its line; Commerce and State give none, and its name stands in.

    Equal names are told apart in the order of their content, so the order of the file is free.
    """
    unnumbered = sorted((row for row in table.rows if not row.text("entity_number")), key=_content)
    made = stable_ids(f"{watchlist_of(row.text('source'))} {_name(row.text('name'))}" for row in unnumbered)
    ids = {row.line: row.text("entity_number") for row in table.rows}
    return ids | {row.line: source_id for row, source_id in zip(unnumbered, made, strict=True)}


def _content(row: Row) -> tuple[str, ...]:
    columns = ("federal_register_notice", "addresses", "countries", "alt_names", "start_date")
    return tuple(row.text(column) for column in columns)


def _entry(row: Row, source_id: str) -> PartyEntry:
    source = row.required("source")
    watchlist = watchlist_of(source)
    return PartyEntry(
        id=f"{watchlist}:{source_id}",
        source_id=source_id,
        watchlist=watchlist,
        name=_name(row.required("name")),
        source=source,
        type="address" if _ADDRESS_ONLY.fullmatch(row.text("name")) else party_type(row.text("type")),
        aliases=tuple(_JOINED.sub("", alias) for alias in row.many("alt_names")),
        countries=tuple(dict.fromkeys(_countries(row))),
        addresses=_addresses(row),
        identifiers=tuple(dict.fromkeys(_identifiers(row))),
        birth_dates=row.many("dates_of_birth"),
        programmes=row.many("programs"),
        authority=source.partition(" - ")[2],
        source_url=row.text("source_list_url"),
        listed_on=listed_day(row.text("start_date"), month_first=True),
        ended_on=listed_day(row.text("end_date"), month_first=True),
        reason="; ".join(filter(None, map(row.text, ("remarks", "federal_register_notice")))),
    )


def _name(written: str) -> str:
    return _LEGAL_TAIL.sub("", written).strip()


def _addresses(row: Row) -> tuple[str, ...]:
    return tuple(_JOINED.sub("", address) for address in row.many("addresses"))


def _countries(row: Row) -> Iterator[str]:
    """The countries of the entry: stated, of its papers, its flag, and the last part of each address."""
    stated = ("countries", "citizenships", "nationalities", "vessel_flag")
    texts = [text for column in stated for text in row.many(column)]
    texts += [address.rpartition(",")[2].strip() for address in row.many("addresses")]
    # The official file also names regions, which are no countries; they say nothing here.
    return filter(None, (country_code(_PLACE.sub("", text)) for text in texts))


def _identifiers(row: Row) -> Iterator[str]:
    """The numbers among `kind, number, country` parts; remarks in the same shape are left out."""
    for part in row.many("ids"):
        kind, _, rest = part.partition(",")
        number = rest.rpartition(",")[0] or rest
        if stands_for_an_identifier(kind, number.strip()):
            yield number.strip()
