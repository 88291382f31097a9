"""The last pass: the rows that are shown, each with its evidence, as lines of JSON.

A batch shows a few of its rows, and to make their fields again costs about as much for a hundred rows as
for one. So batches that are alike are written together, a page at a time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from heapq import nlargest
from itertools import groupby

import polars as pl

from screening.io.batch import Batch
from screening.io.writers.jsonl import write_jsonl
from screening.passes.bench import Bench
from screening.passes.binding import other_revisions, settled_rows
from screening.passes.book import Page, PartedBook
from screening.passes.folder import Parts
from screening.passes.resting import Rested
from screening.passes.stock import get
from screening.timeline import Part
from screening.written import WrittenRecord

ALERTS = "alerts.jsonl"
GRAVEST = 200
"""Alerts of a page that are told of besides being written."""
BATCHES, SHOWN = 4, 1_000
"""Batches of a page at most, and rows that are shown on it, where no batch alone shows more."""


def pages(parts: Parts, book: PartedBook) -> tuple[Page, ...]:
    """All batches, as many on a page as have the same columns and show few rows."""
    return tuple(
        page
        for _, alike in groupby(book.numbers, key=lambda number: _columns(parts, book, number))
        for page in _pages(parts, book, [*alike])
    )


def _columns(parts: Parts, book: PartedBook, number: int) -> tuple[object, ...]:
    facts = parts.facts(book.read[number])
    return facts["file"], facts["present"], facts["columns"]


def _pages(parts: Parts, book: PartedBook, numbers: Sequence[int]) -> Iterator[Page]:
    first, shown = numbers[0], 0
    for number in numbers:
        more = parts.facts(book.decided(number))["shown"]
        if number > first and (shown + more > SHOWN or number - first == BATCHES):
            yield Page(first, number)
            first, shown = number, 0
        shown += more
    yield Page(first, numbers[-1] + 1)


def write(bench: Bench, book: PartedBook, number: int) -> str:
    """Makes the part with the records of a page; its facts tell where the gravest alerts stand in it."""
    name = book.written(number)
    if bench.parts.has(name):
        return name
    told: list[tuple[int, int]] = []
    with bench.parts.making(name) as (folder, facts):
        with (folder / ALERTS).open("wb") as stream:
            for record in _records(bench, book, book.pages[number]):
                if record["decision"] != "clear":
                    told.append((record["score"], -stream.tell()))
                write_jsonl(stream, [record])
        facts["gravest"] = [(score, -at) for score, at in nlargest(GRAVEST, told)]
    return name


def _records(bench: Bench, book: PartedBook, page: Page) -> Iterator[WrittenRecord]:
    found = {number: get(bench.parts.of(book.decided(number)), "shown")["place"] for number in page.batches}
    shown = {number: places for number, places in found.items() if len(places)}
    if not shown:
        return iter(())
    batches = [settled_rows(bench.parts, book, number, places) for number, places in shown.items()]
    amended = [
        bench.screener.amended(batch, other_revisions(bench.parts, book, number))
        for number, batch in zip(shown, batches, strict=True)
    ]
    over_time = [get(bench.parts.of(book.decided(number)), "over_time") for number in shown]
    whole = _together(batches)
    places = pl.int_range(whole.typed.height, eager=True)
    behind = Rested(bench, book, shown)
    part = Part(pl.concat(amended), pl.concat(over_time), book.begins, None, places, behind)
    return bench.screener.screen_part(whole, part).records()


def _together(batches: Sequence[Batch]) -> Batch:
    """The rows of batches that have the same columns."""
    return replace(
        batches[0],
        typed=pl.concat(batch.typed for batch in batches),
        cells=pl.concat(batch.cells for batch in batches),
        lines=pl.concat(batch.lines for batch in batches),
    )
