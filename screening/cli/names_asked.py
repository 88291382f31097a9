"""The names that `screening party` is asked about: from its arguments, or from a file with many."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from screening.cli.printing import counted
from screening.errors import InputError, UsageError
from screening.names.births import births
from screening.places.countries import country_code
from screening.watchlists.sources.own_csv import column_synonyms, party_type
from screening.watchlists.table import read_table, shown

TYPES = ("organisation", "person", "vessel", "aircraft")


@dataclass(frozen=True, slots=True)
class NameAsked:
    """A name and what is known beside it; in a file `row` 1 is the first record."""

    row: int
    name: str
    country: str | None = None
    type: str | None = None
    address: str | None = None
    birth_date: str | None = None
    line: int | None = None


def asked_in_arguments(
    names: Sequence[str],
    country: str | None,
    type: str | None,
    address: str | None = None,
    birth_date: str | None = None,
) -> list[NameAsked]:
    """The names as typed; UsageError for one that says nothing, and for what stands beside and is nothing."""
    for name in names:
        if not _says_something(name):
            raise UsageError(f"{shown(name)}: is no name; write the name of a firm, a person or a vessel")
    if country is not None and country_code(country) is None:
        raise UsageError(
            f"--country {shown(country)}: is no country that we know; write its code, such as KZ"
        )
    if type is not None and party_type(type) == "unknown":
        raise UsageError(f"--type {shown(type)}: is no type of party; one of {', '.join(TYPES)}")
    if birth_date is not None and not births(birth_date):
        raise UsageError(f"--birth-date {shown(birth_date)}: is no date; write 1962-03-12 or 1962")
    kind = party_type(type) if type else None
    beside = (country, kind, address, birth_date)
    return [NameAsked(row, name, *beside) for row, name in enumerate(names, start=1)]


def asked_in_file(path: str) -> list[NameAsked]:
    """The names of a CSV file with a column `name`; InputError or WatchlistError when it is none."""
    table = read_table(Path(path), column_synonyms())
    if "name" not in table.columns:
        raise InputError(path, "its first line has no column `name`", "name the column of names so")
    table.sound()
    return [
        NameAsked(
            row=number,
            name=row.text("name"),
            country=row.text("country") or None,
            type=party_type(row.text("type")) if row.text("type") else None,
            address=row.text("address") or None,
            birth_date=row.text("birth_dates") or None,
            line=row.line,
        )
        for number, row in enumerate(table.rows, start=1)
    ]


def doubts(asked: Sequence[NameAsked]) -> list[str]:
    """What could not be used of a file: rows without a name, and countries, types and dates that are none."""
    nameless = [f"line {a.line}" for a in asked if not _says_something(a.name)]
    countries = [
        f"line {a.line} {shown(a.country)}" for a in asked if a.country and not country_code(a.country)
    ]
    types = [f"line {a.line}" for a in asked if a.type == "unknown"]
    dates = [
        f"line {a.line} {shown(a.birth_date)}" for a in asked if a.birth_date and not births(a.birth_date)
    ]
    told = (
        ("without a name, and so not looked up", nameless),
        ("with a country that is none that we know; looked up by name alone", countries),
        (f"with a type that is none of {', '.join(TYPES)}; looked up as any", types),
        ("with a birth date that is none; looked up without", dates),
    )
    return [f"{counted(len(found), 'row')} {what}: {_first(found)}" for what, found in told if found]


def _says_something(name: str) -> bool:
    return any(map(str.isalnum, name))


def _first(found: list[str]) -> str:
    return ", ".join(found[:3]) + (" ..." if len(found) > 3 else "")
