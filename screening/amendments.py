"""What changed on a shipment's papers: each revision beside the one before it.

A late change of consignee, route or payer is a published red flag. It shows only where the book
has both revisions, so these fields are made for a whole book and not for a row by itself.
"""

import polars as pl

from screening.fields import FIELDS
from screening.parties import name_keys
from screening.phrases import folded

AMENDED = frozenset(name for name in FIELDS if "revision" in FIELDS[name].columns) - {"shipment.revision"}
"""The fields that compare a revision with the one before."""
_IDENTITY = ["story", "shipment_id", "line_number"]
_REVISION = pl.col("revision")
_FIRST = 1
_ALONE = pl.when(_REVISION.fill_null(_FIRST) <= _FIRST).then(False)


def amendments(rows: pl.DataFrame, others: pl.DataFrame, wanted: frozenset[str]) -> pl.DataFrame:
    """The wanted of the fields `AMENDED` for each of the rows, a Boolean column a field.

    `rows` and `others` (superseded and earlier revisions) have the typed columns of a book, with
    `shipment_id` and `story`. A revision is compared with the next lower one. A first one changed
    nothing; a later one whose predecessor is in neither frame is unknown.
    """
    names = sorted(wanted & AMENDED)
    if "revision" not in rows.columns or not names:
        return rows.select(pl.lit(None, pl.Boolean).alias(name) for name in names)
    ids = pl.concat([rows["shipment_id"], others["shipment_id"]])
    if ids.n_unique() == len(ids):
        # Most books have every shipment once, and nothing to compare.
        return rows.select(formula.alias(name) for name, formula in unamended(wanted).items())
    changed = _changed(_papers(rows, others), names)
    there = rows.select(_REVISION).with_row_index("place")
    joined = there.join(changed, on="place", how="left", maintain_order="left")
    compared = pl.col("compared").fill_null(False)
    return joined.select(pl.when(compared).then(pl.col(name)).otherwise(_ALONE).alias(name) for name in names)


def unamended(wanted: frozenset[str]) -> dict[str, pl.Expr]:
    """The wanted of the fields `AMENDED` for rows that are compared with no other."""
    return dict.fromkeys(sorted(wanted & AMENDED), _ALONE)


def _papers(rows: pl.DataFrame, others: pl.DataFrame) -> pl.DataFrame:
    """Every revision of the shipments that have several, in order; `place` is null for those of others."""
    placed = rows.with_row_index("place")
    parts = [placed, others.with_columns(pl.lit(None, pl.UInt32).alias("place"))]
    whole = pl.concat(parts, how="diagonal")
    if "line_number" not in whole.columns:
        whole = whole.with_columns(pl.lit(None, pl.Int64).alias("line_number"))
    several = whole.filter(pl.len().over(_IDENTITY) > 1)
    once = several.unique([*_IDENTITY, "revision"], keep="first", maintain_order=True)
    return once.sort([*_IDENTITY, "revision"], nulls_last=False, maintain_order=True)


def _changed(papers: pl.DataFrame, names: list[str]) -> pl.DataFrame:
    columns = dict.fromkeys(c for name in names for c in FIELDS[name].columns if c != "revision")
    facts = papers.select(
        "place",
        *_IDENTITY,
        *(_comparable(papers, column) for column in columns),
    )
    earlier = facts.select(
        pl.col(column).shift(1).over(_IDENTITY).name.suffix(" before") for column in columns
    )
    later = facts.select("place", (pl.int_range(pl.len()).over(_IDENTITY) > 0).alias("compared"))
    told = facts.hstack(earlier).select(_differs(name).alias(name) for name in names)
    return later.hstack(told).filter(pl.col("place").is_not_null())


def _differs(name: str) -> pl.Expr:
    """True where one of the field's columns differs; unknown where one of the two is blank."""
    return pl.any_horizontal(_differ(c) for c in FIELDS[name].columns if c != "revision")


def _differ(column: str) -> pl.Expr:
    one, other = pl.col(column), pl.col(f"{column} before")
    return pl.when(one.is_null() & other.is_null()).then(False).otherwise(one != other)


def _comparable(papers: pl.DataFrame, column: str) -> pl.Series:
    """The cells of a column, alike where only their spelling differs."""
    if column not in papers.columns:
        return pl.Series(column, [None] * papers.height, dtype=pl.Boolean)
    cells = papers[column]
    if column.endswith("_name"):
        return name_keys(cells)
    frame = cells.to_frame()
    match column:
        case "hs_code":
            return frame.select(pl.col(column).str.slice(0, 6)).to_series()
        case "goods_description":
            return frame.select(folded(pl.col(column))).to_series()
        case "transit_countries":
            return frame.select(pl.col(column).list.join(";")).to_series()
        case "currency":
            return frame.select(pl.col(column).str.to_uppercase()).to_series()
    return cells
