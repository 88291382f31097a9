"""A corridor against its own years: how far above them, since when, and whether all trade rose with it.

The years before are the corridor's measure, by their median and spread on a logarithmic scale; a basket of
goods that nobody restricts, on the same corridor, is the measure of a boom. Where weights are known, a
price that rose is no surge.
"""

from dataclasses import dataclass

import polars as pl

from screening.flows.breaks import months_broken
from screening.flows.completeness import WHOLE_YEAR
from screening.flows.control import ALL_GOODS, control_goods
from screening.flows.figures import LANE, Figures
from screening.flows.revisions import comparable
from screening.flows.table import EXPORT, MINOR

SURGE, BOOM, PRICE, QUIET = "surge", "general boom", "price shift", "quiet"
_MAD = 1.4826


@dataclass(frozen=True, slots=True)
class Measure:
    """What makes a surge."""

    since: int = 2022
    """The years before are the corridor's own measure."""
    past: int = 5
    """Years before, at most."""
    least: int = 500_000
    """Units of currency a year, below which nothing is a surge."""
    ratio: float = 2.0
    """Times the median year before."""
    deviations: float = 3.5
    """Spreads above it."""
    spread: float = 0.25
    """The least spread, since three or five years know little of chance."""
    months: int = 3
    """Months of the year above every month before."""
    grown: float = 1.5
    """From this ratio on the control basket has grown as well."""


USUAL = Measure()


def surges(figures: Figures, measure: Measure = USUAL, flow: str = EXPORT) -> pl.DataFrame:
    """A row for each corridor, goods and year since `measure.since`.

    `value` and `before` (the median year) in hundredths of `currency`, `ratio`, `deviations`, `since` (the
    month of the break), `months_above`, those of the control basket (`control_ratio`, `control_since`),
    `verdict` and `reason`.
    """
    ours = with_breaks(against_own_years(figures, measure, flow), figures, measure, flow)
    on = ["reporter", "partner", "year"]
    joined = ours.join(_control(figures, measure, flow), on=on, how="left")
    return _with_verdict(joined, measure).sort(*LANE, "year")


def _control(ours: Figures, measure: Measure, flow: str) -> pl.DataFrame:
    """By corridor and year how the control basket did; where a corridor has none, all its trade."""
    told = []
    for goods in (control_goods(), ALL_GOODS):
        figures = ours.also(goods)
        judged = against_own_years(figures, measure, flow).filter(pl.col("years") > 0)
        told.append(with_breaks(judged, figures, measure, flow))
    both = pl.concat(told, how="diagonal_relaxed").filter(pl.col("covered") == WHOLE_YEAR)
    first = both.unique(["reporter", "partner", "year"], keep="first", maintain_order=True)
    return first.select(
        *("reporter", "partner", "year"), control="goods", control_ratio="ratio", control_since="since"
    )


def against_own_years(figures: Figures, measure: Measure, flow: str) -> pl.DataFrame:
    """Each corridor's year since the break against the median of its years before."""
    told = figures.yearly(flow)
    now = told.filter(pl.col("year") >= measure.since)
    past = _past(figures, told, now, measure, flow)
    floor = measure.least * MINOR / 10
    joined = now.join(past, on=list(LANE), how="left").with_columns(pl.col("years").fill_null(0))
    against = pl.max_horizontal("before", pl.lit(floor))
    moved = ((pl.col("value") + floor) / (pl.col("before") + floor)).log()
    return joined.with_columns(
        pl.col("reporter", "partner", "goods", "currency").cast(pl.String),
        ratio=pl.col("value") / against,
        at_least=pl.col("before") < floor,
        deviations=moved / pl.max_horizontal("spread", pl.lit(measure.spread)),
        weight_ratio=pl.col("weight_g") / pl.when(pl.col("weight_before") > 0).then(pl.col("weight_before")),
    ).drop("spread", "weight_before")


