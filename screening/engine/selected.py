"""Which rows of a book each kind of row is made of, asked for all rules together."""

from collections.abc import Hashable, Iterable, Mapping
from functools import cached_property

import numpy as np
import polars as pl

from screening.abreast import FEW
from screening.engine.coded import FALSE, TRUE, UNKNOWN, Truths
from screening.engine.columns import clause_expression, condition_expression
from screening.engine.reference import Test, Values, clause_test
from screening.ruleset.conditions import Settled, Truth, renamed
from screening.ruleset.selection import Selection
from screening.watchlists.lists import ListCatalogue

_CODES: Mapping[Truth, int] = {False: FALSE, None: UNKNOWN, True: TRUE}


class Selections:
    """The distinct selections of rules, prepared once: each distinct clause is asked once."""

    def __init__(self, selections: Iterable[Selection], lists: ListCatalogue) -> None:
        self._selections = {selection.key: selection for selection in selections}
        clauses = {c.key: c for selection in self._selections.values() for c in selection.clauses}
        self._columns = {key: f"c{number}" for number, key in enumerate(clauses)}
        self._clauses, self._lists = tuple(clauses.values()), lists

    def truths(self, rows: pl.DataFrame) -> Mapping[Hashable, Truths]:
        """For each selection, by its key, whether each row fulfils it: FALSE, UNKNOWN or TRUE."""
        return self.one_by_one(rows) if rows.height <= FEW else self.by_columns(rows)

    def by_columns(self, rows: pl.DataFrame) -> Mapping[Hashable, Truths]:
        """The same, for any number of rows by whole columns."""
        clauses, selections = self._expressions
        held = rows.select("shipment.date", *clauses).with_columns(selections)
        return {key: _whole(held[str(number)]) for number, key in enumerate(self._selections)}

    @cached_property
    def _expressions(self) -> tuple[list[pl.Expr], list[pl.Expr]]:
        clauses = [clause_expression(c, self._lists).alias(self._columns[c.key]) for c in self._clauses]
        selections = [self._expression(s).alias(str(n)) for n, s in enumerate(self._selections.values())]
        return clauses, selections

    def _expression(self, selection: Selection) -> pl.Expr:
        named = self._named(selection)
        # Beside a column, a selection without clauses is as long as the others.
        whole = condition_expression(selection.logic, named) if named else pl.lit(True)
        return pl.when(whole.is_null()).then(UNKNOWN).otherwise(whole.cast(pl.Int8) * TRUE).cast(pl.Int8)

    def _named(self, selection: Selection) -> dict[str, str]:
        """The column of each clause of the selection."""
        return {clause.name: self._columns[clause.key] for clause in selection.clauses}

    def one_by_one(self, rows: pl.DataFrame) -> Mapping[Hashable, Truths]:
        """The same, row by row."""
        told = [list(self._judged(row)) for row in rows.rows(named=True)]
        whole = np.array(told, dtype=np.int8).reshape(rows.height, len(self._selections))
        return {key: whole[:, number] for number, key in enumerate(self._selections)}

    def _judged(self, row: Values) -> Iterable[int]:
        held = {column: test(row) for column, test in self._tests.items()}
        return (_CODES[logic.holds(held)] for logic in self._logic)

    @cached_property
    def _tests(self) -> dict[str, Test]:
        return {self._columns[c.key]: clause_test(c, self._lists) for c in self._clauses}

    @cached_property
    def _logic(self) -> list[Settled]:
        return [Settled(renamed(one.logic, self._named(one))) for one in self._selections.values()]


def _whole(truths: pl.Series) -> Truths:
    return truths.to_numpy().astype(np.int8, copy=False)
