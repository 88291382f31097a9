"""Which rows of a book each kind of row is made of, asked for all rules together."""

from collections.abc import Hashable, Iterable, Mapping

import numpy as np
import polars as pl

from screening.engine.coded import TRUE, UNKNOWN, Truths
from screening.engine.columns import clause_expression, condition_expression
from screening.ruleset.selection import Selection
from screening.watchlists.lists import ListCatalogue


class Selections:
    """The distinct selections of rules, prepared once: each distinct clause is asked once."""

    def __init__(self, selections: Iterable[Selection], lists: ListCatalogue) -> None:
        distinct = {selection.key: selection for selection in selections}
        clauses = {clause.key: clause for selection in distinct.values() for clause in selection.clauses}
        columns = {key: f"c{number}" for number, key in enumerate(clauses)}
        self._clauses = [clause_expression(c, lists).alias(columns[c.key]) for c in clauses.values()]
        self._keys = list(distinct)
        self._selections: list[pl.Expr] = []
        for number, selection in enumerate(distinct.values()):
            named = {clause.name: columns[clause.key] for clause in selection.clauses}
            whole = condition_expression(selection.logic, named) if named else pl.lit(True)
            # Beside a column, a selection without clauses is as long as the others.
            truth = pl.when(whole.is_null()).then(UNKNOWN).otherwise(whole.cast(pl.Int8) * TRUE)
            self._selections.append(truth.cast(pl.Int8).alias(str(number)))

    def truths(self, rows: pl.DataFrame) -> Mapping[Hashable, Truths]:
        """For each selection, by its key, whether each row fulfils it: FALSE, UNKNOWN or TRUE."""
        held = rows.select("shipment.date", *self._clauses).with_columns(self._selections)
        return {key: _whole(held[str(number)]) for number, key in enumerate(self._keys)}


def _whole(truths: pl.Series) -> Truths:
    return truths.to_numpy().astype(np.int8, copy=False)
