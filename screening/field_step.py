"""Fields that are computed together, by expressions that need one another's results no more.

A query costs a single shipment more than its answers do. Most of these follow from a few words, such as
countries, ports and codes, that come again and again: what they came to is remembered. Others are told by the
values themselves.
"""

from collections.abc import Hashable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

import polars as pl

from screening.abreast import cells, told_here
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
"""The values of a single row by their columns, those of a list as a tuple."""
Answers = dict[Hashable, pl.Series]
"""What fields of single rows came to, by the field and the values that it follows from."""


class FieldStep:
    """The expressions of some fields, and what they came to for single rows."""

    def __init__(
        self,
        formulas: Mapping[str, pl.Expr],
        answers: Answers,
        singly: Mapping[str, Singly] = MappingProxyType({}),
    ) -> None:
        """`singly` are those fields that are told of a single row by its values."""
        self._formulas = {name: formula.alias(name) for name, formula in formulas.items()}
        self._singly: dict[FieldType, dict[str, Singly]] = {}
        for name in formulas.keys() & singly.keys():
            self._singly.setdefault(FIELDS[name].type, {})[name] = singly[name]
        self._roots = {name: tuple(formula.meta.root_names()) for name, formula in formulas.items()}
        self._answers = answers

    def of(self, frame: pl.DataFrame, row: Row | None = None) -> list[pl.Series]:
        """The fields, by the columns of the frame; of a single one `row` may have the values already."""
        if frame.height == 1:
            return self._of_one(frame, row_of(frame) if row is None else row)
        return frame.select(self._formulas.values()).get_columns()

    def _of_one(self, frame: pl.DataFrame, row: Row) -> list[pl.Series]:
        found: dict[str, pl.Series | None] = dict.fromkeys(self._formulas)
        found.update(self._told(row))
        rest = {name: self._roots[name] for name, told in found.items() if told is None}
        asked = {name: (name, *(row[root] for root in roots)) for name, roots in rest.items()}
        found.update((name, self._answers.get(key)) for name, key in asked.items())
        if new := [self._formulas[name] for name in rest if found[name] is None]:
            if len(self._answers) > _MOST_REMEMBERED:
                self._answers.clear()
            for answer in told_here(frame, new):
                found[answer.name] = self._answers[asked[answer.name]] = answer
        return [answer for answer in found.values() if answer is not None]

    def _told(self, row: Row) -> Iterator[tuple[str, pl.Series]]:
        for kind, fields in self._singly.items():
            told = {name: one.tell(*[row[root] for root in one.roots]) for name, one in fields.items()}
            known = {name: value for name, value in told.items() if value is not NotImplemented}
            yield from zip(known, cells(known, FIELD_TYPES[kind]), strict=True)


def row_of(frame: pl.DataFrame) -> Row:
    """The values of the only row of a frame."""
    # Polars has no rows without columns.
    return {} if not frame.width else dict(zip(frame.columns, map(_hashable, frame.row(0)), strict=True))


def _hashable(value: object) -> Hashable:
    return tuple(value) if isinstance(value, list) else value
