"""All shipments of a run, each once.

Identity is (`shipment_id`, `line_number`, `revision`) over all files of the run: the same one twice is
a reject, and a higher revision supersedes a lower one. So the book is read whole before it is screened.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from screening.io.batch import Batch, kept, reject, rejects_frame
from screening.io.mapping import ColumnMapping
from screening.io.readers import read_shipments

_IDENTITY = ("shipment_id", "line_number", "revision")
_UNSTATED = -1
"""Stands for a blank line number or revision: equal to another blank, and lower than any."""


@dataclass(frozen=True, slots=True)
class Book:
    """The shipments of a run.

    `batches` hold the rows to screen, in the order of the files; every one has a `shipment_id` in its
    typed columns. `superseded` holds the rows of lower revisions, batch by batch. `rejects` are those
    of all files. `rows` = rows in `batches` + `rejected` + `superseded_rows`.
    """

    batches: tuple[Batch, ...]
    superseded: tuple[Batch, ...]
    rejects: pl.DataFrame
    rows: int

    @property
    def present(self) -> frozenset[str]:
        """The contract's columns that at least one file has."""
        return frozenset[str]().union(*(batch.present for batch in self.batches))

    @property
    def rejected(self) -> int:
        """How many rows are rejects."""
        return self.rejects.height

    @property
    def superseded_rows(self) -> int:
        """How many rows a higher revision replaces."""
        return sum(batch.typed.height for batch in self.superseded)


def read_book(sources: Sequence[str | Path], mapping: ColumnMapping | None = None) -> Book:
    """The book of these files; raises InputError where one can't be read."""
    return bound([batch for source in sources for batch in read_shipments(source, mapping)])


def bound(batches: Iterable[Batch]) -> Book:
    """The book that these batches make, in this order."""
    batches = _identified(list(batches))
    rows = sum(batch.typed.height + batch.rejects.height for batch in batches)
    keys = _keys(batches)
    current, superseded = [], []
    for number, batch in enumerate(batches):
        own = keys.filter(pl.col("batch") == number)
        twin = own["first"] != own["place"]
        old = own["superseded"] & ~twin
        superseded.append(replace(kept(batch, old), rejects=batch.rejects.clear()))
        current.append(_without(batch, own, twin, old, keys))
    columns = dict.fromkeys(name for batch in current for name in batch.cells.columns)
    rejects = rejects_frame((batch.rejects for batch in current), columns)
    return Book(tuple(current), tuple(superseded), rejects, rows)


def _identified(batches: list[Batch]) -> list[Batch]:
    """The batches with `shipment_id` filled: a row without one is called FILE#ROW."""
    files = dict.fromkeys(batch.file for batch in batches)
    bases = Counter(Path(file).name for file in files)
    return [_named(batch, Path(batch.file).name, bases) for batch in batches]


def _named(batch: Batch, base: str, bases: Counter[str]) -> Batch:
    # Two files of one name in two folders hold different shipments.
    file = base if bases[base] == 1 else batch.file
    own = pl.lit(f"{file}#") + pl.col("row").cast(pl.String)
    stated = pl.col("shipment_id") if "shipment_id" in batch.typed.columns else pl.lit(None, pl.String)
    return replace(batch, typed=batch.typed.with_columns(pl.coalesce(stated, own).alias("shipment_id")))


def _keys(batches: list[Batch]) -> pl.DataFrame:
    """One row a shipment: where it stands, the first place of its identity, whether it is superseded."""
    parts = [_identity(batch, number) for number, batch in enumerate(batches)]
    keys = pl.concat(parts).with_row_index("place")
    keys = keys.with_columns(pl.col("place").first().over(_IDENTITY).alias("first"))
    newest = pl.col("revision").max().over("shipment_id", "line_number")
    return keys.with_columns((pl.col("revision") < newest).alias("superseded"))


def _identity(batch: Batch, number: int) -> pl.DataFrame:
    numbers = [
        (
            pl.col(name).fill_null(_UNSTATED) if name in batch.typed.columns else pl.lit(_UNSTATED, pl.Int64)
        ).alias(name)
        for name in ("line_number", "revision")
    ]
    return batch.typed.select(
        pl.lit(number, pl.Int64).alias("batch"),
        pl.lit(batch.file).alias("file"),
        "row",
        "shipment_id",
        *numbers,
    )


def _without(batch: Batch, own: pl.DataFrame, twin: pl.Series, old: pl.Series, keys: pl.DataFrame) -> Batch:
    if not (twin | old).any():
        return batch
    told = own.filter(twin).select(
        pl.lit("shipment_id").alias("column"),
        pl.col("shipment_id").alias("value"),
        _same_as(keys[own.filter(twin)["first"]]).alias("reason"),
    )
    return reject(kept(batch, ~old), twin.filter(~old).arg_true().cast(pl.UInt32), told)


def _same_as(first: pl.DataFrame) -> pl.Series:
    return first.select(
        pl.lit("same shipment_id, line_number and revision as row ")
        + pl.col("row").cast(pl.String)
        + pl.lit(" of ")
        + pl.col("file")
        + pl.lit("; remove one, or give the later one a higher revision")
    ).to_series()
