"""Listed parties as the bundled watchlists name them: what a planted shipment may be addressed to."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

_FIRMS = Path(__file__).parents[2] / "watchlists" / "firms" / "listed_for_diversion.csv"
_ADDRESSES = Path(__file__).parents[2] / "watchlists" / "addresses" / "bis_listed_addresses.csv"


@dataclass(frozen=True, slots=True)
class ListedFirm:
    """A listed firm: its names, where it stands, and since when it is listed."""

    names: tuple[str, ...]
    country: str
    addresses: tuple[str, ...]
    listed_on: date


@cache
def listed_firms() -> tuple[ListedFirm, ...]:
    """The firms of the bundled list that are listed and in force."""
    return tuple(_firms())


@cache
def listed_addresses() -> tuple[tuple[str, date], ...]:
    """The addresses that are listed themselves, with their day."""
    return tuple((r["address"], date.fromisoformat(r["listed_on"])) for r in _rows(_ADDRESSES))


def _firms() -> Iterator[ListedFirm]:
    for row in _rows(_FIRMS):
        if row["listed_on"] and not row["ended_on"] and row["type"] == "organisation":
            names = (row["name"], *(n for n in row["aliases"].split(";") if n))
            yield ListedFirm(
                names,
                row["country"].split(";")[0],
                tuple(a for a in row["address"].split(";") if a),
                date.fromisoformat(row["listed_on"]),
            )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
