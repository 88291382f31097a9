"""What the goods of a shipment are, weigh and cost, as its code, description and figures tell together.

Each distinct code and description is read once, and only as far as the asked fields need it.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial

import polars as pl

from screening.abreast import abreast
from screening.engine.membership import tiers as members_of_tiers
from screening.goods.classes import goods_class
from screening.goods.description import described, is_classified, is_misplaced, misplaced
from screening.goods.measures import FIGURES, FIGURES_SINGLY, UNIT_FACTS, code_figures
from screening.goods.revisions import current_class, heir_of
from screening.goods.single import NOT_SAID, single
from screening.goods.text_keys import text_key, text_keys
from screening.goods.values import Bands
from screening.io.rates import Rates
from screening.remembered import Judge, Reader, each, fact_name, one_by_one, said, told_as_of
from screening.singly import Singly, Tell, where_known
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
    return {"hs_code": each(of_code), "goods_description": _OF_DESCRIPTION, "quantity_unit": _OF_UNIT}


def _of_hs6(tell: Callable[[str], object], dtype: pl.DataType) -> Reader:
    """A fact of codes that their first six digits tell; there are a few thousand of these at most."""
    return one_by_one(lambda code: tell(code[:6]), dtype)


_OF_UNIT = each(UNIT_FACTS)


def _of_description(texts: pl.Series, facts: tuple[str, ...]) -> pl.DataFrame:
    keys = [text_keys(texts).alias(_KEY)] if _KEY in facts else []
    told = described(texts, facts).get_columns() if set(facts) != {_KEY} else []
    found = {fact.name: fact for fact in (*told, *keys)}
    return abreast([found[fact] for fact in facts])


def _of_description_alone(text: str, facts: tuple[str, ...]) -> Mapping[str, object]:
    said = single(text, is_classified(facts))
    return {} if said is None else {**said._asdict(), _KEY: text_key(text)}


_OF_DESCRIPTION = Judge(_of_description, _of_description_alone)


def cargo_formulas(lists: ListCatalogue, rates: Rates) -> dict[str, pl.Expr]:
    """The fields about the goods, by the facts of their columns and by one another."""
    of_code = ("hs6", "hs4", "hs2", "hs6_2022", "class", "high_priority")
    text, hs6 = "goods_description", said("hs_code", "hs6")
    chpl = lists.goods["goods/chpl"]
    turns, tiers = _turns(chpl), _Tiers(chpl)
    return {
        **{f"goods.{fact}": said("hs_code", fact) for fact in of_code},
        **{f"goods.{fact}": said(text, fact) for fact in (*_DESCRIBED, _KEY)},
        "goods.description_mismatch": misplaced(said(text, "kinds"), hs6),
        "goods.chpl_tier": told_as_of(hs6, _DAY, turns, tiers.of_code, pl.String()),
        "goods.described_tier": told_as_of(said(text, _CODES), _DAY, turns, tiers.shared, pl.String()),
        "value.usd": pl.col("value") * _dollars(rates),
        **FIGURES,
    }


def cargo_singly(lists: ListCatalogue, rates: Rates) -> dict[str, Singly]:
    """Those of the fields that most shipments have anew, of a single row."""
    text, day, hs6 = "goods_description", "shipment_date", fact_name("hs_code", "hs6")
    tiers = _Tiers(lists.goods["goods/chpl"])
    return {
        "goods.description_mismatch": Singly((fact_name(text, "kinds"), hs6), where_known(is_misplaced)),
        "goods.chpl_tier": Singly((hs6, day), _told_on(tiers.of_code)),
        "goods.described_tier": Singly((fact_name(text, _CODES), day), _told_on(tiers.shared)),
        "value.usd": Singly(("currency", day, "value"), partial(_usd, rates)),
        **FIGURES_SINGLY,
    }


def _told_on(tell: Callable[[str, date | None], str]) -> Tell:
    """A day may be blank; a text that is leaves all unknown."""
    return lambda text, day: None if text is None else tell(text, day)


def _usd(rates: Rates, currency: str | None, day: date | None, value: float | None) -> float | None:
    factor = None if currency is None else rates.dollars(currency, day)
    return None if factor is None or value is None else value * factor


def _dollars(rates: Rates) -> pl.Expr:
    """What one unit of the currency is in US dollars on the day."""
    return told_as_of(pl.col("currency"), _DAY, rates.days, rates.dollars, pl.Float64())


def _turns(goods: GoodsList) -> list[date]:
    """The days on which an entry begins to stand on the list, or stands there no more."""
    begins = {standing.first for standing in goods.standings if standing.first}
    ended = {standing.last + timedelta(days=1) for standing in goods.standings if standing.last}
    return sorted(begins | ended)


class _Tiers:
    """The tiers of a goods list, by code and day."""

    def __init__(self, goods: GoodsList) -> None:
        self._standings: dict[str, list[tuple[str, Standing]]] = {}
        for tier, standings in members_of_tiers(goods).items():
            for standing in standings:
                self._standings.setdefault(standing.member, []).append((tier, standing))

    def of_code(self, hs6: str, day: date | None) -> str:
        """The tier of the code as written, or of the code that plainly holds the goods of a dropped one."""
        own, heir = self._of(hs6, day), heir_of(hs6)
        return self._of(heir, day) if own == NOT_SAID and heir is not None else own

    def shared(self, codes: str, day: date | None) -> str:
        """The tier that all of the codes share, `none` where they share none or there are no codes."""
        found = {self._of(code, day) for code in codes.split(" ")}
        return found.pop() if len(found) == 1 else NOT_SAID

    def _of(self, hs6: str, day: date | None) -> str:
        placed = self._standings.get(hs6, ())
        return next((tier for tier, standing in placed if standing.on(day)), NOT_SAID)
