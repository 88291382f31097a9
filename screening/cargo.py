"""What the goods of a shipment are, weigh and cost, as its code, description and figures tell together.

Each distinct code and description is read once, and only as far as the asked fields need it.
"""

from collections.abc import Callable
from datetime import date, timedelta

import polars as pl

from screening.abreast import abreast
from screening.engine.membership import tiers
from screening.goods.classes import goods_class
from screening.goods.description import described, misplaced
from screening.goods.measures import FIGURES, UNIT_FACTS, code_figures
from screening.goods.revisions import current_class, heir_of
from screening.goods.single import NOT_SAID
from screening.goods.text_keys import text_keys
from screening.goods.values import Bands
from screening.io.rates import Rates, usd_amount
from screening.remembered import Judge, Reader, each, one_by_one, said, told_as_of
from screening.watchlists.lists import GoodsList, ListCatalogue, Standing

_DAY = pl.col("shipment_date")
_DESCRIBED = ("described_as", "described_hs", "description_score", "description_vague")
_CODES, _KEY = "described_codes", "text_key"


def cargo_facts(lists: ListCatalogue, bands: Bands) -> dict[str, Judge]:
    """What is told of codes, descriptions and units each by itself."""
    listed = frozenset(standing.member for standing in lists.goods["goods/chpl"].standings)
    texts: dict[str, Callable[[str], str]] = {
        "hs6": lambda hs6: hs6,
        "hs4": lambda hs6: hs6[:4],
        "hs2": lambda hs6: hs6[:2],
        "hs6_2022": current_class,
        "class": goods_class,
    }
    of_code: dict[str, Reader] = {fact: _of_hs6(tell, pl.String()) for fact, tell in texts.items()}
    of_code["high_priority"] = _of_hs6(lambda hs6: not listed.isdisjoint((hs6, heir_of(hs6))), pl.Boolean())
    of_code |= {fact: _of_hs6(tell, pl.Float64()) for fact, tell in code_figures(bands).items()}
    return {"hs_code": each(of_code), "goods_description": _of_description, "quantity_unit": _OF_UNIT}


def _of_hs6(tell: Callable[[str], object], dtype: pl.DataType) -> Reader:
    """A fact of codes that their first six digits tell; there are a few thousand of these at most."""
    return one_by_one(lambda code: tell(code[:6]), dtype)


_OF_UNIT = each(UNIT_FACTS)


def _of_description(texts: pl.Series, facts: tuple[str, ...]) -> pl.DataFrame:
    keys = [text_keys(texts).alias(_KEY)] if _KEY in facts else []
    told = described(texts, facts).get_columns() if set(facts) != {_KEY} else []
    found = {fact.name: fact for fact in (*told, *keys)}
    return abreast([found[fact] for fact in facts])


def cargo_formulas(lists: ListCatalogue, rates: Rates) -> dict[str, pl.Expr]:
    """The fields about the goods, by the facts of their columns and by one another."""
    of_code = ("hs6", "hs4", "hs2", "hs6_2022", "class", "high_priority")
    text, hs6 = "goods_description", said("hs_code", "hs6")
    chpl = lists.goods["goods/chpl"]
    turns = _turns(chpl)
    return {
        **{f"goods.{fact}": said("hs_code", fact) for fact in of_code},
        **{f"goods.{fact}": said(text, fact) for fact in (*_DESCRIBED, _KEY)},
        "goods.description_mismatch": misplaced(said(text, "kinds"), hs6),
        "goods.chpl_tier": told_as_of(hs6, _DAY, turns, _Tiers(chpl).of_codes, pl.String()),
        "goods.described_tier": told_as_of(said(text, _CODES), _DAY, turns, _Tiers(chpl).shared, pl.String()),
        "value.usd": pl.col("value") * _dollars(rates),
        **FIGURES,
    }


def _dollars(rates: Rates) -> pl.Expr:
    """What one unit of the currency is in US dollars on the day."""
    turns = sorted(set(rates.table["date"].to_list()))

    def factors(currencies: pl.Series, days: pl.Series) -> pl.Series:
        return usd_amount(pl.repeat(1.0, len(days), eager=True), currencies, days, rates)

    return told_as_of(pl.col("currency"), _DAY, turns, factors, pl.Float64())


def _turns(goods: GoodsList) -> list[date]:
    """The days on which an entry begins to stand on the list, or stands there no more."""
    begins = {standing.first for standing in goods.standings if standing.first}
    ended = {standing.last + timedelta(days=1) for standing in goods.standings if standing.last}
    return sorted(begins | ended)


class _Tiers:
    """The tiers of a goods list, by code and day."""

    def __init__(self, goods: GoodsList) -> None:
        self._standings: dict[str, list[tuple[str, Standing]]] = {}
        for tier, standings in tiers(goods).items():
            for standing in standings:
                self._standings.setdefault(standing.member, []).append((tier, standing))

    def of_codes(self, hs6: pl.Series, days: pl.Series) -> pl.Series:
        """The tier of each code as written, or of the code that plainly holds the goods of a dropped one."""
        told = [self._of_old_too(code, day) for code, day in zip(hs6, days, strict=True)]
        return pl.Series(told, dtype=pl.String)

    def shared(self, codes: pl.Series, days: pl.Series) -> pl.Series:
        """The tier that all of a row's codes share, `none` where they share none or there are no codes."""
        told = [self._of_all(text.split(" "), day) for text, day in zip(codes, days, strict=True)]
        return pl.Series(told, dtype=pl.String)

    def _of_old_too(self, hs6: str, day: date | None) -> str:
        own, heir = self._of(hs6, day), heir_of(hs6)
        return self._of(heir, day) if own == NOT_SAID and heir is not None else own

    def _of_all(self, codes: list[str], day: date | None) -> str:
        found = {self._of(code, day) for code in codes}
        return found.pop() if len(found) == 1 else NOT_SAID

    def _of(self, hs6: str, day: date | None) -> str:
        placed = self._standings.get(hs6, ())
        return next((tier for tier, standing in placed if standing.on(day)), NOT_SAID)
