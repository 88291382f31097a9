"""Whose figures these are: countries by code, number or name, and the areas that are none.

Statistics name areas that no shipment does: the world, unions, "not elsewhere specified". Of these only
the world, the Union of 27 and the unspecified ones are kept; figures of any other group of countries
stand in the table country by country already, and would be counted twice.
"""

import re
from functools import cache
from pathlib import Path

from screening.phrases import rows
from screening.places.countries import country_code

GROUP = ""
"""Stands for a group of countries that is left out."""
_HERE = Path(__file__).parent
_REMARK = re.compile(r"\s*[(\[].*$")


def area_code(text: str) -> str | None:
    """The code of the area, `GROUP` for one that is left out, None for a text that is not understood."""
    wanted = text.strip()
    known = _areas().get(wanted.lower())
    if known is not None:
        return known
    if wanted.isdigit():
        return _numbered().get(int(wanted))
    code = country_code(wanted) or country_code(_REMARK.sub("", wanted)) or country_code(_turned(wanted))
    return code or next((area for begin, area in _beginnings() if wanted.lower().startswith(begin)), None)


def _turned(name: str) -> str:
    """`Armenia, Republic of` as it is said."""
    last, _, first = name.partition(", ")
    return f"{first} {last}"


def number_of(code: str) -> int | None:
    """The number by which the United Nations know the country."""
    return next((number for number, area in _numbered().items() if area == code), None)


@cache
def _areas() -> dict[str, str]:
    return {line["name"]: line["code"] for line in rows(_HERE / "areas.csv") if line["name"][-1] != "*"}


@cache
def _beginnings() -> list[tuple[str, str]]:
    lines = rows(_HERE / "areas.csv")
    return [(line["name"][:-1], line["code"]) for line in lines if line["name"][-1] == "*"]


@cache
def _numbered() -> dict[int, str]:
    return {int(line["number"]): line["code"] for line in rows(_HERE / "area_numbers.csv")}
