"""What rules say of rows: of each by itself where it stands, over time where its group comes together.

A row's truths go to its block, and the row itself to the buckets of its groups (`engine/shuffle.py`);
what is found there goes to the block too.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import polars as pl
import pyarrow as pa

from screening.engine.related import Measured, Related
from screening.engine.shuffle import WHERE, joined
from screening.io.batch import Batch
from screening.ruleset.windows import WindowRule
from screening.screener import Facts
from screening.spark.parcels import Outbox, block_of, opened, parcels, table_of
from screening.spark.reading import Parts, amended, standing_batches
from screening.spark.work import Work

TOLD, JUDGED = "told", "judged"
HIDES = "hides "
"""Before the id of a rule: whether an exception hides it."""
_FOUND = {"row": pl.UInt32, "rule": pl.String, "truth": pl.Boolean, "behind": pl.String}


def told(parts: Parts, work: Work) -> Iterator[pa.RecordBatch]:
    """What each row says by itself, on its way to its block, and the row on its way to its groups."""
    screener, deals = work.screener, work.shuffles
    out = Outbox(dict.fromkeys(deals, pl.col("bucket") // work.buckets) | {TOLD: block_of()})
    for batch in standing_batches(parts, work):
        facts = screener.facts(batch, amended(batch, work), besides=screener.fields_over_time)
        yield from out.put(TOLD, _truths(batch, facts))
        rows = _placed(batch, facts)
        for name, shuffle in deals.items():
            yield from out.put(name, shuffle.dealt(rows))
    yield from out.emptied()


def _truths(batch: Batch, facts: Facts) -> pl.DataFrame:
    there = "line_number" in batch.typed.columns
    line = pl.col("line_number") if there else pl.lit(None, pl.Int64).alias("line_number")
    hides = [column.alias(f"{HIDES}{column.name}") for column in facts.hides.get_columns()]
    rows = batch.typed.select("row", "shipment_id", line)
    return rows.hstack([*facts.truths.rules.get_columns(), *hides])


def _placed(batch: Batch, facts: Facts) -> pl.DataFrame:
    """The fields of the rows, which a book of one batch has at the places of their numbers."""
    where = batch.typed.select(
        pl.lit(0, pl.UInt32).alias("part"), pl.col("row").alias("place"), "shipment_id"
    )
    return where.hstack(facts.fields.get_columns())


def judged(table: pa.Table, work: Work) -> pa.Table:
    """What the rules of a shuffle find among the rows of some buckets, on its way to the rows' blocks.

    A row is there with each rule that is true of it, and what is behind it, or whose truth is unknown.
    """
    kind, group = table["kind"][0].as_py(), table["key"][0].as_py()
    shuffle, dealt = work.shuffles[kind], joined(opened(table, kind))
    buckets = range(group * work.buckets, (group + 1) * work.buckets)
    found = shuffle.found(dealt, work.begins, buckets)
    true = found.filter("truth")
    behind = shuffle.related(dealt, work.begins, true) if true.height else []
    texts = true.select(*WHERE, "rule", pl.Series("behind", list(map(_text_of, behind)), pl.String))
    whole = found.join(texts, on=[*WHERE, "rule"], how="left", maintain_order="left")
    rows = whole.select(row="place", rule="rule", truth="truth", behind="behind").cast(pl.Schema(_FOUND))
    return table_of(parcels(JUDGED, rows, block_of()))


@dataclass(frozen=True)
class OverTime:
    """What the rules over time found among the rows of a block."""

    found: pl.DataFrame

    @classmethod
    def of(cls, table: pa.Table) -> "OverTime":
        """What came with these parcels."""
        return cls(pl.concat([pl.DataFrame(schema=_FOUND), *opened(table, JUDGED)]))

    def truths(self, rules: Sequence[WindowRule], rows: pl.Series) -> pl.DataFrame:
        """The truth of each rule for each of the rows: false where nothing was found."""
        return pl.DataFrame([self._truth(rule.id, rows) for rule in rules])

    def _truth(self, rule: str, rows: pl.Series) -> pl.Series:
        own = self.found.filter(pl.col("rule") == rule)
        true, unknown = own.filter("truth")["row"], own.filter(pl.col("truth").is_null())["row"]
        row = pl.col(rows.name)
        told = pl.when(row.is_in(true.implode())).then(True).when(~row.is_in(unknown.implode())).then(False)
        return rows.to_frame().select(told.alias(rule)).to_series()

    def behind(self, rows: pl.Series) -> "Behind":
        """What stands behind the findings of the rows."""
        own = self.found.filter(pl.col("truth") & pl.col("row").is_in(rows.implode()))
        told = zip(own["row"], own["rule"], own["behind"], strict=True)
        return Behind(rows.to_list(), {(row, rule): text for row, rule, text in told})


@dataclass(frozen=True)
class Behind:
    """The shipments behind findings over time, as they were told beside them."""

    rows: list[int]
    texts: dict[tuple[int, str], str]

    def related(self, rule_id: str, at: int) -> Related:
        """What the rule's finding on the row at this position rests on."""
        return _related_of(json.loads(self.texts[self.rows[at], rule_id]))


def _text_of(found: Related) -> str:
    return json.dumps(asdict(found), ensure_ascii=False, default=date.isoformat)


def _related_of(told: dict[str, Any]) -> Related:
    measured = told["measured"]
    days = {day: date.fromisoformat(measured[day]) for day in ("first", "last") if measured[day]}
    return Related(tuple(told["shipments"]), told["total"], Measured(**(measured | days)))
