"""Which goods figures are asked for: each code by itself, all goods, or codes taken together.

A heading is read where its office gives it, and summed from its codes of six digits where it does not:
what an office hides in a code of six digits stands in the heading.
"""

from collections.abc import Iterable
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
    code = pl.col("code").cast(pl.String)
    if not goods.codes:
        each = rows.filter((code.str.len_chars() == DIGITS) & code.str.contains("^[0-9]+$"))
        told = each.with_columns(goods=pl.col("code"))
        return in_classes(told) if goods.name == CLASSES else told
    wanted = rows.filter(_under(goods.codes, code)).with_columns(
        goods=pl.lit(goods.name).cast(pl.Categorical)
    )
    return wanted.filter(_asked_of(wanted, goods.codes, code))


def _under(codes: Iterable[str], code: pl.Expr) -> pl.Expr:
    return pl.any_horizontal(code.str.starts_with(wanted) for wanted in codes)


def _asked_of(rows: pl.DataFrame, codes: tuple[str, ...], code: pl.Expr) -> pl.Expr:
    """True for a row with a code that is asked for, or beneath one that its file does not give itself."""
    kept = []
    for wanted in codes:
        exact = code == wanted
        beneath = code.str.starts_with(wanted) & (code.str.len_chars() == DIGITS)
        kept.append(exact | (beneath & ~exact.any().over(_FILE)) if len(wanted) < DIGITS else exact)
    return pl.any_horizontal(kept)
