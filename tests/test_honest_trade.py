"""A tool that flags honest trade is switched off: what two books of ordinary shipments come to."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from screening.run import Counts, Options, run
from screening.screener import Screener
from tests.books import Row, honest_listed_goods, other_trade, write_book

SCREENER = Screener()


def counted(folder: Path, book: Callable[[int, int], Iterator[Row]], seed: int) -> Counts:
    source = write_book(folder / "book.csv", book(2_000, seed))
    return run(Options(sources=[str(source)]), SCREENER).counts


@pytest.mark.parametrize("seed", [1, 11])
def test_listed_goods_to_old_buyers_are_not_held_and_seldom_flagged(tmp_path: Path, seed: int) -> None:
    counts = counted(tmp_path, honest_listed_goods, seed)
    assert (counts.rows, counts.rejected, counts.hold) == (2_000, 0, 0)
    assert counts.review < 400


@pytest.mark.parametrize("seed", [2, 12])
def test_other_goods_are_not_flagged_whoever_buys_them(tmp_path: Path, seed: int) -> None:
    counts = counted(tmp_path, other_trade, seed)
    assert (counts.rows, counts.cleared) == (2_000, 2_000)
