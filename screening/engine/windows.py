"""Rules over time over whole columns: what held for each row of a book, and which rows are behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from screening.engine.reference_windows import Judge, reference_judge
from screening.engine.related import Related
from screening.ruleset.windows import WindowRule
from screening.watchlists.lists import ListCatalogue


@dataclass(frozen=True)
class WindowTruths:
    """What held for each row of a book."""

    rules: pl.DataFrame
    """A Boolean column a rule, called by its id, in the order of the rows; null is unknown."""
    judges: dict[str, Judge]

    def related(self, rule_id: str, at: int) -> Related:
        """The other shipments that the rule's finding on the row at this position rests on."""
        return self.judges[rule_id].related(at)


class WindowPlan:
    """The rules over time, prepared once."""

    def __init__(self, rules: Sequence[WindowRule], lists: ListCatalogue) -> None:
        self.rules, self._lists = tuple(rules), lists
        self.fields: frozenset[str] = frozenset().union(*(rule.fields for rule in rules))
        self.reach = max((rule.reach for rule in rules), default=0)

    def evaluate(self, rows: pl.DataFrame, begins: date | None = None) -> WindowTruths:
        """The truth of every rule for every row of a book.

        `rows` has a column for each of `fields`, `shipment.date`, `shipment_id` and `story`: rows of
        different stories never see each other. `begins` is the first day that the book reaches back
        to; without it that is the earliest day of each story's rows.
        """
        values = rows.to_dicts()
        judges = {r.id: reference_judge(r, values, self._lists, begins) for r in self.rules}
        truths = {
            rule_id: [judge.truth(at) for at in range(rows.height)] for rule_id, judge in judges.items()
        }
        return WindowTruths(pl.DataFrame(truths, schema=dict.fromkeys(truths, pl.Boolean)), judges)
