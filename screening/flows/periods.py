"""Which month or year the period of a statistics file is, however its office writes it.

`2022` is the year; `202201`, `2022-01`, `2022M01`, `Jan. 2022` and `2022-01-01` are its first month;
`202252` is the year, as Eurostat numbers it.
"""

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DIGITS = re.compile(r"Y?((?:19|20)\d\d)(?:-?M?(\d\d))?(?:-\d\d)?(?:[ T-].*)?", re.IGNORECASE)
_NAMED = re.compile(r"([A-Za-z]{3})[a-z]*\.? ((?:19|20)\d\d)")
_WHOLE = re.compile(r"jan\.?-dec\.? ((?:19|20)\d\d)", re.IGNORECASE)
_YEAR_NUMBERS = {None: 12, "52": 12, "00": 12}
"""What stands where the month would, and how many months are meant."""

Period = tuple[date, int]
"""The first day, and the number of months."""


def period_of(text: str) -> Period | None:
    """The month or year that the text means, None where it is neither."""
    stated = text.strip()
    if whole := _WHOLE.fullmatch(stated):
        return date(int(whole[1]), 1, 1), 12
    if named := _NAMED.fullmatch(stated):
        return _of_parts(named[1], named[2])
    found = _DIGITS.fullmatch(stated)
    if found is None:
        return None
    if found[2] in _YEAR_NUMBERS:
        return date(int(found[1]), 1, 1), 12
    month = int(found[2])
    return (date(int(found[1]), month, 1), 1) if 1 <= month <= 12 else None


def _of_parts(month: str, year: str) -> Period | None:
    name = month.lower()
    return (date(int(year), _MONTHS.index(name) + 1, 1), 1) if name in _MONTHS else None


def period_of_parts(year: str | None, month: str | None) -> Period | None:
    """The period of a year and a month in cells of their own; a blank month, 0, 52 or `Year` is the year."""
    if not year or not re.fullmatch(r"(19|20)\d\d", year.strip()):
        return None
    stated = (month or "").strip()
    if stated.lower() in {"", "0", "00", "52", "year", "total"}:
        return date(int(year), 1, 1), 12
    if stated.isdigit():
        return (date(int(year), int(stated), 1), 1) if 1 <= int(stated) <= 12 else None
    return _of_parts(stated[:3], year.strip())
