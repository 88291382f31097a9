"""A batch after screening: decisions as columns, and the results of the rows that are shown on demand."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import repeat
from typing import Any

import polars as pl

from screening.desk import Desk, Row
from screening.engine.evidence import AddressFound
from screening.io.batch import Batch
from screening.outcome import Outcome
from screening.result import Match, Screening
from screening.ruleset.exceptions import RuleException
from screening.timeline import Part


class Screened:
    """A screened batch: the decisions as columns, the results on demand."""

    def __init__(
        self,
        desk: Desk,
        batch: Batch,
        fields: pl.DataFrame,
        matches: pl.DataFrame,
        clauses: pl.DataFrame,
        over_time: Part,
        covered: pl.DataFrame,
        places: pl.Series,
        outcomes: list[Outcome],
        exceptions: Sequence[RuleException] = (),
    ) -> None:
        self._desk = desk
        self._batch = batch
        self._fields = fields
        self._matches = matches
        self._clauses = clauses
        self._over_time = over_time
        self._covered = covered
        self._places = places
        self._outcomes = outcomes
        self._exceptions = tuple(exceptions)

    @property
    def decisions(self) -> pl.Series:
        """The decision of each row."""
        return self._of_outcomes([o.verdict.decision for o in self._outcomes], pl.String)

    @property
    def table(self) -> pl.DataFrame:
        """One row a shipment: row, shipment_id, decision, score, rules, unknown."""
        return pl.DataFrame(
            {
                "row": self._batch.typed["row"],
                "shipment_id": self._batch.typed["shipment_id"],
                "decision": self.decisions,
                "score": self._of_outcomes([o.verdict.score for o in self._outcomes], pl.Int64),
                "rules": self._of_outcomes([list(o.found) for o in self._outcomes], pl.List(pl.String)),
                "unknown": self._of_outcomes([list(o.unknown) for o in self._outcomes], pl.List(pl.String)),
            }
        )

    def _of_outcomes(self, told: Sequence[Any], dtype: Any) -> pl.Series:
        return pl.Series(told, dtype=dtype).gather(self._places)

    def fired(self) -> Iterator[tuple[tuple[str, ...], int]]:
        """Each distinct set of rules that fired, with the number of rows on which it did."""
        rows = Counter(self._places.to_list())
        return ((outcome.found, rows[place]) for place, outcome in enumerate(self._outcomes))

    def results(self, alerts_only: bool = False) -> Iterator[Screening]:
        """The results in input order; clear ones are left out when only alerts are wanted."""
        wanted = (
            (self.decisions != "clear") if alerts_only else pl.repeat(True, len(self._places), eager=True)
        )
        shown = wanted.arg_true()
        rows = zip(
            shown,
            self._batch.typed[shown].iter_rows(named=True),
            self._batch.cells[shown].iter_rows(named=True),
            self._fields[shown].iter_rows(named=True),
            _rows(self._clauses, shown),
            *self._matches_of(shown),
            self._exceptions_of(shown),
            self._places.gather(shown),
            strict=True,
        )
        for at, typed, cells, values, clauses, matches, addresses, exceptions, place in rows:
            row = Row(
                typed=typed,
                cells=cells,
                values=values,
                clauses=clauses,
                related=partial(self._over_time.related, at=at),
                begins=self._over_time.begins,
                matches=matches,
                addresses=addresses,
                outcome=self._outcomes[place],
                exceptions=exceptions,
                present=self._batch.present,
            )
            yield self._desk.write(row, self._batch.file)

    def _matches_of(self, shown: pl.Series) -> tuple[list[list[Match]], list[list[AddressFound]]]:
        places = pl.DataFrame({"index": shown.cast(pl.UInt32)}).with_row_index("place")
        chosen = self._matches.join(places, on="index", maintain_order="left")
        placed = chosen.with_columns(index="place")
        return self._desk.cited_matches(placed, len(shown)), self._desk.cited_addresses(placed, len(shown))

    def _exceptions_of(self, shown: pl.Series) -> Iterator[list[RuleException]]:
        by_id = {exception.id: exception for exception in self._exceptions}
        if not self._covered.width:
            return iter([[]] * len(shown))
        rows = self._covered[shown].iter_rows(named=True)
        return ([by_id[name] for name, covers in row.items() if covers] for row in rows)


def _rows(frame: pl.DataFrame, shown: pl.Series) -> Iterator[tuple[Any, ...]]:
    """The rows at these places, also of a frame that has no columns."""
    return frame[shown].iter_rows() if frame.width else repeat((), len(shown))
