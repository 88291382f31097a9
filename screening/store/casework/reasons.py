"""The reasons that a decision may give: a list, so that they can be counted, each with where it is from."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast, get_args

from screening.errors import InputError
from screening.store.casework.moves import WITH_REASON, Action

Judges = Literal["right", "wrong", "neither"]

_BUNDLED = Path(__file__).with_name("reasons.csv")
_COLUMNS = ["reason", "action", "judges", "says", "source"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody decided as they did."""

    reason: str
    action: Action
    judges: Judges
    """What it says of the rules that fired: they were right, they were wrong, or neither."""
    says: str
    source: str


def read_reasons(path: Path | None = None) -> Mapping[str, Reason]:
    """The reasons of a CSV file, or the bundled ones, by their names. Raises InputError with the line."""
    return _bundled() if path is None else _read(path)


@cache
def _bundled() -> Mapping[str, Reason]:
    return _read(_BUNDLED)


def _read(path: Path) -> Mapping[str, Reason]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = csv.DictReader(stream)
            if rows.fieldnames != _COLUMNS:
                raise InputError(
                    f"{path}:1", "is no list of reasons", f"its columns are {','.join(_COLUMNS)}"
                )
            found = [_reason(f"{path}:{rows.line_num}", row) for row in rows]
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), f"can't be read ({error})", "name a CSV file of reasons") from error
    return {reason.reason: reason for reason in found}


def _reason(where: str, row: Mapping[str, str]) -> Reason:
    for column, known in (("action", WITH_REASON), ("judges", get_args(Judges))):
        if row[column] not in known:
            raise InputError(
                where, f"{column} is {row[column]!r}", f"write one of {', '.join(sorted(known))}"
            )
    action, judges = cast(Action, row["action"]), cast(Judges, row["judges"])
    return Reason(row["reason"], action, judges, row["says"], row["source"])
