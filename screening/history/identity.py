"""Which shipment a row is: the same one is known again in every run.

Identity is (`shipment_id`, `line_number`, `revision`). A row without a `shipment_id` of its own is told
by its file, its place there and all that it says, so that another day's file of the same name holds
other shipments, and the same file again the same ones.
"""

from hashlib import blake2b

import polars as pl

from screening.io.batch import Batch

UNSTATED = -1
"""Stands for a blank revision: lower than any."""
_APART, _BEFORE = "\x1f", "\x1e"


def core_of(batch: Batch) -> pl.DataFrame:
    """For each row of the batch: `line`, `revision`, `said` and `day`, as the core of a part has them."""
    whole = _whole(batch.cells)
    revision = _number(batch.typed, "revision").fill_null(UNSTATED)
    day = batch.typed["shipment_date"] if "shipment_date" in batch.typed.columns else None
    return pl.DataFrame(
        {
            "line": numbers(_line(batch, whole)),
            "revision": revision,
            "said": numbers(whole),
            "day": day if day is not None else pl.Series([None] * len(whole), dtype=pl.Date),
        }
    )


def numbers(texts: pl.Series) -> pl.Series:
    """A number of 64 bits for each text, the same everywhere and for ever, and never 0."""
    told = (blake2b(text.encode(), digest_size=8).digest() for text in texts)
    found = pl.Series([int.from_bytes(one, "little", signed=True) for one in told], dtype=pl.Int64)
    return found.set(found == 0, 1)


def _whole(cells: pl.DataFrame) -> pl.Series:
    """All that each row says, its blank cells apart; the order of the columns does not matter."""
    if not cells.width:
        return pl.Series([""] * cells.height, dtype=pl.String)
    told = [
        pl.when(pl.col(name) != "").then(pl.concat_str(pl.lit(name + _APART), pl.col(name)))
        for name in sorted(cells.columns)
    ]
    return cells.select(pl.concat_str(told, separator=_BEFORE, ignore_nulls=True).alias("said")).to_series()


def _line(batch: Batch, whole: pl.Series) -> pl.Series:
    own = batch.cells["shipment_id"] if "shipment_id" in batch.cells.columns else None
    stated = own.fill_null("") != "" if own is not None else pl.repeat(False, len(whole), eager=True)
    number = _number(batch.typed, "line_number").cast(pl.String).fill_null("")
    parts = pl.DataFrame(
        {"id": batch.typed["shipment_id"], "number": number, "whole": whole, "stated": stated}
    )
    named = pl.concat_str("id", "number", separator=_APART)
    placed = pl.concat_str(pl.lit(_BEFORE), "id", "whole", separator=_APART)
    return parts.select(pl.when("stated").then(named).otherwise(placed)).to_series()


def _number(typed: pl.DataFrame, name: str) -> pl.Series:
    if name in typed.columns:
        return typed[name]
    return pl.Series(name, [None] * typed.height, dtype=pl.Int64)
