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

from screening.abreast import FEW
from screening.engine.chains import SequencePattern
from screening.engine.changed import ChangePattern
from screening.engine.coded import FALSE, TRUE, UNKNOWN, CodedBook, Truths, beginnings, day_numbers
from screening.engine.counted import CountPattern
from screening.engine.counting import counted, untold
from screening.engine.few import truth_columns
from screening.engine.lone import LoneTruths, are_lone
from screening.engine.related import Related
from screening.engine.selected import Selections
from screening.ruleset.conditions import Truth
from screening.ruleset.windows import ChangeRule, CountRule, SequenceRule, WindowRule
from screening.watchlists.lists import ListCatalogue

RulePattern = CountPattern | SequencePattern | ChangePattern

_MANY_ROWS = 20_000
_AT_A_TIME = 2
_SAID: Mapping[int, Truth] = {FALSE: False, UNKNOWN: None, TRUE: True}


@dataclass(frozen=True)
class BookTruths:
    """What held for each row of a book."""

    rules: pl.DataFrame
    """A Boolean column a rule, called by its id, in the order of the rows; null is unknown."""
    patterns: Mapping[str, RulePattern]
    """The rules that rows of the book count for."""
    shipments: pl.Series
    """The shipment id of each row."""

    def related(self, rule_id: str, at: int) -> Related:
        """The other shipments that the rule's finding on the row at this position rests on."""
        pattern = self.patterns[rule_id]
        places = pattern.book.at
        rows, total, measured = pattern.behind(int(np.searchsorted(places, at)))
        return Related(tuple(self.shipments[int(places[row])] for row in rows), total, measured)


WindowTruths = BookTruths | LoneTruths


class WindowPlan:
    """The rules over time, prepared once."""

    def __init__(self, rules: Sequence[WindowRule], lists: ListCatalogue) -> None:
        self.rules = tuple(rules)
        self._lists = lists
        self._selections = Selections((s for rule in rules for s in rule.selections), lists)
        self.fields: frozenset[str] = frozenset().union(*(rule.fields for rule in rules))
        self.reach = max((rule.reach for rule in rules), default=0)

    def relevant(self, rows: pl.DataFrame) -> pl.Series:
        """True for the rows that fulfil the clauses of any rule, or may do so: no other counts for one."""
        found = np.zeros(rows.height, dtype=np.bool_)
        for truths in self._selections.truths(rows).values():
            found |= truths != FALSE
        return pl.Series(found)

    def evaluate(self, rows: pl.DataFrame, begins: date | pl.Series | None = None) -> WindowTruths:
        """The truth of every rule for every row of a book.

        `rows` has a column for each of `fields`, `shipment.date`, `shipment_id` and `story`: rows of
        different stories never see each other. `begins` is the first day that the book reaches back
        to, or that of each row; without it that is the earliest day of each story's rows.
        """
        return self.one_by_one(rows, begins) if are_lone(rows) else self.by_columns(rows, begins)

    def one_by_one(self, rows: pl.DataFrame, begins: date | pl.Series | None = None) -> LoneTruths:
        """The same, of rows that see no others."""
        fulfilled, since = self._selections.truths(rows), beginnings(rows, begins)
        return LoneTruths(self.rules, rows, since, fulfilled, self._lists)

    def by_columns(self, rows: pl.DataFrame, begins: date | pl.Series | None = None) -> BookTruths:
        """The same, for any number of rows by whole columns."""
        fulfilled, since = self._selections.truths(rows), beginnings(rows, begins)
        days = day_numbers(rows["shipment.date"])
        places = {key: np.flatnonzero(truths == TRUE) for key, truths in fulfilled.items()}
        books, told, patterns = dict[bytes, CodedBook](), dict[str, Truths](), list[RulePattern]()
        for rule in self.rules:
            at = counted(rule, rows, places)
            told[rule.id] = untold(rule, rows, days, fulfilled[rule.own.key])
            if at.size:
                # Many rules look at the same rows: these are coded once.
                key = at.tobytes()
                books[key] = books.get(key) or CodedBook(rows, fulfilled, since, at)
                patterns.append(_pattern(rule, books[key]))
        for pattern, truths in zip(patterns, _judged(patterns), strict=True):
            told[pattern.rule.id][pattern.book.at] = truths
        return BookTruths(_frame(told), {p.rule.id: p for p in patterns}, rows["shipment_id"])


def _frame(told: Mapping[str, Truths]) -> pl.DataFrame:
    """A Boolean column for each rule."""
    if told and len(next(iter(told.values()))) <= FEW:
        rows = zip(*told.values(), strict=True)
        return truth_columns(list(told), [[_SAID[truth] for truth in row] for row in rows])
    return pl.DataFrame(dict(told)).select(
        pl.when(pl.col(i) != UNKNOWN).then(pl.col(i) == TRUE) for i in told
    )


def _judged(patterns: Sequence[RulePattern]) -> list[Truths]:
    """What each rule says of the rows of its book."""
    if max((pattern.book.height for pattern in patterns), default=0) < _MANY_ROWS:
        return [pattern.truths() for pattern in patterns]
    # Sorting and looking up let go of the interpreter, so two rules at a time keep two cores busy.
    with ThreadPoolExecutor(_AT_A_TIME) as pool:
        return list(pool.map(lambda pattern: pattern.truths(), patterns))


def _pattern(rule: WindowRule, book: CodedBook) -> RulePattern:
    match rule:
        case CountRule():
            return CountPattern(rule, book)
        case SequenceRule():
            return SequencePattern(rule, book)
        case ChangeRule():
            return ChangePattern(rule, book)
