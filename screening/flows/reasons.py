"""Honest reasons for a gap, told apart by what else the statistics say.

bookkeeping by origin      the importer never booked these goods under this neighbour, and books as much from
                           their makers; the neighbour buys them itself
port effect                the exporter is a port of others' goods, and the gap was there before
customs-union simplification  no customs border lies between the two, and traders are asked by survey
confidential lines         the importer hides what is missing in a heading, or under goods not specified
"""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from screening.flows.figures import Figures, lanes_only
from screening.flows.table import IMPORT, TOTAL
from screening.flows.unions import members
from screening.phrases import rows

BY_ORIGIN = "bookkeeping by origin"
NEVER = 0.05
"""Of what was sent, the importer booked at most this share in any year."""
BOUGHT = 0.5
"""The neighbour itself bought at least this share of what it sends on."""
HEADING = 4
"""Digits of a heading."""
PORT = 0.25
"""The gap of a port must have been this large before."""
HIDDEN = 0.5
"""Hidden lines explain a gap of which they are at least this share."""
_UNSPECIFIED = "^(99|98)|[^0-9]"
_PAIR = ("exporter", "importer", "goods")


@dataclass(frozen=True)
class Reasons:
    """What speaks for an honest gap, by country and goods."""

    bought: pl.DataFrame
    """`country`, `goods`, `year`: what it booked as bought from anybody, `bought`."""
    hidden: pl.DataFrame
    """`importer`, `exporter`, `heading`, `year`: what lies in the heading or in no goods, `hidden`."""

    @classmethod
    def of(cls, figures: Figures) -> "Reasons":
        """The reasons that the figures give."""
        imports = lanes_only(figures.yearly(IMPORT))
        country, goods = pl.col("reporter").cast(pl.String).alias("country"), pl.col("goods").cast(pl.String)
        bought = imports.group_by(country, goods, "year").agg(bought=pl.col("value").sum())
        return cls(bought, _hidden(figures.statistics.rows))


def _hidden(rows: pl.DataFrame) -> pl.DataFrame:
    """What importers booked under headings without telling the code, or under no goods at all."""
    unplaced = rows.filter((pl.col("flow") == IMPORT) & pl.col("code").is_in(_telling(rows)))
    code, value = pl.col("code").cast(pl.String), pl.col("value")
    lane = [
        pl.col(end).cast(pl.String).alias(name)
        for end, name in (("reporter", "importer"), ("partner", "exporter"))
    ]
    year = pl.col("period").dt.year().alias("year")
    unnamed = code.str.contains(_UNSPECIFIED) & (code != TOTAL)
    heading = pl.when(unnamed).then(pl.lit("")).otherwise(code.str.slice(0, 4)).alias("heading")
    narrow = code.str.len_chars() == 6
    sums = unplaced.group_by(*lane, heading, year).agg(
        unnamed=value.filter(unnamed).sum(),
        whole=value.filter(~unnamed & ~narrow).sum(),
        narrow=value.filter(~unnamed & narrow).sum(),
    )
    left = pl.when(pl.col("whole") > 0).then(pl.col("whole") - pl.col("narrow")).otherwise(0)
    found = sums.select("importer", "exporter", "heading", "year", hidden=pl.col("unnamed") + left)
    return found.filter(pl.col("hidden") > 0)


def _telling(rows: pl.DataFrame) -> pl.Series:
    """The codes of headings, what stands beneath them, and goods not specified: few of all codes."""
    codes = rows["code"].unique()
    text = codes.cast(pl.String)
    unnamed = text.str.contains(_UNSPECIFIED) & (text != TOTAL)
    headings = text.filter(~unnamed & (text.str.len_chars() == HEADING)).to_list()
    return codes.filter(unnamed | (text.str.slice(0, HEADING).is_in(headings) & (text != TOTAL)))


def reason_given(pairs: pl.DataFrame, reasons: Reasons) -> pl.DataFrame:
    """The pairs with the first honest reason that holds, under `honest`; blank where none does."""
    known = _with_purchases(pairs, reasons)
    known = _with_hidden(known, reasons)
    known = _with_customs_union(known)
    ports = [line["country"] for line in rows(Path(__file__).parent / "entrepots.csv")]
    by_origin = pl.col("never") & (pl.col("elsewhere") >= pl.col("sent"))
    by_origin &= (pl.col("own_purchases") >= BOUGHT * pl.col("sent")) & (pl.col("goods") != TOTAL)
    port = pl.col("exporter").is_in(ports) & (pl.col("baseline").fill_null(1) >= PORT)
    hidden = pl.col("hidden") >= HIDDEN * pl.col("missing")
    honest = (
        pl.when(by_origin.fill_null(False))
        .then(pl.lit(BY_ORIGIN))
        .when(pl.col("one_customs"))
        .then(pl.lit("customs-union simplification"))
        .when(hidden.fill_null(False))
        .then(pl.lit("confidential lines"))
        .when(port.fill_null(False))
        .then(pl.lit("port effect"))
        .otherwise(pl.lit(""))
    )
    return known.with_columns(honest=honest).select(*pairs.columns, "honest")


def _with_purchases(pairs: pl.DataFrame, reasons: Reasons) -> pl.DataFrame:
    """What the importer bought elsewhere, what the exporter bought itself, and whether they never agreed."""
    bought = reasons.bought
    known = pairs.join(
        bought, left_on=["importer", "goods", "year"], right_on=["country", "goods", "year"], how="left"
    )
    own = bought.rename({"bought": "own_purchases"})
    known = known.join(
        own, left_on=["exporter", "goods", "year"], right_on=["country", "goods", "year"], how="left"
    )
    share = pl.col("recorded") / pl.col("sent")
    most = pairs.filter(pl.col("sent") > 0).group_by(_PAIR).agg(most=share.max())
    never = most.filter(pl.col("most") <= NEVER).select(*_PAIR, never=True)
    known = known.join(never, on=list(_PAIR), how="left")
    return known.with_columns(elsewhere=pl.col("bought") - pl.col("recorded"))


def _with_hidden(pairs: pl.DataFrame, reasons: Reasons) -> pl.DataFrame:
    on = ["importer", "exporter", "heading", "year"]
    placed = pairs.with_columns(heading=pl.col("goods").str.slice(0, 4))
    known = placed.join(reasons.hidden, on=on, how="left")
    unnamed = reasons.hidden.filter(pl.col("heading") == "").drop("heading").rename({"hidden": "unnamed"})
    known = known.join(unnamed, on=["importer", "exporter", "year"], how="left")
    both = pl.col("hidden").fill_null(0) + pl.col("unnamed").fill_null(0)
    return known.with_columns(hidden=pl.when(pl.col("goods") != TOTAL).then(both).otherwise(0))


def _with_customs_union(pairs: pl.DataFrame) -> pl.DataFrame:
    inside = members("countries/customs_union")
    known = pairs
    for end in ("exporter", "importer"):
        there = inside.select(pl.col("country").alias(end), "year", pl.lit(True).alias(f"{end}_inside"))
        known = known.join(there, on=[end, "year"], how="left")
    both = pl.col("exporter_inside").fill_null(False) & pl.col("importer_inside").fill_null(False)
    return known.with_columns(one_customs=both)
