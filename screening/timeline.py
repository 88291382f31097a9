"""A book laid out in time: what rules over time see of it, and what they say of each row.

Such a rule judges a row by others of the book, so the few fields that it needs are made for all rows
at once, before the batches are screened one by one.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Protocol

import polars as pl

from screening.amendments import AMENDED, amendments, unamended
from screening.engine.related import Related
from screening.engine.windows import WindowPlan, WindowTruths
from screening.enrich import Enrichment, matched_fields
from screening.field_step import Answers, FieldStep
from screening.fields import FIELDS
from screening.io.batch import ROWS, Batch
from screening.io.rates import Rates
from screening.shipment import COLUMNS, ROLES
from screening.suppression import rests_on_matches
from screening.watchlists.lists import ListCatalogue

_IDENTITY = ("shipment_id", "line_number")
_EVERY_ROW = {
    "shipment_id": pl.String(),
    "line_number": pl.Int64(),
    "revision": pl.Int64(),
    "shipment_date": pl.Date(),
}
"""What is needed of every row, whatever the rules."""
_NO_ROWS = pl.DataFrame(schema=_EVERY_ROW)
_STORY = pl.col("story")
_ONE_STORY = pl.Series([0], dtype=pl.UInt32)
_REVISION = pl.col("revision").fill_null(-1)
_FIRST_DAY = pl.col("shipment_date").min().over("story")


@dataclass(frozen=True, slots=True)
class Earlier:
    """Shipments of before this book, as a history keeps them.

    `rows`: the contract's columns with the types that a batch gives them, `shipment_id` among them. Lower
    revisions may be there too: they tell what an amendment changed. A row that the book has again, in
    whatever revision, is the book's own. `begins`: the first day that the rows reach back to; without
    it their first date. A book that has an older row reaches back to that.
    """

    rows: pl.DataFrame
    begins: date | None = None


class Behind(Protocol):
    """What knows the shipments behind findings over time."""

    def related(self, rule_id: str, at: int) -> Related:
        """What the rule's finding on the row at this position rests on."""


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of a timeline that are those of one batch, in its order."""

    fields: pl.DataFrame
    """The fields that the timeline made for all rows; no others need to be made again."""
    rules: pl.DataFrame
    """A Boolean column (null is unknown) for each rule over time."""
    begins: date | None
    """The first day that the book reaches back to."""
    matches: pl.DataFrame | None
    """The listed parties on the rows, where they were looked for already."""
    places: pl.Series
    """Where each row stands in the timeline."""
    truths: Behind
    since: pl.Series | None = None
    """The first day of each row's own book, where the rows are of several."""

    def reach(self, at: int) -> date | None:
        """The first day that the book of the row at this place reaches back to."""
        day: date | None = self.begins if self.since is None else self.since[at]
        return day

    def related(self, rule: str, at: int) -> Related:
        """What the finding of a rule over time rests on, for the row at this place of the batch."""
        return self.truths.related(rule, self.places[at])


@dataclass(frozen=True, slots=True)
class Timeline:
    """What holds over time of each row of a book, in the order of its batches."""

    fields: pl.DataFrame
    truths: WindowTruths
    begins: date | None
    starts: tuple[int, ...]
    """Where each batch begins, and where the last one ends."""
    matches: tuple[pl.DataFrame, ...]
    """The listed parties on the rows of each batch, where they were looked for; else nothing."""
    since: pl.Series | None = None
    """The first day of each row's own story, where there are stories."""

    @property
    def untold(self) -> dict[str, int]:
        """On how many rows of the book each rule over time could not be told, where there are any."""
        blank = self.truths.rules.head(self.starts[-1]).null_count()
        return {rule: rows for rule in blank.columns if (rows := int(blank[rule].sum()))}

    def part(self, number: int, kept: pl.Series | None = None) -> Part:
        """The part that is this batch of the book, or those of its rows that are kept (a mask)."""
        first, after = self.starts[number : number + 2]
        places = pl.int_range(first, after, eager=True)
        if kept is None:
            fields, rules = (frame.slice(first, after - first) for frame in (self.fields, self.truths.rules))
            matches = self.matches[number] if self.matches else None
            return Part(fields, rules, self.begins, matches, places, self.truths, self._since(places))
        places = places.filter(kept)
        fields, rules = (_at(frame, places) for frame in (self.fields, self.truths.rules))
        return Part(fields, rules, self.begins, None, places, self.truths, self._since(places))

    def _since(self, places: pl.Series) -> pl.Series | None:
        return None if self.since is None else self.since[places]


