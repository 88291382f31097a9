"""When somebody was born, as exactly as a list knows it: a day, a month, a year, about a year, between two.

Lists write a birth date in a dozen ways, and half of them know a year at most. Nothing is made more
exact than it was written; a text that names no year is no date.
"""

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

_ABOUT_YEARS = 2
"""How far `circa 1962` may be out."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = r"(?P<year>1[89]\d\d|20\d\d)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?:[T ].*)?",
        rf"(?P<day>\d\d?)[./-](?P<month>\d\d?)[./-]{_YEAR}",
        rf"(?P<day>\d\d?)[ .-]+(?P<name>[a-z]{{3,9}})\.?[ ,.-]*{_YEAR}",
        rf"(?P<name>[a-z]{{3,9}})\.? (?P<day>\d\d?),? {_YEAR}",
        rf"{_YEAR}-(?P<month>\d\d)",
        rf"(?:0?0|dd)[./-](?P<month>\d\d?)[./-]{_YEAR}",
        rf"(?P<name>[a-z]{{3,9}})\.?,? {_YEAR}",
        rf"(?:(?:0?0|dd)[./-](?:0?0|mm)[./-])?{_YEAR}(?:-00-00)?",
    )
)
_ABOUT = re.compile(r"\b(?:circa|ca?\.|approximately|approx\.?|about|around)\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"(?:between\s+|from\s+)?(.+?)\s*(?:\bto\b|\band\b|–)\s*(.+)", re.IGNORECASE)
_YEARS = re.compile(r"(\d{4})\s*[-/]\s*(\d{4})")
_PARTS = re.compile(r"[;\n|\"]+|,\s*(?=\([a-z]\))|\s+or\s+|\balt\.\s+DOB\b", re.IGNORECASE)
_ITEM = re.compile(r"^\s*(?:\([a-z\d]+\)|[a-z]\))\s*|\s*[,.]\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Birth:
    """The first and the last day on which the birth may have been."""

    first: date
    last: date

    @property
    def exact(self) -> bool:
        """True when the day is known."""
        return self.first == self.last

    def __str__(self) -> str:
        if self.exact:
            return self.first.isoformat()
        whole = self.first == date(self.first.year, 1, 1) and self.last == date(self.last.year, 12, 31)
        if whole and self.first.year == self.last.year:
            return str(self.first.year)
        return f"{self.first.year} to {self.last.year}" if whole else f"{self.first} to {self.last}"

    def may_be(self, other: "Birth") -> bool:
        """True when one day may be both."""
        return self.first <= other.last and other.first <= self.last

    def slip_of(self, other: "Birth") -> bool:
        """True for two days of one year whose day and month stand the other way round."""
        one, two = self.first, other.first
        exact = self.exact and other.exact and one.year == two.year
        return exact and (one.day, one.month) == (two.month, two.day)


@lru_cache(maxsize=100_000)
def births(text: str) -> tuple[Birth, ...]:
    """The birth dates that a text names, in its order; none where it names no year."""
    parts = (_ITEM.sub("", part).strip() for part in _PARTS.split(text))
    found = (_birth(part) for part in parts if part)
    return tuple(dict.fromkeys(birth for birth in found if birth))


def births_of(texts: Iterable[str]) -> tuple[Birth, ...]:
    """The birth dates that the texts name."""
    return tuple(dict.fromkeys(birth for text in texts for birth in births(text)))


def _birth(text: str) -> Birth | None:
    plain, about = _ABOUT.subn("", text)
    found = _one(plain.strip()) or _span(plain)
    if found and about:
        slack = timedelta(days=365 * _ABOUT_YEARS)
        return Birth(found.first - slack, found.last + slack)
    return found


def _span(text: str) -> Birth | None:
    between = _BETWEEN.fullmatch(text.strip()) or _YEARS.fullmatch(text.strip())
    if not between:
        return None
    first, last = _one(between[1].strip()), _one(between[2].strip())
    return Birth(first.first, last.last) if first and last and first.first <= last.last else None


def _one(text: str) -> Birth | None:
    for form in _FORMS:
        if found := form.fullmatch(text):
            return _made(found.groupdict())
    return None


def _made(parts: dict[str, str | None]) -> Birth | None:
    year, named = int(parts["year"] or 0), (parts.get("name") or "")[:3].lower()
    if named and named not in _MONTHS:
        return None
    month = _MONTHS.index(named) + 1 if named else int(parts.get("month") or 0)
    if not month:
        return Birth(date(year, 1, 1), date(year, 12, 31))
    try:
        if day := int(parts.get("day") or 0):
            return Birth(date(year, month, day), date(year, month, day))
        return Birth(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
    except ValueError:
        return None
