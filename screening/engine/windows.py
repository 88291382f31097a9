"""Rules over time over whole columns: what held for each row of a book, and which rows are behind it.

Rows are sorted once for each group and each kind of row; every question is then answered for all rows
at once. `engine/reference_windows.py` says the same slowly, and the two must agree.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from screening.engine.chains import SequencePattern
from screening.engine.changed import ChangePattern
from screening.engine.coded import FALSE, TRUE, UNKNOWN, CodedBook, Truths
from screening.engine.counted import CountPattern
from screening.engine.related import Related
from screening.engine.selected import Selections
from screening.ruleset.windows import ChangeRule, CountRule, SequenceRule, WindowRule
from screening.watchlists.lists import ListCatalogue

RulePattern = CountPattern | SequencePattern | ChangePattern

_MANY_ROWS = 20_000
_AT_A_TIME = 2


@dataclass(frozen=True)
class WindowTruths:
    """What held for each row of a book."""

    rules: pl.DataFrame
    """A Boolean column a rule, called by its id, in the order of the rows; null is unknown."""
    patterns: Mapping[str, RulePattern]
    shipments: pl.Series
    """The shipment id of each row."""

    def related(self, rule_id: str, at: int) -> Related:
        """The other shipments that the rule's finding on the row at this position rests on."""
        rows, total, measured = self.patterns[rule_id].behind(at)
        return Related(tuple(self.shipments[row] for row in rows), total, measured)


class WindowPlan:
    """The rules over time, prepared once."""

    def __init__(self, rules: Sequence[WindowRule], lists: ListCatalogue) -> None:
        self.rules = tuple(rules)
        self._selections = Selections((s for rule in rules for s in rule.selections), lists)
        self.fields: frozenset[str] = frozenset().union(*(rule.fields for rule in rules))
        self.reach = max((rule.reach for rule in rules), default=0)

    def relevant(self, rows: pl.DataFrame) -> pl.Series:
        """True for the rows that fulfil the clauses of any rule, or may do so: no other counts for one."""
        found = np.zeros(rows.height, dtype=np.bool_)
        for truths in self._selections.truths(rows).values():
            found |= truths != FALSE
        return pl.Series(found)

    def evaluate(self, rows: pl.DataFrame, begins: date | None = None) -> WindowTruths:
        """The truth of every rule for every row of a book.

        `rows` has a column for each of `fields`, `shipment.date`, `shipment_id` and `story`: rows of
        different stories never see each other. `begins` is the first day that the book reaches back
        to; without it that is the earliest day of each story's rows.
        """
        book = CodedBook(rows, self._selections.truths(rows), begins)
        patterns, truths = _judged(self.rules, book)
        told = [pl.when(pl.col(rule.id) != UNKNOWN).then(pl.col(rule.id) == TRUE) for rule in self.rules]
        whole = pl.DataFrame({rule.id: t for rule, t in zip(self.rules, truths, strict=True)}).select(told)
        by_id = {pattern.rule.id: pattern for pattern in patterns}
        return WindowTruths(whole, by_id, rows["shipment_id"])


def _judged(rules: Sequence[WindowRule], book: CodedBook) -> tuple[list[RulePattern], list[Truths]]:
    """Each rule over the book, and what it says of each row."""
    patterns = [_pattern(rule, book) for rule in rules]
    if book.height < _MANY_ROWS:
        return patterns, [pattern.truths() for pattern in patterns]
    # Sorting and looking up let go of the interpreter, so two rules at a time keep two cores busy.
    with ThreadPoolExecutor(_AT_A_TIME) as pool:
        return patterns, list(pool.map(lambda pattern: pattern.truths(), patterns))


def _pattern(rule: WindowRule, book: CodedBook) -> RulePattern:
    match rule:
        case CountRule():
            return CountPattern(rule, book)
        case SequenceRule():
            return SequencePattern(rule, book)
        case ChangeRule():
            return ChangePattern(rule, book)
