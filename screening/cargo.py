"""What the goods of a shipment are, weigh and cost, as its code, description and figures tell together.

Each distinct description is read once, and only as far as the asked fields need it.
"""

from collections.abc import Iterator

import polars as pl

from screening.engine.membership import on_list, tiers
from screening.fields import Field
from screening.goods.classes import goods_class
from screening.goods.description import FACTS, NOT_SAID, description_facts
from screening.goods.measures import FIGURES, figures
from screening.goods.revisions import current_class, heir
from screening.goods.text_keys import text_keys
from screening.goods.values import Bands, bundled_bands
from screening.io.rates import Rates, usd_amount
from screening.watchlists.lists import ListCatalogue

_HS6 = pl.col("hs_code").str.slice(0, 6)
_DAY = pl.col("shipment_date")
_TIER = "goods.described_tier"


def cargo_fields(
    rows: pl.DataFrame,
    asked: dict[str, Field],
    lists: ListCatalogue,
    rates: Rates,
    bands: Bands | None = None,
) -> Iterator[pl.Series]:
    """The asked fields about the goods, each under its name; others are left out.

    `rows` has every column of the contract; without `bands` values are held against the bundled ones.
    """
    found = {**_placed(asked), **_tiers(asked, lists)}
    yield from rows.select(expression.alias(name) for name, expression in found.items()).get_columns()
    if "goods.text_key" in asked:
        yield text_keys(rows["goods_description"]).alias("goods.text_key")
    yield from _described(rows, asked, lists)
    if asked.keys() & {"value.usd", *FIGURES}:
        usd = usd_amount(rows["value"], rows["currency"], rows["shipment_date"], rates).alias("value.usd")
        told = figures(rows, usd, bands or bundled_bands()).with_columns(usd)
        yield from (told[name] for name in told.columns if name in asked)


def _placed(asked: dict[str, Field]) -> dict[str, pl.Expr]:
    known = {"goods.hs6_2022": current_class(_HS6), "goods.class": goods_class(_HS6)}
    return {name: known[name] for name in sorted(known.keys() & asked.keys())}


def _tiers(asked: dict[str, Field], lists: ListCatalogue) -> dict[str, pl.Expr]:
    """The tier of the code as written, or of the code that plainly holds the goods of a dropped one."""
    if "goods.chpl_tier" not in asked:
        return {}
    own, later = _tier_of(_HS6, lists), _tier_of(heir(_HS6), lists)
    return {"goods.chpl_tier": pl.when(own != NOT_SAID).then(own).otherwise(pl.coalesce(later, own))}


def _tier_of(hs6: pl.Expr, lists: ListCatalogue) -> pl.Expr:
    placed = [
        pl.when(on_list(hs6, members, _DAY)).then(pl.lit(tier))
        for tier, members in tiers(lists.goods["goods/chpl"]).items()
    ]
    return pl.when(hs6.is_not_null()).then(pl.coalesce(*placed, pl.lit(NOT_SAID)))


def _described(rows: pl.DataFrame, asked: dict[str, Field], lists: ListCatalogue) -> Iterator[pl.Series]:
    wanted = [fact for fact in FACTS if f"goods.{fact}" in asked]
    needed = [*wanted, *(["described_codes"] if _TIER in asked else [])]
    if needed:
        told = description_facts(rows["goods_description"], rows["hs_code"], needed)
        yield from (told[fact].alias(f"goods.{fact}") for fact in wanted)
        if _TIER in asked:
            yield _described_tier(told["described_codes"], rows["shipment_date"], lists).alias(_TIER)


def _described_tier(codes: pl.Series, days: pl.Series, lists: ListCatalogue) -> pl.Series:
    """The tier that all of a row's codes share, `none` where they share none, null where they are unknown."""
    asked = pl.DataFrame({"codes": codes, "shipment_date": days})
    distinct = asked.unique(maintain_order=True)
    tier = distinct.with_row_index().explode("codes", empty_as_null=True, keep_nulls=True)
    of_one = tier.select("index", tier=_tier_of(pl.col("codes"), lists))
    shared = pl.when(pl.col("tier").n_unique() == 1).then(pl.col("tier").first())
    told = of_one.group_by("index", maintain_order=True).agg(tier=shared.fill_null(NOT_SAID))
    answers = distinct.with_columns(told["tier"])
    joined = asked.join(
        answers, on=["codes", "shipment_date"], how="left", nulls_equal=True, maintain_order="left"
    )
    return joined.select(pl.when(pl.col("codes").is_not_null()).then("tier")).to_series()
