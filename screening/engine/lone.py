"""Rules over time over shipments that are each a book of their own, as a service is sent them.

Nothing stands before such a shipment. So what a rule means row by row (`engine/reference_windows.py`) is told
sooner than by columns.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date

import polars as pl

from screening.abreast import FEW
from screening.engine.coded import FALSE, TRUE, Truths
from screening.engine.few import truth_columns
from screening.engine.reference import Values
from screening.engine.reference_windows import Judge, reference_judge
from screening.engine.related import Related
from screening.ruleset.conditions import Truth
from screening.ruleset.windows import WindowRule
from screening.watchlists.lists import ListCatalogue


def are_lone(rows: pl.DataFrame) -> bool:
    """True for a few rows of which none sees another."""
    return 0 < rows.height <= FEW and rows["story"].n_unique() == rows.height


class LoneTruths:
    """What held for each of some rows that see nothing but themselves."""

    def __init__(
        self,
        rules: Sequence[WindowRule],
        rows: pl.DataFrame,
        begins: Iterable[date | None],
        fulfilled: Mapping[Hashable, Truths],
        lists: ListCatalogue,
    ) -> None:
        """`begins`: the day that the book of each row reaches back to; `fulfilled`: whether each row
        fulfils each selection."""
        self._lists = lists
        self._rows = list(zip(rows.rows(named=True), begins, strict=True))
        self._judges: dict[tuple[str, int], Judge] = {}
        told = [self._told(rule, fulfilled[rule.own.key]) for rule in rules]
        self.rules = truth_columns([rule.id for rule in rules], list(zip(*told, strict=True)))
        """A Boolean column a rule, called by its id, in the order of the rows; null is unknown."""

    def related(self, rule_id: str, at: int) -> Related:
        """What the rule's finding on the row at this position rests on: no other shipment."""
        return self._judges[rule_id, at].related(0)

    def _told(self, rule: WindowRule, own: Truths) -> list[Truth]:
        return [
            False if held == FALSE else self._truth(rule, at, held == TRUE) for at, held in enumerate(own)
        ]

    def _truth(self, rule: WindowRule, at: int, fulfils: bool) -> Truth:
        row, begins = self._rows[at]
        if not fulfils:
            return None if rule.in_force(row["shipment.date"]) else False
        judge = self._judges[rule.id, at] = self._judge(rule, row, begins)
        return judge.truth(0)

    def _judge(self, rule: WindowRule, row: Values, begins: date | None) -> Judge:
        return reference_judge(rule, [row], self._lists, begins)
