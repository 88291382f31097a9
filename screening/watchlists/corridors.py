"""What statistics say of lanes, as a watchlist: a gap, a surge or a score from a day on, with its source.

A lane is no finding. Rules take these figures as one fact among others.
"""

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path

from screening.places.countries import country_code
from screening.watchlists.list_rows import Read, last_day, read_entries
from screening.watchlists.table import Row, shown

MEASURES = ("gap", "surge", "score")
UNION = "EU27"
"""An origin that stands for every member of the European Union."""
ALL_GOODS, HIGH_PRIORITY = "total", "chpl"
COLUMNS = (
    *("id", "origin", "destination", "goods", "measure", "value", "from", "until", "basis"),
    *("source", "source_url", "date", "note"),
)
_GOODS = re.compile(r"[0-9]{2}|[0-9]{4}|[0-9]{6}")
_NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")


@dataclass(frozen=True, slots=True)
class CorridorEntry:
    """One figure of one lane, for as long as it stands."""

    id: str
    watchlist: str
    origin: str
    destination: str
    goods: str
    """`total`, `chpl`, or a code of two, four or six digits."""
    measure: str
    value: float
    valid_from: dt.date
    valid_until: dt.date | None
    basis: str
    """Whether it is `published` or `computed` by us."""
    source: str
    date: dt.date
    note: str = ""

    def on(self, day: dt.date | None) -> bool:
        """True when it stands on `day`; without a day, when it has not ended."""
        if day is None:
            return self.valid_until is None
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


def corridor_entries(path: Path, watchlist: str) -> Read[CorridorEntry]:
    """The entries of a file; WatchlistError with all that is wrong with it."""
    return read_entries(path, COLUMNS, lambda row: _entry(row, watchlist))


def _entry(row: Row, watchlist: str) -> CorridorEntry:
    goods, value = row.text("goods").lower(), row.text("value")
    if goods not in (ALL_GOODS, HIGH_PRIORITY) and not _GOODS.fullmatch(goods):
        row.fault("goods", f"{shown(goods)} is neither total, chpl nor a code of 2, 4 or 6 digits")
    if row.text("measure") not in MEASURES:
        row.fault("measure", f"{shown(row.text('measure'))} is none of {', '.join(MEASURES)}")
    if row.text("basis") not in ("published", "computed"):
        row.fault("basis", f"{shown(row.text('basis'))} is neither published nor computed")
    if not _NUMBER.fullmatch(value):
        row.fault("value", f"{shown(value)} is no plain number")
    return CorridorEntry(
        id=row.text("id"),
        watchlist=watchlist,
        origin=_country(row, "origin"),
        destination=_country(row, "destination"),
        goods=goods,
        measure=row.text("measure"),
        value=float(value) if _NUMBER.fullmatch(value) else 0.0,
        valid_from=row.required_day("from"),
        valid_until=last_day(row, "from"),
        basis=row.text("basis"),
        source=row.required("source"),
        date=row.required_day("date"),
        note=row.text("note"),
    )


def _country(row: Row, column: str) -> str:
    text = row.required(column)
    if column == "origin" and text == UNION:
        return UNION
    code = country_code(text)
    if text and code is None:
        row.fault(column, f"{shown(text)} is no country")
    return code or ""
