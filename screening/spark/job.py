"""The driver's part: which tasks there are, in what order, and what each is told of the ones before.

    rows ─▶ identified ─▶ stood ─▶ (papers ─▶ compared)       which rows stand, and what they changed
      ├──▶ told ─┬─▶ judged ─┐
      │          └───────────┴─▶ alerted                      what rules say, and which rows are alerts
      └──▶ picked ─────────────▶ written                      the records of these

What is told of the whole book is small, is brought to the driver, and goes to every executor once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
from pyspark import StorageLevel
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from screening.errors import UsageError
from screening.io.arrow_tables import table_parts
from screening.io.mapping import ColumnMapping, read_mapping
from screening.options import Options, prepare
from screening.spark import judging, reading, results, standing
from screening.spark.parcels import SCHEMA, packed, unpacked
from screening.spark.recipe import recipe_of
from screening.spark.work import Known, Work

HELD = StorageLevel.MEMORY_AND_DISK
"""Where Spark keeps what two stages read."""


def screen(
    df: DataFrame,
    rules: str | Path | None = None,
    watchlists: str | Path | Sequence[str | Path] = (),
    bundled: bool = True,
    *,
    exceptions: str | Path | None = None,
    rates: str | Path | None = None,
    mapping: str | Path | None = None,
    row: str | None = None,
    file: str = "table",
    records: bool = True,
) -> DataFrame:
    """A row for each sound shipment of the DataFrame, in the columns of `RESULT`.

    `record` is the alert as JSON; null for a clear shipment, and without `records`.

    `rules`, `watchlists`, `bundled`, `exceptions`, `rates` and `mapping` are those of the command line, as
    paths on the driver. `row` names a column of whole numbers from 1 that gives the book its order; without
    it rows are numbered as Spark holds them. `file` is what the rows are said to be from.

    Raises ScreeningError before any job runs, for what can't be used.
    """
    job = _Job.of(df, _options(rules, watchlists, bundled, exceptions, rates), mapping, row, file)
    return job.screened(records)


def rejects(
    df: DataFrame,
    rules: str | Path | None = None,
    watchlists: str | Path | Sequence[str | Path] = (),
    bundled: bool = True,
    *,
    mapping: str | Path | None = None,
    row: str | None = None,
    file: str = "table",
) -> DataFrame:
    """The rows that `screen` leaves out, since they can't be read or are told again, with the reason.

    The columns are those of a rejects file. Of the rules only their policy counts: from which score on a
    name is shown as listed. Raises what `screen` raises.
    """
    return _Job.of(df, _options(rules, watchlists, bundled, None, None), mapping, row, file).rejected()


def _options(
    rules: str | Path | None,
    watchlists: str | Path | Sequence[str | Path],
    bundled: bool,
    exceptions: str | Path | None,
    rates: str | Path | None,
) -> Options:
    one = [watchlists] if isinstance(watchlists, str | Path) else watchlists
    return Options(
        sources=(),
        rules=_text(rules),
        watchlists=tuple(map(str, one)),
        bundled=bundled,
        exceptions=_text(exceptions),
        rates=_text(rates),
    )


def _text(path: str | Path | None) -> str | None:
    return None if path is None else str(path)


@dataclass
class _Job:
    spark: SparkSession
    rows: DataFrame
    """The rows with their numbers."""
    work: Work

    @classmethod
    def of(
        cls, df: DataFrame, options: Options, mapping: str | Path | None, row: str | None, file: str
    ) -> "_Job":
        if df.isStreaming:
            raise UsageError("a stream has no end, and rules over time need it; screen it in parts")
        stated = read_mapping(mapping) if mapping else ColumnMapping()
        # What can't be used is told here, before any executor starts.
        prepare(options)
        next(table_parts(df.limit(0).toArrow(), file, stated))
        spark = df.sparkSession
        recipe = spark.sparkContext.broadcast(recipe_of(options))
        rows, starts = _numbered(df, row)
        work = Work(recipe, file, stated, starts, _groups(rows))
        return cls(spark, rows, work)

    @cached_property
    def known(self) -> Work:
        """The work of a task that knows the book as a whole."""
        stood = _grouped(self._over(standing.identified, self.work), standing.stood, self.work, "key")
        told = pl.concat([pl.DataFrame(schema=standing.STOOD), *_brought(stood)])
        begins = told["day"].min()
        shared = told.filter(pl.col("row").is_not_null())
        gone = shared.filter("gone").select("row", "reason").sort("row")
        known = Known(packed(gone), packed(_nothing()), begins)  # type: ignore[arg-type]
        work = replace(self.work, known=self._broadcast(known))
        if gone["reason"].null_count() == 0:
            return work
        return replace(work, known=self._broadcast(replace(known, amended=self._compared(shared, work))))

    def _compared(self, shared: pl.DataFrame, work: Work) -> bytes:
        chosen = replace(work, chosen=self._broadcast(packed(shared.select("row"))))
        papers = self._over(standing.papers, chosen)
        found = _brought(_grouped(papers, standing.compared, work, "key"))
        return packed(pl.concat(found) if found else _nothing())

    def screened(self, records: bool) -> DataFrame:
        """The rows of `results.RESULT`."""
        work = self.known
        told = self._over(judging.told, work).persist(HELD)
        apart = told.filter(F.col("kind") != judging.TOLD)
        judged = _grouped(apart, judging.judged, work, "kind", "key").persist(HELD)
        whole = told.filter(F.col("kind") == judging.TOLD).unionByName(judged)
        if not records:
            return _grouped(whole, results.decided, work, "key", schema=results.RESULT)
        found = _grouped(whole, results.alerted, work, "key", schema=results.ALERT)
        rows = pl.DataFrame(pl.from_arrow(found.toArrow())).cast({"row": pl.UInt32}).sort("row")
        chosen = replace(work, chosen=self._broadcast(packed(rows)))
        raw = self._over(results.picked, chosen)
        return _grouped(whole.unionByName(raw), results.written, work, "key", schema=results.RESULT)

    def rejected(self) -> DataFrame:
        """The rows of `results.REJECT`."""
        return self._over(results.rejected, self.known, results.REJECT)

    def _over(self, task: Callable[..., Any], work: Work, schema: str = SCHEMA) -> DataFrame:
        return self.rows.mapInArrow(partial(task, work=work), schema)

    def _broadcast(self, value: Any) -> Any:
        return self.spark.sparkContext.broadcast(value)


def _numbered(df: DataFrame, row: str | None) -> tuple[DataFrame, dict[int, int] | None]:
    """The rows with their numbers, or with places from which tasks tell them by what comes before."""
    if row is not None:
        return df.withColumn(reading.NUMBER, F.col(row).cast("long")), None
    # Kept, since Spark may part rows otherwise when it is asked a second time.
    held = df.withColumn(reading.NUMBER, F.monotonically_increasing_id()).persist(HELD)
    part = F.shiftright(reading.NUMBER, reading.LOW).alias("part")
    counts = sorted((found["part"], found["count"]) for found in held.groupBy(part).count().collect())
    starts, before = {}, 0
    for number, count in counts:
        starts[number] = before
        before += count
    return held, starts


def _grouped(
    parcels: DataFrame,
    task: Callable[[pa.Table, Work], pa.Table],
    work: Work,
    *keys: str,
    schema: str = SCHEMA,
) -> DataFrame:
    def apply(table: pa.Table) -> pa.Table:  # Spark goes by the types that are stated here
        return task(table, work)

    return parcels.groupBy(*keys).applyInArrow(apply, schema)


def _brought(parcels: DataFrame) -> list[pl.DataFrame]:
    return [unpacked(body) for body in parcels.toArrow()["body"].to_pylist()]


def _groups(rows: DataFrame) -> int:
    """As many groups as there are partitions, or a few more."""
    parts: int = rows.rdd.getNumPartitions()
    return 1 << max(0, parts - 1).bit_length()


def _nothing() -> pl.DataFrame:
    return pl.DataFrame(schema={"row": pl.UInt32})
