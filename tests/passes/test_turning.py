"""What looks tell batches, and batches looks, comes to those that it is told to."""

from pathlib import Path

import polars as pl
import pytest

from screening.engine.shuffle import FOUND
from screening.passes.bench import Bench
from screening.passes.book import Look, PartedBook
from screening.passes.folder import Parts
from screening.passes.stock import put_parted
from screening.passes.turning import AT_ONCE, LOOKED, turns
from tests.passes.books import screener

BATCHES = 2 * AT_ONCE + 1
LOOKS = tuple(Look(0, at, at + 1) for at in range(3))
BOOK = PartedBook("book", tuple(map(str, range(BATCHES))), looks=LOOKS)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    (tmp_path / "making").mkdir()
    return Bench(screener(), (), Parts(tmp_path), False)


def found(look: int) -> pl.DataFrame:
    """A line for every batch but each seventh, which looks say nothing of."""
    lines = [(look, part, look, "PAT-001", 9, None) for part in range(BATCHES) if part % 7]
    return pl.DataFrame(lines, schema={"look": pl.UInt32, **FOUND}, orient="row")


def test_each_batch_has_what_all_looks_found_of_it(bench: Bench) -> None:
    for look in range(len(LOOKS)):
        with bench.parts.making(BOOK.looked(look)) as (folder, _):
            put_parted(folder, "found", found(look))
    for number in turns(BATCHES):
        LOOKED.turn(bench, BOOK, number)
    told = [LOOKED.of(bench.parts, BOOK, batch) for batch in BOOK.numbers]
    assert [one["look"].to_list() for one in told] == [[0, 1, 2] if at % 7 else [] for at in range(BATCHES)]
    assert all((one["part"] == at).all() for at, one in enumerate(told))


def test_where_nobody_looks_nothing_is_found(bench: Bench) -> None:
    alone = PartedBook("book", ("only",))
    LOOKED.turn(bench, alone, 0)
    assert LOOKED.of(bench.parts, alone, 0).is_empty()
