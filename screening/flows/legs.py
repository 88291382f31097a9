"""The legs of corridors: what went from one country to another in a year, by whichever of them tells it.

The sender's account is taken where it is whole, else the receiver's: since 2022 Russia tells nobody, and
some senders never did. A leg is at the prices of the years before where its weight is known.
"""

from dataclasses import dataclass

import polars as pl

from screening.flows.figures import Figures
from screening.flows.own_years import before, whole_years
from screening.flows.table import EXPORT, IMPORT

_LEG = ("sender", "receiver", "goods")
_BOOM, _MOST = 1.2, 20.0
_CHEAPEST, _DEAREST = 0.25, 4.0
"""A unit value that moved further than that is another good, not another price."""


@dataclass(frozen=True)
class Legs:
    """What every leg was in the years since, and what it usually was."""

    table: pl.DataFrame
    """`sender`, `receiver`, `goods`, `year`: `value`, `real` (at earlier prices), `before`, `spread`."""

    @classmethod
    def of(cls, figures: Figures, since: int, past: int) -> "Legs":
        """The legs of the goods; a leg without two earlier years is left out."""
        last = int(figures.rows["period"].dt.year().max() or since)  # type: ignore[arg-type]
        years = _either(figures, since - past, last)
        usual = before(years, since, _LEG).filter(pl.col("years") >= 2)
        now = years.filter(pl.col("year") >= since).join(usual, on=list(_LEG))
        texts = pl.col(*_LEG, "currency").cast(pl.String)
        return cls(now.with_columns(texts, real=_at_earlier_prices()))

    def grown(self, growth: pl.DataFrame) -> "Legs":
        """The legs with what each would `usual`ly be by now: what it was, grown as the control basket did."""
        joined = self.table.join(growth, on=["sender", "receiver", "year"], how="left")
        return Legs(joined.with_columns(usual=pl.col("before") * pl.col("growth").fill_null(1.0)))


def _either(figures: Figures, first: int, last: int) -> pl.DataFrame:
    """The senders' years, and those of the receivers for legs of which the sender tells nothing."""
    sent = whole_years(figures, EXPORT, first, last).rename({"reporter": "sender", "partner": "receiver"})
    told = whole_years(figures, IMPORT, first, last).rename({"reporter": "receiver", "partner": "sender"})
    told = told.join(sent.select(_LEG).unique(), on=list(_LEG), how="anti")
    both = pl.concat([sent, told.select(sent.columns)])
    known = both.group_by(_LEG).agg(pl.col("currency").drop_nulls().first())
    return both.drop("currency").join(known, on=list(_LEG))


def _at_earlier_prices() -> pl.Expr:
    known = (pl.col("weight_g") > 0) & (pl.col("weight_before") > 0) & (pl.col("before") > 0)
    price = (pl.col("value") / pl.col("weight_g")) / (pl.col("before") / pl.col("weight_before"))
    plain = price.is_between(_CHEAPEST, _DEAREST)
    return pl.when((known & plain).fill_null(False)).then(pl.col("value") / price).otherwise(pl.col("value"))


def lane_growth(control: Figures, since: int, past: int) -> pl.DataFrame:
    """How many times its usual self the control basket was on each lane and year: `growth`.

    A basket that shrank, or moved by as little as a year moves by chance, says nothing.
    """
    legs = Legs.of(control, since, past).table.filter(pl.col("before") > 0)
    grown = pl.col("real") / pl.col("before")
    clear = pl.when(grown >= _BOOM).then(grown.clip(1.0, _MOST)).otherwise(1.0)
    return legs.select("sender", "receiver", "year", growth=clear)
