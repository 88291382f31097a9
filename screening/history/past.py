"""What a run sees of a history: the shipments that were there before it, and what is new in its book.

Every run that posted rows has a number. A book with new rows becomes the next run, and sees what all
runs before posted. A book whose rows are all known is a run of before again, and sees what that one
saw; so the same file twice gives the same bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl
from sqlalchemy import Connection, func, select

from screening.history.asked import Asked
from screening.history.identity import core_of
from screening.history.parts import Part, Parts
from screening.history.reading import SAME, Reading, View
from screening.history.schema import ABOUT, REPLACED, RUNS
from screening.io.batch import Batch, kept
from screening.io.book import Book
from screening.watchlists.lists import ListCatalogue


@dataclass(frozen=True, slots=True)
class Past:
    """What a history says to a book."""

    book: Book
    """The book, without the rows that a higher revision in the history replaces: they are superseded."""
    rows: pl.DataFrame
    """Earlier shipments that share a group with the book, and earlier revisions of its own: the contract's
    columns that rules need of them."""
    begins: date | None
    """The first day that the history reaches back to."""
    run: int
    """The number of the run that this is, or was."""
    given: tuple[Batch, ...]
    """All batches of the book as they came, superseded ones too."""
    own: pl.DataFrame
    """Their rows, in order, as the history tells them apart: the core, `standing`, `new`."""
    met: pl.DataFrame
    """The history's rows of the same shipments, of earlier runs: part, `at`, the core."""
    known: int
    """How many of the book's rows the history has already."""
    changed: int
    """How many of those say something else than they did, under the same revision."""
    lacking: tuple[str, ...]
    """Columns that rules need and that some earlier shipments were kept without."""
    told: dict[str, object]
    """What a manifest says of the history."""


def look_back(connection: Connection, parts: Parts, book: Book, asked: Asked, lists: ListCatalogue) -> Past:
    """What the history says to this book, for what these rules ask."""
    every = parts.all()
    given = (*book.batches, *book.superseded)
    own = _own(given, len(book.batches))
    met = _met(parts, every, own["line"])
    pruned_to = connection.execute(select(ABOUT.c.pruned_to)).scalar()
    own = _with_news(own, met, pruned_to)
    run = _number(connection, own)
    met = met.filter(pl.col("posted") < run)
    own = _with_standing(own, met)
    book = _without_late(book, own)
    standing = own.filter("standing")["line"]
    view = View(run, pruned_to, _replaced(connection, run), standing)
    others = met.join(own, on=SAME, how="anti")
    rows, lacking = Reading(parts, asked, lists, view).rows(every, book, others)
    told, begins = _told(connection, run, pruned_to)
    known = own.filter("known")
    changed = known.filter(pl.col("said") != pl.col("said before")).height
    told["earlier"] = rows.height
    return Past(book, rows, begins, run, given, own, met, known.height, changed, lacking, told)


def _own(given: Sequence[Batch], listed: int) -> pl.DataFrame:
    """The rows of these batches, of which the first ones are `listed` and the others superseded."""
    return pl.concat(
        core_of(batch).with_columns(
            pl.lit(number, pl.UInt32).alias("batch"), pl.lit(number < listed).alias("listed")
        )
        for number, batch in enumerate(given)
    )


def _met(parts: Parts, every: Sequence[Part], lines: pl.Series) -> pl.DataFrame:
    """The rows of the history that are of these shipments, in whatever revision."""
    schema = {"line": pl.Int64, "revision": pl.Int64, "said": pl.Int64, "day": pl.Date, "posted": pl.Int64}
    found = [pl.DataFrame(schema={"part": pl.Int64, "at": pl.UInt32, **schema})]
    asked = lines.unique().implode()
    for part, core in zip(every, parts.cores(every), strict=True):
        hits = core.with_row_index("at").filter(pl.col("line").is_in(asked))
        found.append(hits.select(pl.lit(part.number, pl.Int64).alias("part"), "at", *schema))
    return pl.concat(found)


def _with_news(own: pl.DataFrame, met: pl.DataFrame, pruned_to: date | None) -> pl.DataFrame:
    before = met.select(*SAME, pl.col("said").alias("said before"), pl.col("posted").alias("posted before"))
    told = own.join(before, on=SAME, how="left", maintain_order="left")
    known = pl.col("posted before").is_not_null()
    past = (pl.col("day") < pruned_to).fill_null(False) if pruned_to else pl.lit(False)
    # What a party's removal left says nothing of what the row said.
    blank = pl.when(pl.col("said before") != 0).then("said before").alias("said before")
    return told.with_columns(blank, known.alias("known"), (~known & ~past).alias("new"))


def _number(connection: Connection, own: pl.DataFrame) -> int:
    last = connection.execute(select(func.max(RUNS.c.number))).scalar() or 0
    before = own["posted before"].max()
    return before if isinstance(before, int) and not own["new"].any() else last + 1


def _with_standing(own: pl.DataFrame, met: pl.DataFrame) -> pl.DataFrame:
    """Adds `late` and `standing`: the rows of the book that a revision in the history replaces, and those
    that nothing does."""
    highest = met.group_by("line").agg(pl.col("revision").max().alias("highest"))
    told = own.join(highest, on="line", how="left", maintain_order="left")
    late = pl.col("listed") & (pl.col("highest") > pl.col("revision")).fill_null(False)
    return told.with_columns(late.alias("late"), (pl.col("listed") & ~late).alias("standing"))


def _without_late(book: Book, own: pl.DataFrame) -> Book:
    if not own["late"].any():
        return book
    late = [own.filter(pl.col("batch") == number)["late"] for number in range(len(book.batches))]
    pairs = list(zip(book.batches, late, strict=True))
    gone = tuple(_bare(kept(batch, mask)) for batch, mask in pairs)
    left = tuple(kept(batch, ~mask) for batch, mask in pairs)
    return replace(book, batches=left, superseded=(*book.superseded, *gone))


def _bare(batch: Batch) -> Batch:
    return replace(batch, rejects=batch.rejects.clear())


def _replaced(connection: Connection, run: int) -> pl.DataFrame:
    rows = connection.execute(select(REPLACED.c.line, REPLACED.c.revision).where(REPLACED.c.run < run))
    return pl.DataFrame(rows.fetchall(), schema=dict.fromkeys(SAME, pl.Int64), orient="row")


def _told(connection: Connection, run: int, pruned_to: date | None) -> tuple[dict[str, object], date | None]:
    before = RUNS.c.number < run
    last = connection.execute(select(RUNS).where(before).order_by(RUNS.c.number.desc()).limit(1)).first()
    posted = connection.execute(select(func.sum(RUNS.c.added)).where(before)).scalar() or 0
    days = [day for day in (last.begins if last else None, pruned_to) if day]
    begins = max(days) if last and last.begins else None
    told: dict[str, object] = {
        "run": run,
        "sha256": last.digest if last else None,
        "begins": begins.isoformat() if begins else None,
        "shipments": int(posted),
    }
    return told, begins
