"""The earlier shipments that matter to a book, read part by part: those that share a group with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from screening.history.asked import Asked
from screening.history.groups import Sought, keyed
from screening.history.parts import Keys, Part, Parts
from screening.io.book import Book
from screening.parties import remember_keys
from screening.watchlists.lists import ListCatalogue

SAME = ["line", "revision"]
"""By what a row of the history is known again."""
_IDENTITY = ["shipment_id", "line_number"]


@dataclass(frozen=True, slots=True)
class View:
    """Which rows of the history a run sees."""

    run: int
    pruned_to: date | None
    replaced: pl.DataFrame
    lines: pl.Series
    """The shipments that the book itself tells."""

    def of(self, core: pl.DataFrame) -> pl.Series:
        """A mask over these rows."""
        there = (pl.col("posted") < self.run) & pl.col("day").is_not_null()
        if self.pruned_to:
            there &= pl.col("day") >= self.pruned_to
        seen = core.select((there & ~pl.col("line").is_in(self.lines.implode())).alias("seen"))["seen"]
        if self.replaced.is_empty():
            return seen
        gone = core.select(pl.struct(SAME).is_in(self.replaced.select(pl.struct(SAME)).to_series().implode()))
        return seen & ~gone.to_series()


class Reading:
    """Reads the rows that a book needs."""

    def __init__(self, parts: Parts, asked: Asked, lists: ListCatalogue, view: View) -> None:
        self._parts = parts
        self._asked = asked
        self._lists = lists
        self._view = view

    def rows(
        self, every: Sequence[Part], book: Book, met: pl.DataFrame
    ) -> tuple[pl.DataFrame, tuple[str, ...]]:
        """The earlier rows that share a group with the book or are revisions of its own; and the columns
        that some of them lack."""
        sought = self._sought(book)
        since, last = sought.since(), sought.last
        frames, lacking = [], set[str]()
        for part in every:
            own = met.filter(pl.col("part") == part.number)["at"]
            timely = since is not None and last is not None and part.within(since, last)
            chosen = self._chosen(part, sought, own) if timely or len(own) else None
            if chosen is not None and chosen.height:
                frames.append(chosen)
                lacking |= set(self._asked.columns) - part.columns
        whole = pl.concat(frames, how="diagonal") if frames else _nothing()
        return _told_apart(whole, book, self._view.lines), tuple(sorted(lacking))

    def _sought(self, book: Book) -> Sought:
        needed = set(self._asked.columns)
        typed = [batch.typed.select(n for n in batch.typed.columns if n in needed) for batch in book.batches]
        rows = pl.concat(typed, how="diagonal")
        days = rows["shipment_date"] if "shipment_date" in rows.columns else pl.Series([], dtype=pl.Date)
        return Sought(self._asked.shapes, keyed(rows, self._asked, self._lists, told=False), days)

    def _chosen(self, part: Part, sought: Sought, own: pl.Series) -> pl.DataFrame:
        (core,) = self._parts.cores([part])
        keys = self._parts.keys(part)
        wanted = sought.among(keys.numbers, core["day"]) & self._view.of(core)
        mask = wanted | pl.int_range(core.height, dtype=pl.UInt32, eager=True).is_in(own.implode())
        if not mask.any():
            return core.clear()
        cells = self._parts.cells(part, self._asked.columns).filter(mask)
        self._remember(cells, keys, mask)
        return cells.hstack(core.filter(mask).select("line", "posted"))

    def _remember(self, cells: pl.DataFrame, keys: Keys, mask: pl.Series) -> None:
        texts = keys.texts(self._asked.parties)
        for role in texts.columns:
            if f"{role}_name" in cells.columns:
                remember_keys(cells[f"{role}_name"], texts[role].filter(mask))


def _nothing() -> pl.DataFrame:
    numbers = dict.fromkeys(("line_number", "revision", "line", "posted"), pl.Int64)
    return pl.DataFrame(schema={"shipment_id": pl.String, "shipment_date": pl.Date, **numbers})


def _told_apart(rows: pl.DataFrame, book: Book, lines: pl.Series) -> pl.DataFrame:
    """The rows, with the run behind a `shipment_id` that different shipments have.

    Only rows without an id of their own share one: files of one name, day after day.
    """
    own = pl.concat([_identities(batch.typed) for batch in book.batches])
    rows = rows.with_columns(_line_number(rows))
    there = rows.join(
        own.with_columns(there=True), on=_IDENTITY, how="left", nulls_equal=True, maintain_order="left"
    )
    mine = pl.col("there").fill_null(False) & ~pl.col("line").is_in(lines.implode())
    several = mine | (pl.col("line").n_unique().over(_IDENTITY) > 1)
    longer = pl.format("{} (run {})", "shipment_id", "posted")
    told = there.with_columns(pl.when(several).then(longer).otherwise("shipment_id").alias("shipment_id"))
    return told.drop("line", "posted", "there")


def _identities(typed: pl.DataFrame) -> pl.DataFrame:
    return typed.select("shipment_id", _line_number(typed)).unique()


def _line_number(typed: pl.DataFrame) -> pl.Expr:
    stated = "line_number" in typed.columns
    return (pl.col("line_number") if stated else pl.lit(None)).cast(pl.Int64).alias("line_number")
