"""Columns put side by side as a frame, at the least cost: most frames of a single shipment are made so."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

import polars as pl

FEW = 16
"""Rows, at most, that are looked at one by one, and whose columns are made cell by cell."""


def abreast(columns: list[pl.Series]) -> pl.DataFrame:
    """The columns as one frame."""
    # Polars' own way looks at each of them again, and takes four times as long.
    return columns[0].to_frame().hstack(columns[1:]) if columns else pl.DataFrame()


def told_here(frame: pl.DataFrame, expressions: Iterable[pl.Expr]) -> list[pl.Series]:
    """The expressions over a frame of few rows, computed without handing anything to another thread.

    On a machine that others use too, a thread that is handed something may wait for milliseconds.
    """
    asked = list(expressions)
    # With fewer expressions than it has threads, polars hands on the parts of each.
    idle = [pl.lit(None).alias(f" {place}") for place in range(len(asked), pl.thread_pool_size())]
    return frame.select_seq(*asked, *idle).get_columns()[: len(asked)] if asked else []


def made(values: Mapping[str, Sequence[object]], types: Mapping[str, pl.DataType]) -> dict[str, pl.Series]:
    """Columns of equal length, by their names; those that have one type are made together."""
    by_type: dict[pl.DataType, dict[str, Sequence[object]]] = {}
    for name, column in values.items():
        by_type.setdefault(types[name], {})[name] = column
    return {it.name: it for dtype, alike in by_type.items() for it in _made(alike, dtype)}


def _made(values: Mapping[str, Sequence[object]], dtype: pl.DataType) -> Iterator[pl.Series]:
    # To make a column costs ten times what it does to part one, and half as much again by a type's object.
    kind = dtype if dtype.is_nested() else dtype.base_type()
    whole = pl.Series([cell for column in values.values() for cell in column], dtype=kind)
    height = len(whole) // len(values)
    return (whole.slice(at * height, height).alias(name) for at, name in enumerate(values))


class Blanks:
    """Columns in which nothing is known, by their names; for a few rows they are made once."""

    def __init__(self, types: Mapping[str, pl.DataType]) -> None:
        self.types = dict(types)
        self._one = {name: pl.Series(name, [None], dtype=dtype) for name, dtype in types.items()}
        self._few = lru_cache(FEW)(self._made)

    def of(self, height: int) -> dict[str, pl.Series]:
        """The columns with so many rows."""
        return self._few(height) if height <= FEW else self._made(height)

    def _made(self, height: int) -> dict[str, pl.Series]:
        return {name: one.new_from_index(0, height) for name, one in self._one.items()}


def blank(name: str, dtype: pl.DataType, height: int) -> pl.Series:
    """A column in which nothing is known."""
    one = _blank(name, dtype)
    return one if height == 1 else one.new_from_index(0, height)


@lru_cache(maxsize=4096)
def _blank(name: str, dtype: pl.DataType) -> pl.Series:
    return pl.Series(name, [None], dtype=dtype)
