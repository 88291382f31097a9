"""The fourth pass: what holds over time, by as many buckets of a shuffle as there is room for."""

from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl

from screening.engine.shuffle import BUCKETS, Shuffle, joined
from screening.passes.bench import Bench
from screening.passes.book import Look, PartedBook
from screening.passes.folder import Parts
from screening.passes.stock import gathered, put_parted
from screening.passes.turning import LOOKED

ALONE = 200_000
"""Rows that one worker judges over time at once, where no bucket alone holds more."""
SHARED = 160_000
"""Rows that several judge at once, all together: each holds more besides."""


def room(workers: int) -> int:
    """Rows that each of so many workers judges at once."""
    return ALONE if workers == 1 else SHARED // workers


def looks(parts: Parts, shuffles: Sequence[Shuffle], book: PartedBook, room: int) -> tuple[Look, ...]:
    """What to look at: all buckets of all shuffles, as many at once as there is room for."""
    sizes = {shuffle.name: np.zeros(BUCKETS, dtype=np.int64) for shuffle in shuffles}
    for number in book.numbers:
        for name, dealt in parts.facts(book.judged(number))["dealt"].items():
            sizes[name] += np.array(dealt)
    return tuple(
        look for number, shuffle in enumerate(shuffles) for look in _looks(number, sizes[shuffle.name], room)
    )


def _looks(shuffle: int, sizes: "np.ndarray[tuple[int], np.dtype[np.int64]]", room: int) -> Iterator[Look]:
    first = held = 0
    for bucket, size in enumerate(sizes.tolist()):
        if held and held + size > room:
            yield Look(shuffle, first, bucket)
            first, held = bucket, 0
        held += size
    if held:
        yield Look(shuffle, first, BUCKETS)


def look(bench: Bench, book: PartedBook, number: int) -> str:
    """Makes the part that says what holds over time of the rows in the buckets of a look."""
    name, asked = book.looked(number), book.looks[number]
    if not bench.parts.has(name):
        shuffle = bench.shuffles[asked.shuffle]
        found = shuffle.found(joined([rows_in(bench, book, asked)]), book.begins, asked.buckets)
        with bench.parts.making(name) as (folder, _):
            put_parted(folder, LOOKED.name, found.select(pl.lit(number, pl.UInt32).alias("look"), pl.all()))
    return name


def rows_in(bench: Bench, book: PartedBook, asked: Look) -> pl.DataFrame:
    """All rows that were dealt into the buckets of a look, batch by batch."""
    folders = (bench.parts.of(book.judged(number)) for number in book.numbers)
    return gathered(folders, bench.shuffles[asked.shuffle].name, "bucket", asked.buckets)