class Clock:
    """Lays books out in time, for the rules of one screener."""

    def __init__(
        self,
        plan: WindowPlan,
        wanted: frozenset[str],
        lists: ListCatalogue,
        rates: Rates,
        matches: Callable[[pl.DataFrame], pl.DataFrame],
    ) -> None:
        """`wanted` are the fields that any rule asks for; `matches` finds the listed parties on rows."""
        self._plan = plan
        self._wanted = wanted | plan.fields
        self._amended = self._wanted & AMENDED
        self._unamended = FieldStep(unamended(self._amended), Answers())
        self._enrichment = Enrichment(lists, rates)
        self._matches = matches
        self.by_matches = any(map(rests_on_matches, plan.fields))
        """Whether a list of parties has a part in what holds over time."""
        self.fields = plan.fields | {"shipment.date"}
        """The fields that rules over time need of a row."""
        self._columns = _needed(plan.fields | self._amended, self.by_matches)
        # An earlier party is looked up only in the roles whose listings count: a history has many names.
        listed = {column for name in filter(rests_on_matches, plan.fields) for column in FIELDS[name].columns}
        self._not_looked_up = [c for role in ROLES if not listed & _telling(role) for c in _telling(role)]

    def alone(self, batch: Batch, stories: pl.Series | None = None) -> Timeline:
        """The timeline, with all wanted fields, of a batch that is a book, or several by `stories`."""
        rows = _told_apart(_laid_out(batch.typed, list(_EVERY_ROW)), stories)
        if rows["shipment_id"].n_unique() < rows.height:
            return self.timeline([batch], stories=stories)
        matches = self._matches(batch.typed)
        fields = self._enrichment.of(batch.typed, self._wanted - AMENDED, matches)
        whole = fields.hstack(self._unamended.of(rows))
        begins, since = _first_days(rows, None, stories)
        told = whole.hstack(rows[["shipment_id", "story"]])
        truths = self._plan.evaluate(told, begins if since is None else since)
        return Timeline(whole, truths, begins, (0, rows.height), (matches,), since)

    def timeline(
        self,
        batches: Sequence[Batch],
        superseded: Sequence[Batch] = (),
        earlier: Earlier | None = None,
        stories: pl.Series | None = None,
    ) -> Timeline:
        """The timeline of these batches, after what is earlier.

        `superseded` are the rows that a higher revision among the batches replaces. `stories` (UInt32, a
        value for each row) parts the rows into books of their own.
        """
        starts = tuple(accumulate((batch.typed.height for batch in batches), initial=0))
        own = self._rows((batch.typed for batch in batches), stories)
        past = self._rows([earlier.rows] if earlier else [])
        others = past.join(own, on=_IDENTITY, how="anti", nulls_equal=True, maintain_order="left")
        before = _newest(others)
        seen = pl.concat([own, before], how="diagonal")
        # What a long history has in one revision only is compared with nothing.
        again = past.join(before, on=[*_IDENTITY, "revision"], how="anti", nulls_equal=True)
        replaced = pl.concat([again, self._rows(batch.typed for batch in superseded)], how="diagonal")
        amended = amendments(seen, replaced, self._amended)
        begins, since = _first_days(seen, earlier, stories)
        looked_up = before.drop(self._not_looked_up, strict=False)
        pieces = (
            [*(batch.typed for batch in batches), *looked_up.iter_slices(ROWS)] if self.by_matches else []
        )
        matches = tuple(map(self._matches, pieces))
        fields = self._fields(seen, pieces, matches).hstack(amended)
        told = fields.hstack(_apart(seen).select("shipment_id", "story"))
        truths = self._plan.evaluate(told, begins if since is None else since)
        made = fields.drop("shipment.date").head(starts[-1])
        return Timeline(made, truths, begins, starts, matches[: len(batches)], since)

    def amended(self, rows: pl.DataFrame, others: Iterable[pl.DataFrame]) -> pl.DataFrame:
        """The wanted of the fields that compare each row with an earlier revision of it, among the others."""
        return amendments(self._rows([rows]), self._rows(others), self._amended)

    def _rows(self, frames: Iterable[pl.DataFrame], stories: pl.Series | None = None) -> pl.DataFrame:
        """The columns that are needed, of all these typed rows."""
        found = [_laid_out(frame, self._columns) for frame in frames]
        whole = found[0] if len(found) == 1 else pl.concat(found or [_NO_ROWS], how="diagonal")
        return _told_apart(whole, stories)

    def _fields(
        self, rows: pl.DataFrame, pieces: Sequence[pl.DataFrame], matches: Sequence[pl.DataFrame]
    ) -> pl.DataFrame:
        """The fields of the plan; those that rest on matches piece by piece, as many names stand on a row."""
        wanted = self._plan.fields - AMENDED
        listed = frozenset(filter(rests_on_matches, wanted))
        nobody = self._matches(rows.clear())
        fields = self._enrichment.of(rows, wanted - listed, nobody)
        both = zip(pieces, matches, strict=True)
        found = [pl.DataFrame(matched_fields(piece, listed, of)) for piece, of in both]
        return fields.hstack(pl.concat(found)) if found else fields


