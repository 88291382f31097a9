"""The Statistical Committee of Armenia: exports and imports by country and month, a column a flow.

Values are thousands of US dollars. Imports stand twice, by country of consignment and of origin; what an
exporter recorded is held against the consignment.
"""

import polars as pl

from screening.flows.layout import Layout
from screening.flows.table import EXPORT, IMPORT, TOTAL

_THOUSAND = 1_000


def _rows(table: pl.LazyFrame) -> pl.LazyFrame:
    names = table.collect_schema().names()
    sent_on = next(name for name in names if name.startswith("import_consig"))
    month = "month" if "month" in names else "timeperiod"
    flows = [_flow(table, month, column, flow) for column, flow in (("export", EXPORT), (sent_on, IMPORT))]
    return pl.concat(flows).filter(pl.col("month") != "Year")


def _flow(table: pl.LazyFrame, month: str, column: str, flow: str) -> pl.LazyFrame:
    thousands = pl.col(column).str.replace("^-$", "0").cast(pl.Float64, strict=False)
    return table.filter(pl.col("country") != "").select(
        "year",
        month=month,
        reporter=pl.lit("AM"),
        partner="country",
        flow=pl.lit(flow),
        code=pl.lit(TOTAL),
        value=(thousands * _THOUSAND).round(2).cast(pl.String),
    )


LAYOUT = Layout(
    name="armstat",
    needs=(
        frozenset({"country"}),
        frozenset({"importconsigment", "importconsignment"}),
        frozenset({"importorigin"}),
    ),
    currency="USD",
    shape=_rows,
)
