"""Fields that are computed together, by expressions that need one another's results no more.

A query costs a few shipments more than its answers do. Most of these follow from a few words, such as
countries, ports and codes, that come again and again: what they came to is remembered. Others are told by the
values themselves.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import polars as pl

from screening.abreast import FEW, made, told_here
from screening.fields import FIELDS, FieldType
from screening.singly import Singly

_MOST_REMEMBERED = 1 << 15
FIELD_TYPES: dict[FieldType, pl.DataType] = {
    FieldType.TEXT: pl.String(),
    FieldType.NUMBER: pl.Float64(),
    FieldType.BOOLEAN: pl.Boolean(),
    FieldType.DATE: pl.Date(),
    FieldType.COUNTRY: pl.String(),
    FieldType.COUNTRIES: pl.List(pl.String),
    FieldType.HS6: pl.String(),
}

Row = dict[str, Any]
"""The values of a row by their columns, those of a list as a tuple."""
_NEW = object()


class Answers:
    """What fields of rows came to, for the steps of one plan."""

    def __init__(self) -> None:
        self.types: dict[str, pl.DataType] = {}
        self._told: dict[Hashable, Any] = {}

    def __len__(self) -> int:
        return len(self._told)

    def of(self, key: Hashable) -> Any:
        """What came of a field and the values that it follows from, `_NEW` where it was not asked."""
        return self._told.get(key, _NEW)

    def keep(self, keys: Sequence[Hashable], answer: pl.Series) -> list[Any]:
        """The values of an answer, which are known from now on by these keys."""
        if len(self._told) > _MOST_REMEMBERED:
            self._told.clear()
        values = answer.to_list()
        self.types[answer.name] = answer.dtype
        self._told.update(zip(keys, values, strict=True))
        return values


class FieldStep:
    """The expressions of some fields, and what they came to for rows that came with few others."""

    def __init__(
        self,
        formulas: Mapping[str, pl.Expr],
        answers: Answers,
        singly: Mapping[str, Singly] = MappingProxyType({}),
    ) -> None:
        """`singly` are those fields that are told of each of a few rows by its values."""
        self._formulas = {name: formula.alias(name) for name, formula in formulas.items()}
        self._singly = {name: singly[name] for name in formulas if name in singly}
        answers.types |= {name: FIELD_TYPES[FIELDS[name].type] for name in self._singly}
        self._roots = {name: tuple(formula.meta.root_names()) for name, formula in formulas.items()}
        self._answers = answers

    def of(self, frame: pl.DataFrame, rows: Sequence[Row] | None = None) -> list[pl.Series]:
        """The fields, by the columns of the frame.

        Of a few `rows` may have the values already; they are given those of the fields too.
        """
        if not 0 < frame.height <= FEW:
            return frame.select(self._formulas.values()).get_columns()
        rows = rows_of(frame) if rows is None else rows
        told = dict(self._told(rows))
        told |= self._remembered(frame, rows, [name for name in self._formulas if name not in told])
        for at, row in enumerate(rows):
            row |= {name: _hashable(values[at]) for name, values in told.items()}
        columns = made(told, self._answers.types)
        return [columns[name] for name in self._formulas]

    def _told(self, rows: Sequence[Row]) -> Iterator[tuple[str, list[Any]]]:
        for name, (roots, tell) in self._singly.items():
            values = [tell(*[row[root] for root in roots]) for row in rows]
            if not any(value is NotImplemented for value in values):
                yield name, values

    def _remembered(
        self, frame: pl.DataFrame, rows: Sequence[Row], names: Sequence[str]
    ) -> dict[str, list[Any]]:
        asked = {name: [(name, *[row[root] for root in self._roots[name]]) for row in rows] for name in names}
        known = {name: [self._answers.of(key) for key in keys] for name, keys in asked.items()}
        new = [self._formulas[name] for name, values in known.items() if _NEW in values]
        for answer in told_here(frame, new):
            known[answer.name] = self._answers.keep(asked[answer.name], answer)
        return known


def rows_of(frame: pl.DataFrame) -> list[Row]:
    """The values of the rows of a frame."""
    # Polars has no rows without columns.
    cells = frame.rows() if frame.width else [()] * frame.height
    return [dict(zip(frame.columns, map(_hashable, row), strict=True)) for row in cells]


def _hashable(value: object) -> Hashable:
    return tuple(value) if isinstance(value, list) else value
