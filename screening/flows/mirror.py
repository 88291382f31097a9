"""The gap between what an exporter says it sent and what the importer says it received.

A gap is judged as an interval: freight and insurance make the importer's figure dearer, and what left in
November may arrive in the next year. It is held against the pair's own earlier gap, since most pairs never
agreed; and where there is an honest reason for it, the reason is named instead (`reasons`).
"""

from dataclasses import dataclass

import polars as pl

from screening.flows.completeness import WHOLE_YEAR
from screening.flows.figures import LANE, Figures, known_sum, lanes_only
from screening.flows.reasons import BY_ORIGIN, Reasons, reason_given
from screening.flows.table import EXPORT, IMPORT, MINOR, UNION
from screening.flows.unions import members

FLAGGED, QUIET, EXPLAINED, UNKNOWN = "flagged", "quiet", "explained", "not computable"
_PAIR = ("exporter", "importer", "goods")
_LOWEST = -0.25
"""Below it a gap says only that the importer books more; how much more is no part of a baseline."""


@dataclass(frozen=True, slots=True)
class Allowances:
    """What a gap may be without meaning anything, and from when on it is judged."""

    freight: float = 0.10
    """By how much freight and insurance may raise the importer's figure."""
    lag: int = 2
    """Months that goods may be on their way."""
    since: int = 2022
    """The years before are the pair's own baseline."""
    least: int = 1_000_000
    """Units of currency that must be missing."""
    low: float = 0.20
    """The low end of the interval must reach it."""
    above_own: float = 0.25
    """By how much the low end must lie above the pair's own earlier gap."""
    without_past: float = 0.50
    """What the low end must reach where there is no earlier gap."""


USUAL = Allowances()


def mirror_gaps(figures: Figures, allowed: Allowances = USUAL, union: bool = True) -> pl.DataFrame:
    """A row for each exporter, importer, goods and year of which the exporter says something.

    `sent`, `recorded` and `missing` in hundredths of `currency`; `gap` with `low` and `high`, `baseline` of
    the pair's years before, `verdict` and `reason`. With `union`, the Union of 27 as one exporter too.
    """
    pairs = _accounts(figures, allowed)
    if union:
        pairs = pl.concat([pairs, _of_the_union(pairs)], how="vertical")
    judged = _with_baseline(_with_interval(pairs, allowed), allowed)
    judged = reason_given(judged, Reasons.of(figures))
    return _with_verdict(judged, allowed).sort(*_PAIR, "year")


def _accounts(figures: Figures, allowed: Allowances) -> pl.DataFrame:
    """What each exporter and its importers say, year by year, and how much of the year they tell."""
    sent = lanes_only(figures.yearly(EXPORT)).join(
        _underway(figures, allowed.lag), on=[*LANE, "year"], how="left"
    )
    told = lanes_only(figures.yearly(IMPORT))
    told = pl.concat([told.drop("weight_g"), _nothing(figures, sent, told)], how="diagonal_relaxed")
    sent = sent.rename({"reporter": "exporter", "partner": "importer"})
    told = told.rename({"reporter": "importer", "partner": "exporter"})
    both = sent.join(told, on=[*_PAIR, "year"], how="left", suffix="_told")
    before = sent.select(*_PAIR, pl.col("year") + 1, before="value")
    both = both.join(before, on=[*_PAIR, "year"], how="left")
    share = allowed.lag / WHOLE_YEAR
    smooth = pl.col("value") * (1 - share) + pl.col("before") * share
    return both.select(
        *(pl.col(name).cast(pl.String) for name in _PAIR),
        "year",
        sent="value",
        arrived=pl.coalesce("arriving", smooth, "value").round().cast(pl.Int64),
        recorded="value_told",
        months=pl.min_horizontal("covered", "covered_told"),
        cut=pl.col("cut") | pl.col("cut_told").fill_null(False),
        currency=pl.col("currency").cast(pl.String),
        other_currency=(pl.col("currency") != pl.col("currency_told")).fill_null(False),
    )


def _nothing(figures: Figures, sent: pl.DataFrame, told: pl.DataFrame) -> pl.DataFrame:
    """The importers' figures that are nothing, because the importer tells of the rest."""
    asked = sent.select(reporter="partner", partner="reporter", goods="goods", year="year")
    untold = asked.join(told, on=[*LANE, "year"], how="anti")
    return figures.silent(untold, IMPORT).with_columns(value=pl.lit(0, dtype=pl.Int64))


