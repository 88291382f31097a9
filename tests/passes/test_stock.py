"""Frames on disk, read in pieces."""

from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.passes.stock import gathered, get, put, put_parted
from tests.passes.books import book

ROWS = st.lists(st.lists(st.integers(0, 9), max_size=12), min_size=1, max_size=40)


def frame(numbers: list[int]) -> pl.DataFrame:
    ordered = pl.Series("number", sorted(numbers), dtype=pl.UInt16)
    return pl.DataFrame({"number": ordered}).with_columns(
        text=pl.when(ordered % 3 > 0).then("a text longer than twelve letters " + ordered.cast(pl.String)),
        texts=pl.concat_list(ordered.cast(pl.String)),
    )


def test_what_is_put_is_got(tmp_path: Path) -> None:
    put(tmp_path, "rows", book())
    assert get(tmp_path, "rows").equals(book())


@settings(max_examples=40, deadline=None)
@given(ROWS, st.integers(0, 10), st.integers(0, 10))
def test_pieces_of_many_frames_are_gathered_in_their_order(
    rows: list[list[int]], first: int, after: int
) -> None:
    frames = [frame(numbers) for numbers in rows]
    with TemporaryDirectory() as place:
        folders = [Path(place) / str(at) for at in range(len(frames))]
        for folder, one in zip(folders, frames, strict=True):
            folder.mkdir()
            put_parted(folder, "rows", one)
        found = gathered(folders, "rows", "number", range(first, after))
    assert found.equals(pl.concat(frames).filter(pl.col("number").is_in(range(first, after))))
