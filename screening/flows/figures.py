"""Figures of corridors: who says to have sent or received how much of which goods in a year or month.

What is not in a file may be nothing, or not asked for. It is nothing where the file tells of that reporter,
flow and year, and of that partner and those goods at some time or of all of them; else it is not known.
"""

from dataclasses import dataclass, field

import polars as pl

from screening.flows.completeness import AGGREGATES, years_told
from screening.flows.goods import Goods, of_goods
from screening.flows.table import Statistics

ALL_PARTNERS = 30
"""A file with so many partners of a reporter has all that there were."""
ALL_CODES = 1_000
"""A file with so many codes has every code that was traded."""
LANE = ("reporter", "partner", "goods")
_FILE = ("source", "reporter", "flow")


@dataclass(frozen=True)
class Figures:
    """The figures of some goods, and what their files tell of."""

    statistics: Statistics
    rows: pl.DataFrame
    """The rows of the table about the goods, with `goods`."""
    told: pl.DataFrame
    """Source, reporter, flow, kind of period, year: how many months are `covered`, and `cut` short."""
    breadth: pl.DataFrame
    """Source, reporter, flow: whether it has `all_partners` and `all_codes`."""
    _years: dict[str, pl.DataFrame] = field(default_factory=dict)
    """By flow, what was asked for already."""
    _others: dict[Goods, "Figures"] = field(default_factory=dict)

    @classmethod
    def of(cls, statistics: Statistics, goods: Goods) -> "Figures":
        """The figures of the goods."""
        rows = statistics.rows
        breadth = rows.group_by(_FILE).agg(
            all_partners=pl.col("partner").n_unique() >= ALL_PARTNERS,
            all_codes=pl.col("code").n_unique() >= ALL_CODES,
        )
        return cls(statistics, of_goods(rows, goods), years_told(rows), breadth)

    def also(self, goods: Goods) -> "Figures":
        """The figures of other goods in the same statistics."""
        if goods not in self._others:
            rows = of_goods(self.statistics.rows, goods)
            self._others[goods] = Figures(self.statistics, rows, self.told, self.breadth)
        return self._others[goods]

    def yearly(self, flow: str) -> pl.DataFrame:
        """By reporter, partner, goods and year: `value`, `weight_g`, `covered` months, `cut`, `currency`.

        Of a year that is there by months and by itself, the fuller counts.
        """
        if flow not in self._years:
            self._years[flow] = self._yearly(flow)
        return self._years[flow]

    def _yearly(self, flow: str) -> pl.DataFrame:
        year = pl.col("period").dt.year().alias("year")
        kept = self.rows.lazy().filter(pl.col("flow") == flow)
        by_file = (
            kept.group_by("source", *LANE, "months", year, "currency")
            .agg(pl.col("value").sum(), known_sum("weight_g"))
            .collect(engine="streaming")
        )
        told = self.told.filter(pl.col("flow") == flow).drop("flow")
        by_file = by_file.join(told, on=["source", "reporter", "months", "year"], how="left")
        if by_file["source"].n_unique() > 1:
            by_file = by_file.group_by(*LANE, "year", "months", "currency").agg(
                pl.col("value").sum(), known_sum("weight_g"), pl.col("covered").max(), pl.col("cut").any()
            )
        if by_file["months"].n_unique() > 1:
            fuller = by_file.sort("cut", "covered", "months", descending=[False, True, False])
            by_file = fuller.unique([*LANE, "year"], keep="first", maintain_order=True)
        order = [*LANE, "year", "currency", "value", "weight_g", "covered", "cut"]
        return by_file.select(order).sort(*LANE, "year")

    def monthly(self, flow: str, lanes: pl.DataFrame | None = None) -> pl.DataFrame:
        """By reporter, partner, goods and month (`period`): `value`, `weight_g`, `currency`; all as texts.

        `lanes`: the reporters, partners and goods that are asked for, instead of all.
        """
        kept = self.rows.filter((pl.col("flow") == flow) & (pl.col("months") == 1))
        if lanes is not None:
            asked = lanes.select(pl.col(LANE).cast(pl.String).cast(pl.Categorical)).unique()
            kept = kept.join(asked, on=list(LANE), how="semi")
        by = [*LANE, "period", "currency"]
        sums = kept.group_by(by).agg(pl.col("value").sum(), known_sum("weight_g")).sort(*LANE, "period")
        return sums.with_columns(pl.col(LANE).cast(pl.String))

    def arriving(self, flow: str, lag: int) -> pl.DataFrame:
        """What goes in a year if everything takes `lag` months, by lane and year, where months tell so."""
        arrives = pl.col("period").dt.offset_by(f"{lag}mo").dt.year().alias("year")
        kept = self.rows.lazy().filter((pl.col("flow") == flow) & (pl.col("months") == 1))
        return kept.group_by(*LANE, arrives).agg(arriving=pl.col("value").sum()).collect(engine="streaming")

    def silent(self, lanes: pl.DataFrame, flow: str) -> pl.DataFrame:
        """Of lanes and years that have no figure, those whose figure is nothing: with `covered` and `cut`."""
        files = self.told.filter(pl.col("flow") == flow).join(self.breadth, on=_FILE)
        asked = lanes.join(files.drop("flow"), on=["reporter", "year"])
        of_flow = self.rows.filter(pl.col("flow") == flow)
        partners = of_flow.select("source", "reporter", "partner", has_partner=True).unique()
        codes = of_flow.select("source", "reporter", "goods", has_goods=True).unique()
        asked = asked.join(partners, on=["source", "reporter", "partner"], how="left")
        asked = asked.join(codes, on=["source", "reporter", "goods"], how="left")
        speaks = pl.col("all_partners") | pl.col("has_partner").fill_null(False)
        speaks &= pl.col("all_codes") | pl.col("has_goods").fill_null(False)
        found = asked.filter(speaks).group_by(*LANE, "year").agg(pl.col("covered").max(), pl.col("cut").all())
        return found.sort(*LANE, "year")


def lanes_only(figures: pl.DataFrame) -> pl.DataFrame:
    """The figures between two countries, without the world and other groups."""
    countries = [pl.col(end).cast(pl.String).is_in(AGGREGATES).not_() for end in ("reporter", "partner")]
    return figures.filter(*countries)


def known_sum(name: str) -> pl.Expr:
    """The sum of what is known, null where nothing is."""
    return pl.when(pl.col(name).count() > 0).then(pl.col(name).sum()).alias(name)
