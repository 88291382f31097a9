"""Codes that can't be held against earlier years, because the Harmonized System was revised between them.

A code that was born in 2022 has no figures of 2021: nothing there is nothing counted, not nothing traded. It
can be judged with the codes that its goods came from, as one class, where those are in the statistics too.
"""

from functools import cache
from pathlib import Path

import polars as pl

from screening.goods.revisions import current_class
from screening.phrases import rows

YEAR = 2022
"""From this year on the codes are those of HS 2022."""
_HERE = Path(__file__).parent


@cache
def born_codes() -> frozenset[str]:
    """The codes that are new in HS 2022, or took over goods of codes that ended with it."""
    own = {line["code"] for line in rows(_HERE / "born_2022.csv") if line["kind"] == "born"}
    renumbered = rows(_HERE.parent / "goods" / "renumbered.csv")
    return frozenset(own.union(*(line["hs2022"].split() for line in renumbered)))


def comparable(goods: pl.Expr) -> pl.Expr:
    """True where figures of these goods mean the same before and since 2022."""
    return ~goods.cast(pl.String).is_in(sorted(born_codes()))


def in_classes(table: pl.DataFrame) -> pl.DataFrame:
    """The rows with renumbered codes as the class of their goods in both editions, `854110*` for instance.

    A class is left out where a file has none of its earlier codes: it would have no past there.
    """
    classes = {code: current_class(code) for code in table["goods"].cast(pl.String).unique()}
    moved = {code: f"{name}*" for code, name in classes.items() if name != code or code in born_codes()}
    code, earlier = pl.col("goods").cast(pl.String), sorted(moved.keys() - born_codes())
    told = code.is_in(earlier).any().over("source", code.replace(moved))
    kept = table.filter(told | ~code.is_in(sorted(moved)))
    return kept.with_columns(goods=code.replace(moved).cast(pl.Categorical))
