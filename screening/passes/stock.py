"""Batches on disk: written once, and read as often as a pass needs them."""

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyarrow
import pyarrow.ipc

from screening.io.batch import Batch

_OPEN = 6
"""Frames that are mapped at once where pieces of many are wanted."""


def put(folder: Path, name: str, frame: pl.DataFrame) -> None:
    """The frame under this name; not compressed, so that it is read by mapping it into memory."""
    frame.write_ipc(folder / f"{name}.arrow", compression="uncompressed")


def put_parted(folder: Path, name: str, frame: pl.DataFrame) -> None:
    """The frame under this name, to be read in pieces: the texts of rows that stand together do so too."""
    oldest = pl.CompatLevel.oldest()
    frame.write_ipc(folder / f"{name}.arrow", compression="uncompressed", compat_level=oldest)


def get(folder: Path, name: str) -> pl.DataFrame:
    """The frame that stands there under this name, mapped: what nobody looks at is not read."""
    return pl.DataFrame(pl.from_arrow(_mapped(folder, name)))


def gathered(folders: Iterable[Path], name: str, by: str, wanted: range) -> pl.DataFrame:
    """The rows with `by` in a range, of the frames of this name in all these folders, one after another.

    The frames were put there by `put_parted`, each in the order of `by`; other rows are not looked at.
    """
    coming, found = iter(folders), list[pyarrow.Table]()
    while some := [_between(_mapped(one, name), by, wanted) for one in islice(coming, _OPEN)]:
        # A copy: what is mapped counts as memory in use, and more is mapped than is wanted.
        found.append(pyarrow.concat_tables(some).combine_chunks())
    return pl.DataFrame(pl.from_arrow(pyarrow.concat_tables(found)))


def _mapped(folder: Path, name: str) -> pyarrow.Table:
    with pyarrow.memory_map(str(folder / f"{name}.arrow")) as file:
        return pyarrow.ipc.open_file(file).read_all()


def _between(table: pyarrow.Table, by: str, wanted: range) -> pyarrow.Table:
    first, after = np.searchsorted(table[by].to_numpy(), [wanted.start, wanted.stop])
    return table.slice(first, after - first)


def put_batch(folder: Path, batch: Batch) -> dict[str, Any]:
    """The batch in the folder, and the plain facts of it."""
    put(folder, "typed", batch.typed)
    put(folder, "cells", batch.cells.select(c for c in batch.cells.columns if not _as_typed(batch, c)))
    put(folder, "lines", batch.lines.to_frame("line"))
    put(folder, "rejects", batch.rejects)
    return {"file": batch.file, "present": sorted(batch.present), "columns": batch.cells.columns}


def get_batch(
    folder: Path,
    facts: dict[str, Any],
    rows: pl.Series | None = None,
    columns: Sequence[str] | None = None,
) -> Batch:
    """The batch that was put there, or these of its rows; with all cells, or those of these columns.

    What is not asked for is not read.
    """
    typed, others, lines = get(folder, "typed"), get(folder, "cells"), get(folder, "lines")["line"]
    if rows is not None:
        typed, others, lines = _some(typed, rows), _some(others, rows), lines.gather(rows)
    cells = [
        others[name] if name in others.columns else typed[name].fill_null("")
        for name in (facts["columns"] if columns is None else columns)
    ]
    present = frozenset(facts["present"])
    return Batch(facts["file"], typed, pl.DataFrame(cells), present, get(folder, "rejects"), lines)


def _some(frame: pl.DataFrame, rows: pl.Series) -> pl.DataFrame:
    """These rows of a mapped frame by themselves: merely taken, their texts would keep all of it mapped."""
    if not frame.width:
        return frame
    return pl.DataFrame(pl.from_arrow(frame[rows].to_arrow(compat_level=pl.CompatLevel.oldest())))


def _as_typed(batch: Batch, column: str) -> bool:
    """True for a column of cells that its typed column tells as well."""
    if column not in batch.typed.columns or batch.typed[column].dtype != pl.String:
        return False
    return batch.typed[column].fill_null("").equals(batch.cells[column])
