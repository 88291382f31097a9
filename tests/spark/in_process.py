"""The tasks of Spark one after the other in this process: what a cluster does, without one.

So each task can be tested and measured by itself.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from time import process_time
from typing import Any, Generic, TypeVar

import polars as pl
import pyarrow as pa

from screening.io.mapping import ColumnMapping
from screening.screener import Screener
from screening.spark import judging, reading, results, standing
from screening.spark.parcels import packed, unpacked
from screening.spark.recipe import Recipe
from screening.spark.work import Known, Work

Table = TypeVar("Table")
Value = TypeVar("Value")
GROUPS = 4
NO_RECIPE = Recipe(b"", "")


@dataclass(frozen=True)
class Here(Work):
    """The work of a task in this process."""

    own: Screener | None = None

    @property
    def screener(self) -> Screener:
        """The screener of this process."""
        assert self.own is not None
        return self.own


@dataclass(frozen=True)
class Everywhere(Generic[Value]):
    """A value that is everywhere already."""

    value: Value


@dataclass
class Cluster:
    """A cluster of one process; it counts the processor's seconds, and the bytes that tasks send."""

    screener: Screener
    rows: pa.Table
    """The rows with a column `reading.NUMBER`."""
    partition: int = 50_000
    seconds: dict[str, float] = field(default_factory=dict)
    sent: dict[str, int] = field(default_factory=dict)

    def screened(self) -> pl.DataFrame:
        """What `screening.spark.screen` tells of the rows."""
        work = self._known(
            Here(Everywhere(NO_RECIPE), "table", ColumnMapping(), None, GROUPS, own=self.screener)
        )
        told = self._over(judging.told, work)
        own = [batch for batch in told if batch["kind"][0].as_py() == judging.TOLD]
        apart = [batch for batch in told if batch["kind"][0].as_py() != judging.TOLD]
        held = own + self._grouped(judging.judged, apart, work)
        alerts = [
            row for table in self._tasks(results.alerted, held, work) for row in table["row"].to_pylist()
        ]
        chosen = packed(pl.DataFrame({"row": alerts}, {"row": pl.UInt32}))
        raw = self._over(results.picked, replace(work, chosen=Everywhere(chosen)))
        tables = self._tasks(results.written, held + raw, work)
        return pl.concat([pl.DataFrame(pl.from_arrow(table)) for table in tables]).sort("row")

    def _known(self, work: Here) -> Here:
        stood = self._grouped(standing.stood, self._over(standing.identified, work), work)
        told = pl.concat(_frames(stood))
        shared = told.filter(pl.col("row").is_not_null())
        gone = shared.filter("gone").select("row", "reason").sort("row")
        nothing = packed(pl.DataFrame(schema={"row": pl.UInt32}))
        known = Known(packed(gone), nothing, told["day"].min())  # type: ignore[arg-type]
        work = replace(work, known=Everywhere(known))
        chosen = replace(work, chosen=Everywhere(packed(shared.select("row"))))
        amended = self._grouped(standing.compared, self._over(standing.papers, chosen), work)
        if amended:
            known = replace(known, amended=packed(pl.concat(_frames(amended))))
        return replace(work, known=Everywhere(known))

    def _over(self, task: Callable[..., Iterator[pa.RecordBatch]], work: Here) -> list[pa.RecordBatch]:
        parts = [self.rows.slice(at, self.partition) for at in range(0, self.rows.num_rows, self.partition)]
        return self._timed(task, (list(task(part.to_batches(), work)) for part in parts))

    def _grouped(
        self, task: Callable[..., pa.Table], sent: list[pa.RecordBatch], work: Here
    ) -> list[pa.RecordBatch]:
        return [batch for table in self._tasks(task, sent, work) for batch in table.to_batches()]

    def _tasks(self, task: Callable[..., pa.Table], sent: list[pa.RecordBatch], work: Here) -> list[pa.Table]:
        groups: dict[Any, list[pa.RecordBatch]] = {}
        by_kind = task is judging.judged
        for batch in sent:
            key = (batch["kind"][0].as_py() if by_kind else "", batch["key"][0].as_py())
            groups.setdefault(key, []).append(batch)
        tables = ([task(pa.Table.from_batches(group), work)] for _, group in sorted(groups.items()))
        return self._timed(task, tables)

    def _timed(self, task: Callable[..., Any], found: Iterable[list[Table]]) -> list[Table]:
        began = process_time()
        told = [one for some in found for one in some]
        name = task.__name__
        self.seconds[name] = self.seconds.get(name, 0.0) + process_time() - began
        self.sent[name] = self.sent.get(name, 0) + sum(one.nbytes for one in told)  # type: ignore[attr-defined]
        return told


def _frames(parcels: Iterable[pa.RecordBatch]) -> list[pl.DataFrame]:
    return [unpacked(body) for parcel in parcels for body in parcel["body"].to_pylist()]


def numbered(table: pa.Table) -> pa.Table:
    """The table with the numbers of its rows where tasks look for them."""
    return table.append_column(reading.NUMBER, pa.array(range(1, table.num_rows + 1), pa.int64()))
