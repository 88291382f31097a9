"""Batches on disk: written once, and read as often as a pass needs them."""

from pathlib import Path
from typing import Any

import polars as pl
import pyarrow
import pyarrow.ipc

from screening.io.batch import Batch


def put(folder: Path, name: str, frame: pl.DataFrame) -> None:
    """The frame under this name; not compressed, so that it is read by mapping it into memory."""
    frame.write_ipc(folder / f"{name}.arrow", compression="uncompressed")


def get(folder: Path, name: str) -> pl.DataFrame:
    """The frame that stands there under this name, mapped: what nobody looks at is not read."""
    with pyarrow.memory_map(str(folder / f"{name}.arrow")) as file:
        return pl.DataFrame(pl.from_arrow(pyarrow.ipc.open_file(file).read_all()))


def put_batch(folder: Path, batch: Batch) -> dict[str, Any]:
    """The batch in the folder, and the plain facts of it."""
    put(folder, "typed", batch.typed)
    put(folder, "cells", batch.cells.select(c for c in batch.cells.columns if not _as_typed(batch, c)))
    put(folder, "lines", batch.lines.to_frame("line"))
    put(folder, "rejects", batch.rejects)
    return {"file": batch.file, "present": sorted(batch.present), "columns": batch.cells.columns}


def get_batch(folder: Path, facts: dict[str, Any]) -> Batch:
    """The batch that was put there."""
    typed, others = get(folder, "typed"), get(folder, "cells")
    cells = [
        others[name] if name in others.columns else typed[name].fill_null("") for name in facts["columns"]
    ]
    return Batch(
        facts["file"],
        typed,
        pl.DataFrame(cells),
        frozenset(facts["present"]),
        get(folder, "rejects"),
        get(folder, "lines")["line"],
    )


def _as_typed(batch: Batch, column: str) -> bool:
    """True for a column of cells that its typed column tells as well."""
    if column not in batch.typed.columns or batch.typed[column].dtype != pl.String:
        return False
    return batch.typed[column].fill_null("").equals(batch.cells[column])
