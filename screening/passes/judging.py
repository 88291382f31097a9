"""The third pass: what each row says by itself, and what of it goes to the rules over time."""

from datetime import date

import numpy as np
import polars as pl

from screening.engine.shuffle import BUCKETS, WHERE
from screening.io.batch import Batch
from screening.passes.bench import Bench
from screening.passes.binding import other_revisions, settled_batch
from screening.passes.book import PartedBook
from screening.passes.meeting import learn
from screening.passes.stock import put, put_parted
from screening.screener import Facts


def judge(bench: Bench, book: PartedBook, number: int) -> str:
    """Makes the part with the truths of a batch by itself, and its rows as they are dealt."""
    name, screener = book.judged(number), bench.screener
    if bench.parts.has(name):
        return name
    learn(bench, book)
    batch, replaced = settled_batch(bench.parts, book, number)
    amended = screener.amended(batch, other_revisions(bench.parts, book, number))
    facts = screener.facts(batch, amended, besides=screener.fields_over_time)
    rows = _rows(batch, facts, number)
    with bench.parts.making(name) as (folder, told):
        put(folder, "truths", facts.truths.rules)
        put(folder, "hides", facts.hides)
        put(folder, "rejects", screener.with_listed(batch.rejects))
        told |= {"rows": batch.typed.height, "superseded": replaced.typed.height}
        told |= {"rejected": batch.rejects.height, "begins": _first_day(batch), "dealt": {}}
        for shuffle in bench.shuffles:
            dealt = shuffle.dealt(rows)
            put_parted(folder, shuffle.name, dealt)
            counts = np.bincount(dealt["bucket"].to_numpy(), minlength=BUCKETS)
            told["dealt"][shuffle.name] = counts.tolist()
    return name


def _rows(batch: Batch, facts: Facts, number: int) -> pl.DataFrame:
    places = pl.int_range(batch.typed.height, dtype=pl.UInt32, eager=True)
    where = (pl.lit(number, WHERE["part"]).alias("part"), places.alias("place"))
    return facts.fields.with_columns(batch.typed["shipment_id"], *where)


def _first_day(batch: Batch) -> str | None:
    first = batch.typed["shipment_date"].min() if "shipment_date" in batch.typed.columns else None
    return first.isoformat() if isinstance(first, date) else None
