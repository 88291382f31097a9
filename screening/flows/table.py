"""The one table that every statistics file becomes, and what is known of where its rows are from.

Money and weight are whole numbers (hundredths of the currency, grams): sums of them don't depend on the
order of rows, so the same files give the same bytes.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

EXPORT, IMPORT = "export", "import"
TOTAL = "TOTAL"
"""The code of all goods together."""
WORLD, UNION, UNSPECIFIED = "WLD", "EU27", "XX"
"""Partners that are no country: all of them, the European Union as one, and those not told apart."""
MINOR = 100
"""Hundredths in a unit of currency."""

FLOW = pl.Enum([EXPORT, IMPORT])
REVISIONS = ("", "HS1992", "HS1996", "HS2002", "HS2007", "HS2012", "HS2017", "HS2022")
SCHEMA = pl.Schema(
    {
        "period": pl.Date(),
        "months": pl.Int8(),
        "reporter": pl.Categorical(),
        "partner": pl.Categorical(),
        "flow": FLOW,
        "revision": pl.Enum(list(REVISIONS)),
        "code": pl.Categorical(),
        "value": pl.Int64(),
        "currency": pl.Categorical(),
        "weight_g": pl.Int64(),
        "source": pl.Categorical(),
    }
)
"""`period` is its first day, `months` 1 or 12; `value` in hundredths of `currency`."""
KEY = ("period", "months", "reporter", "partner", "flow", "code")
"""What one figure is about."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where rows of the table are from."""

    name: str
    layout: str
    digest: str
    rows: int
    extracted_on: dt.date | None = None
    """The day on which the figures were taken from the statistics, where it is known."""
    left_out: tuple[str, ...] = ()
    """What of the file has no place in the table, in a sentence each."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """Figures of one or more sources, each figure once."""

    rows: pl.DataFrame
    sources: tuple[Source, ...]


NO_STATISTICS = Statistics(pl.DataFrame(schema=SCHEMA), ())


def joined(parts: Iterable[Statistics]) -> Statistics:
    """All parts as one; of a figure that several have, the one that was extracted last counts."""
    told = [part for part in parts if part.rows.height]
    if not told:
        return NO_STATISTICS
    sources = sorted((source for part in told for source in part.sources), key=_age)
    rows = pl.concat([part.rows for part in told])
    if len(told) > 1 and _overlapping(told):
        rank = {source.name: number for number, source in enumerate(sources)}
        newest = pl.col("source").cast(pl.String).replace_strict(rank, return_dtype=pl.Int32)
        rows = rows.with_columns(newest.alias("rank")).sort("rank", descending=True, maintain_order=True)
        rows = rows.unique(KEY, keep="first", maintain_order=True).drop("rank")
    return Statistics(rows, tuple(sources))


def _age(source: Source) -> tuple[dt.date, str]:
    return source.extracted_on or dt.date.min, source.name


def _overlapping(parts: list[Statistics]) -> bool:
    """Whether two parts speak of the same reporter, flow and kind of period."""
    spoken = [part.rows.select("reporter", "flow", "months").unique() for part in parts]
    return pl.concat(spoken).is_duplicated().any()
