"""OFAC's lists in CSV: `sdn.csv`, `alt.csv` and `add.csv`, joined by the entity's number.

The non-SDN lists come the same way (`cons_prim.csv`, `cons_alt.csv`, `cons_add.csv`). The files have
no header, `-0-` is what they write for nothing, and each finds the others that stand beside it. Where
the file of names is missing, aliases and addresses are still read, as a watchlist that says so.
"""

import csv
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from screening.errors import WatchlistError
from screening.watchlists.entry import Snapshot
from screening.watchlists.opening import Opening, opened
from screening.watchlists.slug import date_in_name
from screening.watchlists.sources import ofac
from screening.watchlists.sources.gathering import Gathering
from screening.watchlists.sources.own_csv import party_type
from screening.watchlists.sources.source import Source
from screening.watchlists.table import UTF8_OR_WINDOWS, Row, Table, read_rows

FORMAT = "ofac-csv"
PARTIAL = "-partial"
"""What the watchlist of aliases and addresses without names ends in, so that it replaces no whole one."""
_COLUMNS = {
    "names": (
        *("ent_num", "name", "type", "program", "title", "call_sign", "vessel_type", "tonnage"),
        *("gross_tonnage", "vessel_flag", "vessel_owner", "remarks"),
    ),
    "aliases": ("ent_num", "alt_num", "alt_type", "name", "remarks"),
    "addresses": ("ent_num", "add_num", "address", "city", "country", "remarks"),
    "comments": ("ent_num", "remarks"),
}
_ROLE = re.compile(r"sdn|prim|alt|add|comments")
_ALIAS_TYPES = frozenset({"aka", "fka", "nka"})
_STRAYS = 0.01
"""More rows than this share of no entry, and the files are of different days."""


@dataclass(slots=True)
class _Parties:
    """The parties of a list so far, and how many rows named a party that is none of them."""

    every: list[Gathering] = field(default_factory=list)
    by_number: dict[str, Gathering] = field(default_factory=dict)
    misnumbered: list[Gathering] = field(default_factory=list)
    """The later ones of parties with one number."""
    rows: int = 0
    strays: int = 0

    def add(self, row: Row) -> Gathering:
        """A new party; of two with one number the first is the one that other files mean."""
        party = Gathering(row.text("ent_num"))
        self.every.append(party)
        if self.by_number.setdefault(party.source_id, party) is not party:
            self.misnumbered.append(party)
        return party

    def renumber(self, numbers: set[str]) -> None:
        """Give the one party with another's number the one number of other files that nobody has."""
        unknown = numbers - self.by_number.keys()
        if len(self.misnumbered) == len(unknown) == 1:
            party, number = self.misnumbered.pop(), unknown.pop()
            party.source_id = number
            self.by_number[number] = party

    def named(self, row: Row, whole: bool) -> Gathering | None:
        """The party that a row of another file is about; a new one where there is no file of names."""
        self.rows += 1
        found = self.by_number.get(row.text("ent_num"))
        if found is None and not whole:
            return self.add(row)
        self.strays += found is None
        return found


def read(path: Path, name: str) -> Snapshot:
    """The list that the file and those beside it make; WatchlistError with what is wrong with it."""
    files = parts(path)
    tables = {part: read_rows(file, _COLUMNS[part], UTF8_OR_WINDOWS) for part, file in files.items()}
    parties = _parties(tables)
    for table in tables.values():
        table.sound()
    if parties.strays > max(1, parties.rows * _STRAYS):
        what = f"{parties.strays:,} of {parties.rows:,} aliases and addresses belong to no entry in it"
        raise WatchlistError(str(path), what, "download all files of the list on one day")
    watchlist = ofac.watchlist_of(path, parties.every) + ("" if "names" in files else PARTIAL)
    return Snapshot(
        format=FORMAT,
        name=name,
        entries=tuple(ofac.entries(watchlist, parties.every)),
        date=date_in_name(path) or date_in_name(path.absolute().parent),
        digest=_digest(list(tables.values())),
        path=next(iter(files.values())),
        files=tuple(files.values()) if len(files) > 1 else (),
    )


