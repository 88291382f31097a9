"""The class of goods that a code belongs to, as published red flags speak of goods.

Warnings speak of aircraft parts, of luxury goods, of machines that make chips: of classes that no
single heading holds. `classes.csv` gives each class its codes of two to six digits, the longest
that fits a code deciding, with the publication or the part of the nomenclature that it follows.
"""

from functools import cache
from pathlib import Path

from screening.goods.prefixes import longest_prefix
from screening.phrases import rows

OTHER = "other"
"""The class of a code that no class names."""


def goods_class(hs6: str) -> str:
    """The class of a code, `other` for one in no class."""
    return longest_prefix(hs6, _classes()) or OTHER


def class_names() -> list[str]:
    """Every class that a rule may name, in order."""
    return sorted({OTHER, *_classes().values()})


@cache
def _classes() -> dict[str, str]:
    return {line["code"]: line["class"] for line in rows(Path(__file__).parent / "classes.csv")}