def _underway(figures: Figures, lag: int) -> pl.DataFrame:
    """What arrives in a year if everything takes `lag` months, where months tell so: `arriving`."""
    told = figures.told.filter(pl.col("flow") == EXPORT).select("reporter", pl.col("year") + 1).unique()
    # The first year of a file would lack what left at the end of the year before.
    return figures.arriving(EXPORT, lag).join(told, on=["reporter", "year"], how="semi")


def _of_the_union(pairs: pl.DataFrame) -> pl.DataFrame:
    """The members' accounts as those of one exporter, for what both sides tell."""
    inside = pairs.join(
        members("countries/european_union"), left_on=["exporter", "year"], right_on=["country", "year"]
    )
    sums = [pl.col("sent").sum(), pl.col("arrived").sum(), known_sum("recorded")]
    rest = [
        pl.col("months").min(),
        pl.col("cut").any(),
        pl.col("currency").first(),
        pl.col("other_currency").any(),
    ]
    one = inside.group_by("importer", "goods", "year").agg(*sums, *rest).with_columns(exporter=pl.lit(UNION))
    return one.select(pairs.columns)


def _with_interval(pairs: pl.DataFrame, allowed: Allowances) -> pl.DataFrame:
    """The gap as it stands, and between which it lies with freight and the way allowed for."""

    def gap(sent: str, freight: float = 0.0) -> pl.Expr:
        value = pl.col(sent)
        return pl.when(value > 0).then(1 - pl.col("recorded") / (1 + freight) / value)

    bounds = [gap("sent"), gap("arrived"), gap("sent", allowed.freight), gap("arrived", allowed.freight)]
    return pairs.with_columns(
        missing=pl.col("sent") - pl.col("recorded"),
        gap=gap("sent"),
        low=pl.min_horizontal(bounds),
        high=pl.max_horizontal(bounds),
    )


def _with_baseline(pairs: pl.DataFrame, allowed: Allowances) -> pl.DataFrame:
    """The pair's own gap in the years before, by its median: `baseline` over `baseline_years` years."""
    whole = pairs.filter((pl.col("months") == WHOLE_YEAR) & ~pl.col("cut") & pl.col("gap").is_not_null())
    earlier = whole.filter(pl.col("year") < allowed.since).select(*_PAIR, "gap", earlier="year")
    asked = pairs.select(*_PAIR, "year").join(earlier, on=_PAIR)
    past = (
        asked.filter(pl.col("earlier") < pl.col("year"))
        .group_by(*_PAIR, "year")
        .agg(baseline=pl.col("gap").clip(_LOWEST, 1).median(), baseline_years=pl.len())
    )
    joined = pairs.join(past, on=[*_PAIR, "year"], how="left")
    return joined.with_columns(
        pl.col("baseline_years").fill_null(0), above_own=pl.col("low") - pl.col("baseline")
    )


def _with_verdict(pairs: pl.DataFrame, allowed: Allowances) -> pl.DataFrame:
    """What the gap comes to; a reason against computing it comes first, an honest one before a flag."""
    wide = (pl.col("low") >= allowed.low) & (pl.col("missing") >= allowed.least * MINOR)
    # An importer that never books a neighbour does not do so in part of a year either.
    by_origin = (wide & (pl.col("honest") == BY_ORIGIN)).fill_null(False)
    untold = (
        pl.when(by_origin)
        .then(None)
        .when((pl.col("months") < WHOLE_YEAR).fill_null(False))
        .then(pl.lit("partial year"))
        .when(pl.col("cut"))
        .then(pl.lit("incomplete file"))
        .when(pl.col("recorded").is_null())
        .then(pl.lit("no figures of the importer"))
        .when(pl.col("other_currency"))
        .then(pl.lit("currencies differ"))
    )
    new = pl.when(pl.col("baseline").is_null()).then(pl.col("low") >= allowed.without_past)
    beyond = wide & new.otherwise(pl.col("above_own") >= allowed.above_own)
    beyond &= pl.col("year") >= allowed.since
    verdict = (
        pl.when(untold.is_not_null())
        .then(pl.lit(UNKNOWN))
        .when(wide & (pl.col("honest") != ""))
        .then(pl.lit(EXPLAINED))
        .when(beyond)
        .then(pl.lit(FLAGGED))
        .otherwise(pl.lit(QUIET))
    )
    reason = pl.when(wide & (pl.col("honest") != "")).then(pl.col("honest"))
    there = pl.when(wide & ~beyond & (pl.col("year") >= allowed.since)).then(pl.lit("was there before"))
    judged = pairs.with_columns(verdict=verdict, reason=pl.coalesce(untold, reason, there, pl.lit("")))
    return judged.drop("arrived", "honest", "other_currency", "cut")
