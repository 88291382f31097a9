"""Fields that are computed together, by expressions that need one another's results no more.

A query costs a single shipment more than its answers do. Most of these follow from a few words, such as
countries, ports and codes, that come again and again: what they came to is remembered.
"""

from collections.abc import Hashable, Mapping

import polars as pl

from screening.abreast import told_here

_MOST_REMEMBERED = 1 << 15

Answers = dict[Hashable, pl.Series]
"""What fields of single rows came to, by the field and the values that it follows from."""


class FieldStep:
    """The expressions of some fields, and what they came to for single rows."""

    def __init__(self, formulas: Mapping[str, pl.Expr], answers: Answers) -> None:
        self._formulas = {name: formula.alias(name) for name, formula in formulas.items()}
        self._roots = {name: tuple(formula.meta.root_names()) for name, formula in formulas.items()}
        self._answers = answers

    def of(self, frame: pl.DataFrame) -> list[pl.Series]:
        """The fields, by the columns of the frame."""
        if frame.height == 1:
            return self._of_one(frame)
        return frame.select(self._formulas.values()).get_columns()

    def _of_one(self, frame: pl.DataFrame) -> list[pl.Series]:
        row = dict(zip(frame.columns, map(_hashable, frame.row(0)), strict=True))
        asked = {name: (name, *(row[root] for root in roots)) for name, roots in self._roots.items()}
        found = {name: self._answers.get(key) for name, key in asked.items()}
        new = [self._formulas[name] for name, answer in found.items() if answer is None]
        if new:
            if len(self._answers) > _MOST_REMEMBERED:
                self._answers.clear()
            for answer in told_here(frame, new):
                found[answer.name] = self._answers[asked[answer.name]] = answer
        return [answer for answer in found.values() if answer is not None]


def _hashable(value: object) -> Hashable:
    return tuple(value) if isinstance(value, list) else value
