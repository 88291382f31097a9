"""Labelled pairs of parties: are these two one? Read from CSV or from entities, judged by us and by logic-v2.

A CSV file has a name on each side (`name`/`variant`, `name1`/`name2` or `left_name`/`right_name`), a
verdict (`is_match`, `match`, `label` or `judgement`) and, where known, `schema` and `left_country`,
`left_birth_date`, `left_identifier` and the same of the right side; `;` separates several. A JSON file has
a pair a line, or a list of them: `left` and `right` as FollowTheMoney entities, and `judgement`.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from screening.names import Beside
from screening.names.births import births

_NAME_COLUMNS = (("left_name", "right_name"), ("name1", "name2"), ("name", "variant"))
_VERDICT_COLUMNS = ("is_match", "match", "label", "judgement")
_YES, _NO = {"true", "1", "yes", "match", "positive"}, {"false", "0", "no", "hard", "benign", "negative"}
_BESIDE = {"country": "country", "birth_date": "birthDate", "identifier": "idNumber"}
_NAMES = ("name", "alias", "weakAlias", "previousName")
_COUNTRIES = ("country", "jurisdiction", "nationality", "citizenship", "mainCountry", "flag")
_IDENTIFIERS = (
    "registrationNumber",
    "idNumber",
    "passportNumber",
    "taxNumber",
    "vatCode",
    "innCode",
    "ogrnCode",
    "leiCode",
    "imoNumber",
    "mmsi",
    "swiftBic",
    "dunsCode",
    "uniqueEntityId",
)


@dataclass(frozen=True, slots=True)
class Side:
    """A party as an entity: its schema, and values by property, names among them."""

    schema: str
    properties: Mapping[str, Sequence[str]]

    @property
    def names(self) -> list[str]:
        """All its names."""
        return [value for prop in _NAMES for value in self.properties.get(prop, ())] or self._put_together()

    @property
    def beside(self) -> Beside:
        """What is known of it besides its names."""
        return Beside(
            countries={value.upper() for prop in _COUNTRIES for value in self.properties.get(prop, ())},
            identifiers=[value for prop in _IDENTIFIERS for value in self.properties.get(prop, ())],
            births=births("; ".join(self.properties.get("birthDate", ()))),
        )

    def _put_together(self) -> list[str]:
        """The name that the parts of a person's name make, where no other stands there."""
        parts = [
            self.properties.get(part, ())[:1]
            for part in ("firstName", "middleName", "fatherName", "lastName")
        ]
        whole = " ".join(value for part in parts for value in part)
        return [whole] if whole else []


@dataclass(frozen=True, slots=True)
class Pair:
    """Two parties, and whether they are one."""

    left: Side
    right: Side
    matches: bool
    group: str = field(default="")


def read_pairs(file: Path) -> list[Pair]:
    """The pairs of a file that are judged. ValueError for a file of neither layout."""
    text = file.read_text(encoding="utf-8-sig")
    pairs = list(_of_entities(text) if text.lstrip()[:1] in ("{", "[") else _of_rows(text))
    if not any(pair.matches for pair in pairs):
        raise ValueError("no pair that matches; expected `is_match` or `judgement` to say so")
    return pairs if any(not pair.matches for pair in pairs) else pairs + _crossed(pairs)


def _of_rows(text: str) -> Iterator[Pair]:
    rows = csv.DictReader(text.splitlines())
    columns = set(rows.fieldnames or ())
    names = next((both for both in _NAME_COLUMNS if columns >= set(both)), None)
    verdict = next((column for column in _VERDICT_COLUMNS if column in columns), None)
    if names is None or verdict is None:
        raise ValueError(f"columns {sorted(columns)}: expected two names ({_NAME_COLUMNS}) and a verdict")
    for row in rows:
        said = row[verdict].strip().lower()
        if said in _YES | _NO:
            left, right = (
                _row_side(row, row[column], side) for column, side in zip(names, _SIDES, strict=True)
            )
            yield Pair(left, right, said in _YES, row.get("id") or row.get("case_group") or "")


_SIDES = ("left", "right")


def _row_side(row: Mapping[str, str], name: str, side: str) -> Side:
    told = {prop: row.get(f"{side}_{column}") or "" for column, prop in _BESIDE.items()}
    split = {prop: [one.strip() for one in text.split(";") if one.strip()] for prop, text in told.items()}
    return Side(row.get("schema") or "LegalEntity", {"name": [name]} | {p: v for p, v in split.items() if v})


def _of_entities(text: str) -> Iterator[Pair]:
    whole = text.lstrip()
    pairs: Iterable[Any] = json.loads(whole) if whole[0] == "[" else map(json.loads, whole.splitlines())
    for pair in pairs:
        said = str(pair["judgement"]).lower()
        if said in _YES | _NO:
            left, right = (Side(pair[side]["schema"], pair[side]["properties"]) for side in _SIDES)
            yield Pair(left, right, said in _YES)


def _crossed(pairs: Sequence[Pair]) -> list[Pair]:
    """Pairs that do not match, for a file that has none: left sides with right ones of other groups."""
    return [
        Pair(one.left, other.right, False, one.group)
        for one in pairs
        for other in pairs
        if one.group != other.group and not set(one.left.names) & set(other.left.names)
    ]
