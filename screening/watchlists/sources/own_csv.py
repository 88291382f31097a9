"""Anybody's own list: a CSV file with a column `name`, and whatever else is known of each party.

A bundled list has the same layout, so what we ship is an example of what a site can bring.
"""

import csv
import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from screening.errors import WatchlistError
from screening.watchlists.entry import PartyEntry, PartyType, Snapshot
from screening.watchlists.opening import Opening
from screening.watchlists.slug import date_in_name, list_name, stable_ids
from screening.watchlists.sources.own_mapping import ListMapping, mapping_beside, read_mapping
from screening.watchlists.sources.source import Source
from screening.watchlists.table import Row, Table, read_table, shown

FORMAT = "own-csv"
_WORDS = Path(__file__).parent / "own_csv_words.csv"


def read(path: Path, name: str, mapping: ListMapping | None = None) -> Snapshot:
    """The list as a snapshot whose watchlist is `name`; WatchlistError with all that is wrong with it.

    The mapping is the one given, or else the one that stands beside the list.
    """
    beside = mapping_beside(path) if mapping is None else None
    mapping = read_mapping(beside) if beside else mapping or ListMapping()
    synonyms = column_synonyms() | mapping.synonyms
    table = read_table(path, synonyms, separator=mapping.separator, encodings=(mapping.encoding,))
    if "name" not in table.columns:
        raise WatchlistError(str(path), "has no column that is mapped to `name`", "map one to it")
    ids = list(_source_ids(table))
    rows = zip(_used_up(table.rows), ids, strict=True)
    entries = tuple(_entry(mapping.applied(row), name, source_id, path) for row, source_id in rows)
    table.sound()
    files = (path, beside) if beside else ()
    digest = _digest(table.digest, beside)
    return Snapshot(FORMAT, name, entries, date_in_name(path), digest, path, files=files)


def party_type(text: str) -> PartyType:
    """The type that a word of a list stands for; `unknown`, which fits every party, for other words."""
    return _types().get(text.strip().casefold(), "unknown")


def column_synonyms() -> dict[str, str]:
    """The columns of the layout by the other names that lists give them."""
    return {word: means for means, word in _words("column")}


def _recognises(opening: Opening) -> bool:
    named = "name" in {column_synonyms().get(column, column) for column in opening.columns}
    return named or mapping_beside(opening.path) is not None


def _files(path: Path) -> tuple[Path, ...]:
    beside = mapping_beside(path)
    return (path, beside) if beside else (path,)


def _digest(digest: str, mapping: Path | None) -> str:
    if mapping is None:
        return digest
    return hashlib.sha256(
        f"{digest}\n{hashlib.sha256(mapping.read_bytes()).hexdigest()}\n".encode()
    ).hexdigest()


SOURCE = Source(FORMAT, False, _recognises, read, list_name, _files)


def _used_up(rows: list[Row]) -> Iterator[Row]:
    """The rows in order, each let go once it is read: all of them are as large as their entries."""
    rows.reverse()
    while rows:
        yield rows.pop()


def _source_ids(table: Table) -> Iterator[str]:
    """Each row's own id, or one that its name gives; an id that stands twice is a fault."""
    made = stable_ids(row.text("name") for row in table.rows if not row.text("id"))
    seen: dict[str, int] = {}
    for row in table.rows:
        source_id = row.text("id") or next(made)
        first = seen.setdefault(source_id, row.line)
        if first != row.line:
            row.fault("id", f"{shown(source_id)} stands on line {first} already")
        yield source_id


def _entry(row: Row, watchlist: str, source_id: str, path: Path) -> PartyEntry:
    listed_on, ended_on = row.day("listed_on"), row.day("ended_on")
    if listed_on and ended_on and ended_on < listed_on:
        row.fault("ended_on", f"{ended_on} is before listed_on, {listed_on}")
    return PartyEntry(
        id=f"{watchlist}:{source_id}",
        source_id=source_id,
        watchlist=watchlist,
        name=row.required("name"),
        source=row.text("source") or path.name,
        type=party_type(row.text("type")),
        aliases=row.many("aliases"),
        weak_aliases=row.many("weak_aliases"),
        original_names=row.many("original_names"),
        countries=row.countries("country"),
        addresses=row.many("address"),
        identifiers=row.many("identifiers"),
        birth_dates=row.many("birth_dates"),
        programmes=row.many("programmes"),
        authority=row.text("authority"),
        source_url=row.text("source_url"),
        listed_on=listed_on,
        ended_on=ended_on,
        reason=row.text("reason"),
        verified=row.flag("verified"),
    )


@cache
def _types() -> dict[str, PartyType]:
    named: dict[str, PartyType] = {
        "organisation": "organisation",
        "person": "person",
        "vessel": "vessel",
        "aircraft": "aircraft",
        "address": "address",
    }
    return {**named, **{word: named[means] for means, word in _words("type") if means in named}}


@cache
def _words(what: str) -> tuple[tuple[str, str], ...]:
    with _WORDS.open(encoding="utf-8", newline="") as file:
        return tuple(_matching(csv.DictReader(file), what))


def _matching(rows: Iterable[dict[str, str]], what: str) -> Iterator[tuple[str, str]]:
    return ((row["means"], row["word"]) for row in rows if row["of"] == what)
