"""Codes of the Harmonized System of 2017 and of 2022: a new number for old goods is no change of goods.

The revision of 2022 dropped 146 codes of six digits. Goods that moved from 8541.50 to 8541.59 that year
were renumbered, not relabelled; and a shipper who still writes 8803.30 means what is listed as 8807.30.
`renumbered.csv` holds what became of each old code; a heading whose goods came from everywhere (8524,
8549) is left out, since it would join goods that have nothing in common.
"""

from functools import cache
from pathlib import Path

from screening.phrases import rows

_HERE = Path(__file__).parent


def current_class(hs6: str) -> str:
    """The first code of 2022 among those that a code of either year was split into or joined with."""
    return _classes().get(hs6, hs6)


def heir_of(hs6: str) -> str | None:
    """The code that plainly holds the goods of a dropped code, None for every other code.

    Plainly: the goods went to this code, or to it and to narrower ones that are no less sensitive.
    8541.40 has none, since most of what stood there are solar panels and LEDs.
    """
    return _heirs().get(hs6)


@cache
def _heirs() -> dict[str, str]:
    return {line["hs2017"]: line["heir"] for line in rows(_HERE / "renumbered.csv") if line["heir"]}


@cache
def _classes() -> dict[str, str]:
    """The class of each code that took part in the renumbering."""
    groups: dict[str, set[str]] = {}
    for line in rows(_HERE / "renumbered.csv"):
        codes = {line["hs2017"], *line["hs2022"].split()}
        joined = codes.union(*(groups[code] for code in codes if code in groups))
        groups.update(dict.fromkeys(joined, joined))
    dropped = {line["hs2017"] for line in rows(_HERE / "renumbered.csv")}
    return {code: min(group - dropped) for code, group in groups.items()}
