"""Which goods figures are asked for: each code by itself, all goods, or codes taken together.

A heading is read where its office gives it, and summed from its codes of six digits where it does not:
what an office hides in a code of six digits stands in the heading.
"""

from dataclasses import dataclass

import polars as pl

from screening.errors import UsageError
from screening.flows.revisions import in_classes
from screening.flows.table import TOTAL
from screening.watchlists.lists import ListCatalogue

EACH, CLASSES = "each", "classes"
"""Every code of six digits by itself; those that were renumbered in 2022 with what they came from."""
DIGITS = 6
_FILE = ("source", "reporter", "flow")


@dataclass(frozen=True, slots=True)
class Goods:
    """Codes that are one, under a name; no codes: every code of six digits by itself."""

    name: str
    codes: tuple[str, ...] = ()


def goods_named(text: str) -> Goods:
    """What the user means by `total`, `each`, `classes`, `chpl`, `8703`, or `8703,851713`."""
    wanted = text.strip().lower()
    if wanted in (EACH, CLASSES):
        return Goods(wanted)
    if wanted == "total":
        return Goods(TOTAL, (TOTAL,))
    if wanted in ("chpl", "goods/chpl"):
        return high_priority()
    codes = tuple(part.strip().replace(".", "") for part in wanted.split(","))
    if any(not code.isdigit() or len(code) not in (2, 4, DIGITS) for code in codes):
        raise UsageError(
            f"{text!r} names no goods; write total, each, classes, chpl or codes of 2, 4 or 6 digits"
        )
    return Goods(codes[0] if len(codes) == 1 else "+".join(codes)[:40], codes)


def high_priority() -> Goods:
    """The Common High Priority List as one."""
    lists = ListCatalogue.load()
    return Goods("chpl", tuple(sorted({standing.member for standing in lists.goods["goods/chpl"].standings})))


def of_goods(rows: pl.DataFrame, goods: Goods) -> pl.DataFrame:
    """The rows about these goods, with their name under `goods`."""
    # Asked of each code once: a table has thousands of codes and millions of rows.
    codes = rows["code"].unique()
    text = codes.cast(pl.String)
    if not goods.codes:
        narrow = (text.str.len_chars() == DIGITS) & text.str.contains("^[0-9]+$")
        told = rows.filter(pl.col("code").is_in(codes.filter(narrow))).with_columns(goods=pl.col("code"))
        return in_classes(told) if goods.name == CLASSES else told
    asked = codes.filter([_asked(code, goods.codes) for code in text])
    wanted = rows.filter(pl.col("code").is_in(asked))
    wanted = wanted.with_columns(goods=pl.lit(goods.name).cast(pl.Categorical))
    twice = [code for code in goods.codes if len(code) < DIGITS and code in set(text)]
    return wanted.filter(_told_once(code) for code in twice) if twice else wanted


def _asked(code: str, wanted: tuple[str, ...]) -> bool:
    """True for a code that is asked for, and for one of six digits beneath such a code."""
    return code in wanted or (len(code) == DIGITS and code.startswith(wanted))


def _told_once(heading: str) -> pl.Expr:
    """False for what lies beneath a heading that its file gives itself."""
    code = pl.col("code").cast(pl.String)
    beneath = code.str.starts_with(heading) & (code != heading)
    return ~(beneath & (code == heading).any().over(_FILE))
