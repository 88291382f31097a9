"""Values that are read once for each different cell.

A column of countries, ports or days holds a few words a thousand times over. What such a word means
is kept, from batch to batch too; where most cells differ, they are read as they stand.
"""

from collections.abc import Callable, Sequence
from threading import Lock
from typing import Any

import polars as pl

Reading = tuple[pl.Series, pl.Series]
"""The values of some cells, and which of the cells can't be read."""

Told = tuple[Any, bool]
"""The value of a cell, and whether it can't be read."""

_MOST = 1 << 16
_LONGEST = 1000
_SAMPLE = 1000


class KnownValues:
    """What cells of one kind mean, as far as they were met."""

    def __init__(self, read: Callable[[pl.Series], Reading]) -> None:
        self._read = read
        self._lock = Lock()
        self._forget()

    def reading(self, cells: pl.Series) -> tuple[pl.Series, pl.Series | None]:
        """The values of the cells under their name, null where a cell is, and which can't be read if any."""
        with self._lock:
            values, wrong = self._gathered(cells)
        return values.alias(cells.name), wrong

    def told(self, cells: Sequence[str | None]) -> list[Told]:
        """The value of each cell, None where the cell is, and whether it can't be read."""
        with self._lock:
            if self._learn(self._unmet(cells)):
                return [self._told[cell] for cell in cells]
        values, wrong = self._read(pl.Series(cells, dtype=pl.String))
        return list(zip(values.to_list(), wrong.to_list(), strict=True))

    def unmet(self, cells: Sequence[str | None]) -> list[str]:
        """Those of the cells that were not met yet, each once."""
        with self._lock:
            return self._unmet(cells)

    def keep(self, cells: list[str], told: list[Told]) -> None:
        """Remembers what cells are read as, where somebody else has read them."""
        with self._lock:
            values = pl.Series([value for value, _ in told], dtype=self._values.dtype)
            wrong = pl.Series([wrong for _, wrong in told], dtype=pl.Boolean)
            if not any(cell in self._told for cell in cells):
                self._learn(cells, (values, wrong))

    def _unmet(self, cells: Sequence[str | None]) -> list[str]:
        return [cell for cell in dict.fromkeys(cells) if cell is not None and cell not in self._told]

    def _forget(self) -> None:
        self._cells = pl.Series([""])
        self._values, self._wrong = self._read(self._cells)
        self._told: dict[str | None, Told] = {None: (None, False)}
        self._told[""] = self._values[0], self._wrong[0]
        self._places: pl.Enum | None = None
        self._faulty = False

    def _gathered(self, cells: pl.Series) -> tuple[pl.Series, pl.Series | None]:
        places = self._placed(cells)
        if places.null_count() > cells.null_count():
            new = cells.filter(places.is_null()).drop_nulls().unique(maintain_order=True)
            if len(new) > max(_SAMPLE, len(cells) // 2) or not self._learn(new.to_list()):
                return self._read(cells)
            places = self._placed(cells)
        wrong = self._wrong.gather(places).fill_null(False) if self._faulty else None
        return self._values.gather(places), wrong

    def _placed(self, cells: pl.Series) -> pl.Series:
        if self._places is None:
            self._cells, self._values, self._wrong = (
                told.rechunk() for told in (self._cells, self._values, self._wrong)
            )
            self._places = pl.Enum(self._cells)
            self._faulty = bool(self._wrong.any())
        return cells.cast(self._places, strict=False).to_physical()

    def _learn(self, new: list[str], read: Reading | None = None) -> bool:
        """Whether these cells are known now; those that are long, or too many, are not kept."""
        if not new:
            return True
        if len(new) > _MOST // 2 or max(map(len, new)) > _LONGEST:
            return False
        if len(self._told) + len(new) > _MOST:
            self._forget()
            return False
        cells = pl.Series(new)
        values, wrong = read or self._read(cells)
        self._cells.append(cells)
        self._values.append(values)
        self._wrong.append(wrong)
        self._told |= zip(new, zip(values.to_list(), wrong.to_list(), strict=True), strict=True)
        self._places = None
        return True
