"""Which column of the contract a header means.

Exporters, forwarders and customs systems name the same thing differently; `synonyms.csv` knows the
usual names and `units.csv` the notes in brackets. A note that is not known there (`Net Weight (lb)`)
leaves the column unknown: a misread unit is worse than a missing one.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from screening.errors import InputError
from screening.io.mapping import ColumnMapping
from screening.shipment import COLUMNS

_NOTE = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")


@dataclass(frozen=True, slots=True)
class Headings:
    """The columns of one file: their names in order, and the columns that hold one value throughout."""

    names: tuple[str, ...]
    constants: dict[str, str] = field(default_factory=dict)

    @property
    def present(self) -> frozenset[str]:
        """The contract's columns that the file has."""
        return frozenset(self.names).union(self.constants) & COLUMNS.keys()


@dataclass(frozen=True, slots=True)
class _Meaning:
    column: str | None
    constant: tuple[str, str] | None = None
    """A column and its value that the note in brackets states: `Value (USD)`."""


_UNKNOWN = _Meaning(None)


def normal_header(header: str) -> str:
    """The header in small letters and digits only, without accents: what two spellings share."""
    letters = unicodedata.normalize("NFKD", header.casefold().replace("ı", "i"))
    folded = unicodedata.normalize("NFKD", letters.casefold())
    return "".join(letter for letter in folded if letter.isalnum())


def column_meant(header: str) -> str | None:
    """The column of the contract that a header means, or None."""
    return _meaning(header).column


def resolve_headers(headers: Sequence[str], mapping: ColumnMapping | None, where: str) -> Headings:
    """The headings of a file whose header cells these are.

    Raises InputError when two headers mean one column, or none means any.
    """
    mapping = mapping or ColumnMapping()
    meanings = _agreed([_mapped(header, mapping) for header in headers])
    claimed = {m.column for header, m in zip(headers, meanings, strict=True) if mapping.names(header)}
    names = []
    for at, (header, meaning) in enumerate(zip(headers, meanings, strict=True)):
        decided = mapping.names(header) or meaning.column not in claimed
        names.append((meaning.column if decided else None) or header.strip() or f"column {at + 1}")
    _refuse_twins(names, headers, where)
    constants = {**_stated(meanings, names), **mapping.constants}
    _refuse_constant_twins(mapping, names, where)
    headings = Headings(tuple(names), {k: v for k, v in constants.items() if k not in names})
    if not headings.present - mapping.constants.keys():
        raise InputError(where, f"no column that we know among {_shown(headers)}", _NAME_ONE)
    return headings


_NAME_ONE = "name the columns as in the documentation (exporter_name, hs_code, ...), or give a mapping file"


def _agreed(meanings: Sequence[_Meaning]) -> list[_Meaning]:
    """Without `Value (USD)` where the file has a currency column: the two may contradict each other."""
    columns = {meaning.column for meaning in meanings}
    return [
        _UNKNOWN if meaning.constant and meaning.constant[0] in columns else meaning for meaning in meanings
    ]


def _mapped(header: str, mapping: ColumnMapping) -> _Meaning:
    return _Meaning(mapping.column_of(header)) if mapping.names(header) else _meaning(header)


def _meaning(header: str) -> _Meaning:
    whole = _known(normal_header(header))
    if whole is not None:
        return _Meaning(whole)
    notes = _NOTE.findall(header)
    column = _known(normal_header(_NOTE.sub(" ", header)))
    if len(notes) != 1 or column is None:
        return _UNKNOWN
    return _noted(column, normal_header(notes[0]))


def _noted(column: str, note: str) -> _Meaning:
    known = _notes().get((note, column)) or _notes().get((note, COLUMNS[column].kind.value))
    if known is None:
        return _UNKNOWN
    return _Meaning(column, (known[0], known[1]) if known[0] else None)


def _stated(meanings: Sequence[_Meaning], names: Sequence[str]) -> dict[str, str]:
    return dict(
        meaning.constant
        for meaning, name in zip(meanings, names, strict=True)
        if meaning.constant and name == meaning.column
    )


def _refuse_twins(names: Sequence[str], headers: Sequence[str], where: str) -> None:
    first: dict[str, int] = {}
    for at, name in enumerate(names):
        if name in first:
            raise InputError(where, _twins(first[name], at, headers, name), _TWIN_REMEDY)
        first[name] = at


_TWIN_REMEDY = "rename or remove one, or say in a mapping file which one counts"


def _twins(one: int, other: int, headers: Sequence[str], name: str) -> str:
    places = f"columns {one + 1} and {other + 1}"
    if headers[one].strip() == headers[other].strip():
        return f'{places} both have the header "{headers[one].strip()}"'
    return f'"{headers[one].strip()}" and "{headers[other].strip()}" ({places}) both mean {name}'


def _refuse_constant_twins(mapping: ColumnMapping, names: Sequence[str], where: str) -> None:
    for column in mapping.constants:
        if column in names:
            raise InputError(
                where,
                f"{column} is a constant of the mapping file and a column of this file",
                "remove one of them",
            )


def _shown(headers: Sequence[str]) -> str:
    quoted = ", ".join(f'"{header.strip()[:40]}"' for header in headers[:5])
    return quoted + (f" and {len(headers) - 5} more" if len(headers) > 5 else "")


def _known(normal: str) -> str | None:
    """The column that a header in its normal form means by itself, or by the words for a role in it."""
    return _own().get(normal) or next(_of_roles(normal), None)


def _of_roles(normal: str) -> Iterator[str]:
    """`Shipper Address` and its kind: the words for a role within those for what is said of it.

    Told from the header: written out, they are thirty thousand.
    """
    for before, after, attribute in _forms():
        if normal.startswith(before) and normal.endswith(after):
            role = _roles().get(normal[len(before) : len(normal) - len(after)])
            if role and f"{role}_{attribute}" in COLUMNS:
                yield f"{role}_{attribute}"


@cache
def _own() -> dict[str, str]:
    stated = _stated_synonyms() | {name: name for name in COLUMNS}
    return {normal_header(words): column for words, column in stated.items()}


@cache
def _roles() -> dict[str, str]:
    return {
        normal_header(words): column.removesuffix("_name")
        for words, column in _stated_synonyms().items()
        if column.endswith("_name")
    }


@cache
def _forms() -> list[tuple[str, str, str]]:
    """What stands before and after the words for a role, and the attribute; the last row counts most."""
    parts = ((row["form"].partition("{}"), row["attribute"]) for row in _table("attributes.csv"))
    told = [(normal_header(form[0]), normal_header(form[2]), attribute) for form, attribute in parts]
    return told[::-1]


@cache
def _stated_synonyms() -> dict[str, str]:
    return {row["synonym"]: row["column"] for row in _table("synonyms.csv")}


@cache
def _notes() -> dict[tuple[str, str], tuple[str, str]]:
    return {
        (normal_header(row["note"]), row["applies_to"]): (row["states"], row["value"])
        for row in _table("units.csv")
    }


def _table(name: str) -> list[dict[str, str]]:
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