def parts(path: Path) -> dict[str, Path]:
    """The files of the list of which this is one, by what is in them: names, aliases, addresses, comments."""
    found: dict[str, Path] = {}
    for file in sorted(path.absolute().parent.iterdir()) if _key(path) is not None else [path]:
        if file.suffix.lower() == path.suffix.lower() and _key(file) == _key(path) and file.is_file():
            part = _part(opened(file))
            if part is None or part in found:
                what = f"stands beside {path.name} and is not the other half of it"
                raise WatchlistError(str(file), what, "keep the files of one list in a folder of their own")
            found[part] = path.parent / file.name
    return {part: found[part] for part in _COLUMNS if part in found}


def _recognises(opening: Opening) -> bool:
    return _part(opening) is not None


def _named(path: Path) -> str:
    return ofac.named(path) + ("" if "names" in parts(path) else PARTIAL)


SOURCE = Source(FORMAT, True, _recognises, read, _named, lambda path: tuple(parts(path).values()))


def _part(opening: Opening) -> str | None:
    """Which file of a list it is, by its first row; None when it is none."""
    try:
        cells = [cell.strip() for cell in next(csv.reader([opening.first_line]), [])]
    except csv.Error:
        return None
    if not cells or not cells[0].isdigit():
        return None
    if len(cells) == 5 and cells[1].isdigit() and cells[2].lower() in _ALIAS_TYPES:
        return "aliases"
    if len(cells) == 6 and cells[1].isdigit():
        return "addresses"
    if len(cells) == 2 and "comments" in opening.path.name.lower():
        return "comments"
    return "names" if len(cells) == 12 else None


def _key(path: Path) -> str | None:
    """What the names of the files of one list have in common; None for a name of another kind."""
    stem, count = _ROLE.subn("", path.stem.lower())
    return stem.strip("_-. ") if count else None


def _parties(tables: Mapping[str, Table]) -> _Parties:
    parties = _Parties()
    for row in _rows(tables, "names"):
        _read_name(parties.add(row), row)
    whole = "names" in tables
    parties.renumber({row.text("ent_num") for table in tables.values() for row in table.rows})
    for row in _rows(tables, "aliases"):
        if party := parties.named(row, whole):
            party.called(row.text("name"))
    for row in _rows(tables, "addresses"):
        if party := parties.named(row, whole):
            party.at([row.text("address"), row.text("city")], row.text("country"))
    for row in _rows(tables, "comments"):
        if party := parties.named(row, whole):
            ofac.read_remarks(party, row.text("remarks"))
    return parties


def _rows(tables: Mapping[str, Table], part: str) -> Iterator[Row]:
    """The rows of that file, each with the number of an entity; a row without one is a fault."""
    for row in tables[part].rows if part in tables else ():
        if row.text("ent_num").isdigit():
            yield row
        else:
            row.fault("ent_num", "is no entity number")


def _read_name(party: Gathering, row: Row) -> None:
    party.type = party_type(row.text("type")) if row.text("type") != "-0-" else "organisation"
    party.called(row.text("name"), primary=True)
    party.under(*ofac.programmes(row.text("program")))
    party.in_country(row.text("vessel_flag"))
    party.numbered(row.text("call_sign"))
    party.because(row.text("title"), row.text("remarks"))
    ofac.read_remarks(party, row.text("remarks"))


def _digest(tables: list[Table]) -> str:
    """Of one file its own digest; of several, that of theirs in the order of their names."""
    if len(tables) == 1:
        return tables[0].digest
    ordered = sorted(tables, key=lambda table: table.path.name)
    return hashlib.sha256("".join(f"{table.digest}\n" for table in ordered).encode()).hexdigest()
