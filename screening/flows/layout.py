"""What a layout of statistics is: the headers by which a file is known, and what its columns mean.

Every office has its own headers and changes them every few years; `headers.csv` has them, so that a new one
is a line. A layout that has a column a year, or a column a flow, also says how it becomes rows.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

from screening.phrases import rows

COLUMNS = (
    *("period", "year", "month", "reporter", "partner", "flow", "code", "revision", "value", "currency"),
    *("weight_kg", "mode", "second_partner", "procedure", "indicator", "extracted_on", "source"),
)
"""What a column of a statistics file may say."""
_HERE = Path(__file__).parent
_NO_SIGN = re.compile(r"[^a-z0-9]+")

Shape = Callable[[pl.LazyFrame], pl.LazyFrame]
"""Makes rows of our columns, still as text, of a table that has another shape."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How one office writes its statistics."""

    name: str
    needs: tuple[frozenset[str], ...]
    """Folded headers: a file is of this layout when it has one header of each of these groups."""
    currency: str | None = None
    constants: Mapping[str, str] | None = None
    """What is meant where the file has no such column."""
    shape: Shape | None = None

    def recognises(self, headers: list[str]) -> bool:
        """True when the headers are those of this layout."""
        told = {folded(header) for header in headers}
        return all(not group.isdisjoint(told) for group in self.needs)

    def columns(self, headers: list[str]) -> dict[str, list[str]]:
        """The file's own headers for each of our columns, the best first."""
        by_fold: dict[str, list[str]] = {}
        for header in headers:
            by_fold.setdefault(folded(header), []).append(header)
        found = {
            column: [header for fold in folds for header in by_fold.get(fold, ())]
            for column, folds in _headers()[self.name].items()
        }
        return {column: headers for column, headers in found.items() if headers}


def folded(header: str) -> str:
    """The header in small letters and digits alone."""
    return _NO_SIGN.sub("", header.lower())


@cache
def _headers() -> dict[str, dict[str, list[str]]]:
    """The folded headers of each column by layout, in their order; every layout may have year and month."""
    found: dict[str, dict[str, list[str]]] = {}
    for line in rows(_HERE / "headers.csv"):
        columns = found.setdefault(
            line["layout"], {"year": ["year", "refyear"], "month": ["month", "refmonth"]}
        )
        columns.setdefault(line["column"], []).append(line["header"])
    return found
