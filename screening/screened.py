"""A batch after screening: decisions as columns, and the results of the rows that are shown on demand."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, repeat
from types import MappingProxyType
from typing import Any

import numpy as np
import polars as pl

from screening.desk import READ, Desk, Row
from screening.engine.clause_evidence import AddressFound
from screening.fields import FIELDS, FieldType
from screening.io.batch import Batch
from screening.outcome import Outcome
from screening.result import Match, Screening
from screening.ruleset.exceptions import RuleException
from screening.timeline import Part
from screening.written import WrittenRecord

_AT_A_TIME = 500
"""Rows that are taken out of the columns at once."""
_SEVERAL = tuple(name for name, field in FIELDS.items() if field.type is FieldType.COUNTRIES)


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
        unfound: Mapping[int, Sequence[tuple[str, RuleException]]] = MappingProxyType({}),
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
        self._unfound = unfound

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
        return map(Screening.of_record, self.records(alerts_only))

    def records(self, alerts_only: bool = False) -> Iterator[WrittenRecord]:
        """The same as the contract's alert records, each with its line of JSON."""
        shown = self._shown(alerts_only)
        cited, present = self._cited(shown), frozenset(self._batch.present)
        rows = zip(
            shown,
            _named(_columns(self._batch.typed, READ), shown),
            _named(self._batch.cells, shown),
            map(_hashable, _named(self._fields, shown)),
            _rows(self._clauses, shown),
            self._exceptions_of(shown),
            self._places.to_numpy()[shown].tolist(),
            strict=True,
        )
        for at, typed, cells, values, truths, exceptions, place in rows:
            matches, addresses = cited.get(at, ((), ()))
            row = Row(
                typed=typed,
                cells=cells,
                values=values,
                truths=truths,
                related=partial(self._over_time.related, at=at),
                begins=self._over_time.reach(at),
                matches=matches,
                addresses=addresses,
                outcome=self._outcomes[place],
                exceptions=exceptions,
                unfound=self._unfound.get(at, ()),
                present=present,
            )
            yield self._desk.record(row, self._batch.file)

    def _shown(self, alerts_only: bool) -> list[int]:
        """The rows that are shown."""
        alerts = [not alerts_only or outcome.verdict.decision != "clear" for outcome in self._outcomes]
        shown: list[int] = np.flatnonzero(np.array(alerts, dtype=np.bool_)[self._places.to_numpy()]).tolist()
        return shown

    def _cited(self, shown: list[int]) -> dict[int, tuple[list[Match], list[AddressFound]]]:
        matches = self._matches
        if matches.height and len(shown) < len(self._places):
            matches = matches.filter(pl.col("index").is_in(shown))
        return self._desk.cited(matches)

    def _exceptions_of(self, shown: list[int]) -> Iterator[list[RuleException]]:
        by_id = {exception.id: exception for exception in self._exceptions}
        rows = _rows(self._covered, shown)
        return (
            [by_id[name] for name, covers in zip(self._covered.columns, row, strict=True) if covers]
            for row in rows
        )


def _hashable(values: dict[str, Any]) -> dict[str, Any]:
    """The fields of a row, several values as a tuple."""
    for name in _SEVERAL:
        if values.get(name) is not None:
            values[name] = tuple(values[name])
    return values


def _named(frame: pl.DataFrame, shown: list[int]) -> Iterator[dict[str, Any]]:
    """The rows at these places, by the names of the columns."""
    columns = frame.columns
    return (dict(zip(columns, row, strict=True)) for row in _rows(frame, shown))


def _columns(frame: pl.DataFrame, wanted: Sequence[str]) -> pl.DataFrame:
    """The wanted columns, as far as the frame has them."""
    there = frozenset(frame.columns)
    return frame[[name for name in wanted if name in there]]


def _rows(frame: pl.DataFrame, shown: list[int]) -> Iterator[tuple[Any, ...]]:
    """The rows at these places, also of a frame that has no columns."""
    if not frame.width:
        return repeat((), len(shown))
    rows = frame if len(shown) == frame.height else frame[shown]
    return chain.from_iterable(part.rows() for part in rows.iter_slices(_AT_A_TIME))
