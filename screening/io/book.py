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
    found = list(batches)
    called = file_names(batch.file for batch in found)
    found = [named(batch, called[batch.file]) for batch in found]
    rows = sum(batch.typed.height + batch.rejects.height for batch in found)
    told = standings(pl.concat(identities(batch, number) for number, batch in enumerate(found)))
    settled_batches = [settled(batch, told.filter(pl.col("batch") == n)) for n, batch in enumerate(found)]
    current, superseded = (tuple(one) for one in zip(*settled_batches, strict=True))
    columns = dict.fromkeys(name for batch in current for name in batch.cells.columns)
    return Book(current, superseded, rejects_frame((b.rejects for b in current), columns), rows)


def file_names(files: Iterable[str]) -> dict[str, str]:
    """What each file is called in the names of rows without an id: as shortly as tells it from the others."""
    paths = list(dict.fromkeys(files))
    bases = Counter(Path(path).name for path in paths)
    # Two files of one name in two folders hold different shipments.
    return {path: Path(path).name if bases[Path(path).name] == 1 else path for path in paths}


def named(batch: Batch, called: str) -> Batch:
    """The batch with `shipment_id` filled: a row without one is called FILE#ROW."""
    own = pl.lit(f"{called}#") + pl.col("row").cast(pl.String)
    stated = pl.col("shipment_id") if "shipment_id" in batch.typed.columns else pl.lit(None, pl.String)
    return replace(batch, typed=batch.typed.with_columns(pl.coalesce(stated, own).alias("shipment_id")))


def identities(batch: Batch, number: int) -> pl.DataFrame:
    """What tells each shipment of the batch, which is this one of the book, from others, and its `place`."""
    numbers = [
        (
            pl.col(name).fill_null(_UNSTATED) if name in batch.typed.columns else pl.lit(_UNSTATED, pl.Int64)
        ).alias(name)
        for name in ("line_number", "revision")
    ]
    return batch.typed.select(
        pl.lit(number, pl.Int64).alias("batch"),
        pl.int_range(pl.len(), dtype=pl.UInt32).alias("place"),
        pl.lit(batch.file).alias("file"),
        "row",
        "shipment_id",
        *numbers,
    )


def standings(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows that are told again, or that a higher revision replaces.

    `rows` are `identities`: all of each shipment, in the order of the book. Columns: batch, place, and
    `reason`, why a row is a reject; null where it is replaced.
    """
    keys = rows.with_row_index("number")
    keys = keys.with_columns(pl.col("number").first().over(_IDENTITY).alias("first"))
    newest = pl.col("revision").max().over("shipment_id", "line_number")
    again = pl.col("first") != pl.col("number")
    told = keys.filter(again | (pl.col("revision") < newest))
    first = keys[told["first"]].select(_same_as().alias("reason"))
    twins = told.select(pl.when(again).then(first["reason"]).alias("reason"))
    return told.select("batch", "place").hstack(twins)


def settled(batch: Batch, told: pl.DataFrame) -> tuple[Batch, Batch]:
    """The batch without the rows that `standings` tells of, and those of them that are replaced."""
    if told.is_empty():
        return batch, replace(
            kept(batch, pl.repeat(False, batch.typed.height, eager=True)), rejects=batch.rejects.clear()
        )
    places = pl.int_range(batch.typed.height, dtype=pl.UInt32, eager=True)
    twins = told.filter(pl.col("reason").is_not_null())
    old = places.is_in(told.filter(pl.col("reason").is_null())["place"].implode())
    shown = batch.typed[twins["place"]].select(
        pl.lit("shipment_id").alias("column"), pl.col("shipment_id").alias("value")
    )
    again = places.is_in(twins["place"].implode())
    current = reject(
        kept(batch, ~old), again.filter(~old).arg_true().cast(pl.UInt32), shown.hstack(twins.select("reason"))
    )
    return current, replace(kept(batch, old), rejects=batch.rejects.clear())


def _same_as() -> pl.Expr:
    return (
        pl.lit("same shipment_id, line_number and revision as row ")
        + pl.col("row").cast(pl.String)
        + pl.lit(" of ")
        + pl.col("file")
        + pl.lit("; remove one, or give the later one a higher revision")
    )
