"""The passes over a book, one after another, and what they come to."""

import json
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from heapq import nsmallest
from pathlib import Path

import polars as pl

from screening.io.book import file_names
from screening.io.mapping import read_mapping
from screening.io.pieces import Piece
from screening.io.sources import spelled
from screening.options import Options
from screening.passes.account import Account, inputs_told
from screening.passes.bench import Bench
from screening.passes.binding import bind
from screening.passes.book import PartedBook, book_of
from screening.passes.crew import Crew
from screening.passes.deal import Task
from screening.passes.deciding import decide
from screening.passes.folder import Parts
from screening.passes.judging import judge
from screening.passes.looking import look, looks, room
from screening.passes.meeting import meet, share_known
from screening.passes.progress import Progress, Watch
from screening.passes.reading import pieces, read
from screening.passes.resting import rest
from screening.passes.stock import get
from screening.passes.turning import ASKED, LOOKED, RESTED, Lines, turns
from screening.passes.writing import ALERTS, pages, write
from screening.result import Screening


class Course:
    """One run over files, part by part."""

    def __init__(self, options: Options, bench: Bench, crew: Crew, progress: Progress | None = None) -> None:
        self._options, self._bench, self._crew = options, bench, crew
        self._parts: Parts = bench.parts
        self._watch = Watch(progress)
        self.account = Account()
        self._read: list[str] = []
        self._book = book_of([])

    def go(self) -> None:
        """Makes every part that is not there yet."""
        self._reading()
        book = book_of(self._read)
        bind(self._parts, book, self.account.rows)
        if self._options.workers > 1 and len(book.read) > self._options.workers:
            book = replace(book, shares=self._options.workers)
        share_known(self._bench, book)
        self._pass("meeting", meet, book, range(book.shares))
        self._pass("judging", judge, book, book.numbers)
        self._take_judged(book)
        to_look = looks(self._parts, self._bench.shuffles, book, room(self._options.workers))
        book = replace(book, begins=self.account.begins, looks=to_look)
        self._pass("looking", look, book, range(len(to_look)))
        self._turn(LOOKED, book, len(book.read))
        self._pass("deciding", decide, book, book.numbers)
        self._take_decided(book)
        self._turn(ASKED, book, len(to_look))
        self._pass("resting", rest, book, range(len(to_look)))
        self._turn(RESTED, book, len(book.read))
        book = replace(book, pages=pages(self._parts, book))
        self._pass("writing", write, book, range(len(book.pages)))
        self._book = book

    @property
    def alerts(self) -> list[Path]:
        """The files of the rows that are shown, as lines of JSON, in the order of the book."""
        book = self._book
        return [self._parts.of(book.written(number)) / ALERTS for number in range(len(book.pages))]

    def rejects(self) -> Iterator[pl.DataFrame]:
        """The rejects of each batch, in the order of the book."""
        names = map(self._book.judged, self._book.numbers)
        return (get(self._parts.of(name), "rejects") for name in names)

    def gravest(self, count: int) -> list[Screening]:
        """So many of the gravest alerts, in the order of the book among equals."""
        told = (
            (-score, number, at)
            for number in range(len(self._book.pages))
            for score, at in self._parts.facts(self._book.written(number))["gravest"]
        )
        alerts = self.alerts
        return [_alert(alerts[number], at) for _, number, at in nsmallest(count, told)]

    def _pass(self, what: str, task: Task, book: PartedBook, numbers: Sequence[int]) -> None:
        asked = ((book, number) for number in numbers)
        for done, _ in enumerate(self._crew.each(task, asked), start=1):
            self._watch.told(what, done / len(numbers), self._alerts)

    def _turn(self, lines: Lines, book: PartedBook, told_to: int) -> None:
        asked = ((book, number) for number in turns(told_to))
        deque(self._crew.each(lines.turn, asked), maxlen=0)

    @property
    def _alerts(self) -> int:
        return self.account.decisions["review"] + self.account.decisions["hold"]

    def _reading(self) -> None:
        account, digests = self.account, list[str]()
        for name in self._crew.each(read, self._to_read(digests)):
            facts = self._parts.facts(name)
            self._read.append(name)
            account.rows += facts["rows"]
            account.present |= frozenset(facts["present"])
            account.columns = tuple(dict.fromkeys((*account.columns, *facts["columns"])))
            self._watch.read(account.rows)
        account.inputs = inputs_told(self._options.sources, digests)
        self._watch.all_read(account.rows)

    def _to_read(self, digests: list[str]) -> Iterator[tuple[int, Piece, str]]:
        options = self._options
        mapping = read_mapping(options.mapping) if options.mapping else None
        called = file_names(spelled(source) for source in options.sources)
        cut = pieces(options.sources, mapping, options.rows_of_batch, digests)
        for number, piece in enumerate(cut):
            self._watch.cut(piece, len(options.sources))
            yield number, piece, called[piece.file]

    def _take_judged(self, book: PartedBook) -> None:
        facts = [self._parts.facts(book.judged(number)) for number in book.numbers]
        firsts = [date.fromisoformat(one["begins"]) for one in facts if one["begins"]]
        self.account.begins = min(firsts, default=None)
        self.account.superseded = sum(one["superseded"] for one in facts)
        self.account.rejected = sum(one["rejected"] for one in facts)

    def _take_decided(self, book: PartedBook) -> None:
        for number in book.numbers:
            facts = self._parts.facts(book.decided(number))
            self.account.decisions.update(facts["decisions"])
            self.account.fired.update(facts["fired"])
            self.account.untold.update(facts["untold"])


def _alert(path: Path, at: int) -> Screening:
    with path.open("rb") as file:
        file.seek(at)
        return Screening.of_record(json.loads(file.readline()))
