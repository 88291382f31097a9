"""The last pass: the rows that are shown, each with its evidence, as lines of JSON."""

from collections.abc import Iterator
from heapq import nlargest

import polars as pl

from screening.io.batch import kept
from screening.io.writers.jsonl import write_jsonl
from screening.passes.bench import Bench
from screening.passes.binding import settled_batch
from screening.passes.book import PartedBook
from screening.passes.judging import amended_fields
from screening.passes.resting import Rested
from screening.passes.stock import get
from screening.timeline import Part
from screening.written import WrittenRecord

ALERTS = "alerts.jsonl"
GRAVEST = 200
"""Alerts of a batch that are told of besides being written."""


def write(bench: Bench, book: PartedBook, number: int) -> str:
    """Makes the part with the records of a batch; its facts tell where the gravest alerts stand in it."""
    name = book.written(number)
    if bench.parts.has(name):
        return name
    told: list[tuple[int, int]] = []
    with bench.parts.making(name) as (folder, facts):
        with (folder / ALERTS).open("wb") as stream:
            for record in _records(bench, book, number):
                if record["decision"] != "clear":
                    told.append((record["score"], -stream.tell()))
                write_jsonl(stream, [record])
        facts["gravest"] = [(score, -at) for score, at in nlargest(GRAVEST, told)]
    return name


def _records(bench: Bench, book: PartedBook, number: int) -> Iterator[WrittenRecord]:
    folder = bench.parts.of(book.decided(number))
    shown = get(folder, "shown")["place"]
    if shown.is_empty():
        return iter(())
    batch, _ = settled_batch(bench.parts, book, number)
    amended = amended_fields(bench, book, number, batch)
    amended = amended[shown] if amended.width else amended
    which = pl.int_range(batch.typed.height, eager=True).is_in(shown.cast(pl.Int64).implode())
    behind = Rested(bench, book, number)
    part = Part(amended, get(folder, "over_time"), book.begins, None, shown, behind)
    return bench.screener.screen_part(kept(batch, which), part).records()