def _laid_out(rows: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """Those of the columns that the rows have, and what tells a shipment in any case."""
    lacking = {name: dtype for name, dtype in _EVERY_ROW.items() if name not in rows.columns}
    if lacking:
        rows = rows.with_columns(pl.lit(None, dtype).alias(name) for name, dtype in lacking.items())
    there = frozenset(rows.columns)
    return rows[[name for name in columns if name in there]]


def _told_apart(rows: pl.DataFrame, stories: pl.Series | None) -> pl.DataFrame:
    """The rows with the `story` of each; without stories all are of one."""
    told = _ONE_STORY.new_from_index(0, rows.height) if stories is None else stories.cast(pl.UInt32)
    return rows.hstack([told.alias("story")])


def _telling(role: str) -> set[str]:
    """The columns by which the party in this role, or its address, can be found on a list."""
    return {f"{role}_{told}" for told in ("name", "imo", "identifier", "address")}


def _at(frame: pl.DataFrame, places: pl.Series) -> pl.DataFrame:
    # A frame without columns has no rows to take.
    return frame[places] if frame.width else frame


def _needed(fields: frozenset[str], by_matches: bool) -> list[str]:
    named = {column for name in fields for column in FIELDS[name].columns}
    named |= _EVERY_ROW.keys()
    return [name for name in COLUMNS if by_matches or name in named]


def _newest(rows: pl.DataFrame) -> pl.DataFrame:
    """Each shipment of a history once, in its highest revision."""
    order = rows.sort(_REVISION, descending=True, maintain_order=True)
    return order.unique(_IDENTITY, keep="first", maintain_order=True)


def _apart(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows, those that are replaced or told again by another one of their story in stories of their own.

    A bound book has none of them, but a program may ask about several revisions at once.
    """
    if rows["shipment_id"].n_unique() == rows.height:
        return rows
    of = ("story", *_IDENTITY)
    first = pl.int_range(pl.len()).over(*of, "revision") == 0
    standing = (_REVISION.max().over(of) == _REVISION) & first
    lone = _STORY.max() + 1 + pl.int_range(pl.len(), dtype=pl.UInt32)
    return rows.with_columns(pl.when(standing).then(_STORY).otherwise(lone).alias("story"))


def _first_days(
    rows: pl.DataFrame, earlier: Earlier | None, stories: pl.Series | None
) -> tuple[date | None, pl.Series | None]:
    """The first day that the book reaches back to; with stories, that of each row's own."""
    if stories is not None:
        lone = stories.n_unique() == rows.height
        return None, rows["shipment_date"] if lone else rows.select(_FIRST_DAY).to_series()
    days = [rows["shipment_date"].min(), earlier.begins if earlier else None]
    return min((day for day in days if isinstance(day, date)), default=None), None