def _past(
    figures: Figures, told: pl.DataFrame, now: pl.DataFrame, measure: Measure, flow: str
) -> pl.DataFrame:
    """Of each corridor the median and spread of its years before, nothing counted where it was nothing."""
    first = measure.since - measure.past
    lanes = now.select(LANE).unique()
    years = pl.DataFrame({"year": range(first, measure.since)}, schema={"year": pl.Int32})
    known = told.filter(pl.col("year").is_between(first, measure.since - 1)).drop("currency")
    asked = lanes.join(years, how="cross").join(known, on=[*LANE, "year"], how="anti")
    nothing = figures.silent(asked, flow).with_columns(value=pl.lit(0, dtype=pl.Int64))
    whole = pl.concat([known.join(lanes, on=list(LANE), how="semi"), nothing], how="diagonal_relaxed")
    whole = whole.filter((pl.col("covered") == WHOLE_YEAR) & ~pl.col("cut"))
    log = (pl.col("value") + measure.least * MINOR / 10).log()
    return whole.group_by(LANE).agg(
        before=pl.col("value").median(),
        weight_before=pl.col("weight_g").median(),
        spread=(log - log.median()).abs().median() * _MAD,
        years=pl.len(),
    )


def with_breaks(table: pl.DataFrame, figures: Figures, measure: Measure, flow: str) -> pl.DataFrame:
    """The rows with the month since which the corridor is on its new level, where months tell: `since`.

    Looked for where the year lies far above those before; `months_above` counts the months of the year that
    are above every month before.
    """
    loud = table.filter((pl.col("ratio") >= measure.grown).fill_null(False)).select(LANE).unique()
    months = figures.monthly(flow, loud)
    if not months.height:
        return table.with_columns(
            since=pl.lit(None, dtype=pl.Date), months_above=pl.lit(None, dtype=pl.UInt32)
        )
    broken = months_broken(months, measure.since, measure.least * MINOR / 120)
    past = pl.col("period").dt.year().is_between(measure.since - measure.past, measure.since - 1)
    highest = months.group_by(LANE).agg(highest=pl.col("value").filter(past).max().fill_null(0))
    year = pl.col("period").dt.year().alias("year")
    above = (
        months.join(highest, on=list(LANE))
        .group_by(*LANE, year)
        .agg(months_above=(pl.col("value") > pl.col("highest")).sum())
    )
    return table.join(broken, on=list(LANE), how="left").join(above, on=[*LANE, "year"], how="left")


def _with_verdict(table: pl.DataFrame, measure: Measure) -> pl.DataFrame:
    """What a year comes to; what can't be compared comes first."""
    untold = (
        pl.when(~comparable(pl.col("goods")))
        .then(pl.lit("not comparable: a code of HS 2022"))
        .when(pl.col("covered") < WHOLE_YEAR)
        .then(pl.lit("partial year"))
        .when(pl.col("cut"))
        .then(pl.lit("incomplete file"))
        .when(pl.col("years") < 2)
        .then(pl.lit("no years before"))
    )
    high = (pl.col("ratio") >= measure.ratio) & (pl.col("deviations") >= measure.deviations)
    high &= (pl.col("value") >= measure.least * MINOR) & (
        pl.col("months_above").fill_null(WHOLE_YEAR) >= measure.months
    )
    grown = (pl.col("control_ratio") >= measure.grown).fill_null(False)
    beyond = (
        pl.col("ratio") / pl.max_horizontal(pl.col("control_ratio").fill_null(1), pl.lit(1.0))
        >= measure.ratio
    )
    verdict = (
        pl.when(untold.is_not_null())
        .then(pl.lit("not computable"))
        .when(~high)
        .then(pl.lit(QUIET))
        .when((pl.col("weight_ratio") < measure.grown).fill_null(False))
        .then(pl.lit(PRICE))
        .when(grown & ~beyond)
        .then(pl.lit(BOOM))
        .otherwise(pl.lit(SURGE))
    )
    basket = (
        pl.when(grown)
        .then(pl.format("{} rose as well, {} times", _basket_name(), pl.col("control_ratio").round(1)))
        .when(pl.col("control_ratio").is_null())
        .then(pl.lit("no control basket in these statistics"))
    )
    told = pl.when(high).then(basket)
    judged = table.with_columns(verdict=verdict, reason=pl.coalesce(untold, told, pl.lit("")))
    # A code without a past has no ratio either: nobody is to read one off the table.
    hidden = pl.col("ratio", "deviations", "before", "weight_ratio", "since")
    return judged.with_columns(
        pl.when(comparable(pl.col("goods")) & (pl.col("years") >= 1)).then(hidden)
    ).drop("cut")


def _basket_name() -> pl.Expr:
    return (
        pl.when(pl.col("control") == ALL_GOODS.name)
        .then(pl.lit("all trade"))
        .otherwise(pl.lit("the control basket"))
    )
