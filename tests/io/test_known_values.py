"""Values that are read once for each different cell."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.io import known_values
from screening.io.known_values import KnownValues, Reading

CELLS = st.lists(
    st.none() | st.sampled_from(["", "1", "22", "x", "4" * 30]) | st.text(max_size=2), max_size=80
)


def plain(cells: pl.Series) -> Reading:
    values = cells.cast(pl.Int64, strict=False)
    return values, (cells != "").fill_null(False) & values.is_null()


class Asked:
    """A reading that remembers what it was asked."""

    def __init__(self) -> None:
        self.cells: list[str | None] = []

    def __call__(self, cells: pl.Series) -> Reading:
        self.cells += cells.to_list()
        return plain(cells)


@given(st.lists(CELLS, max_size=4), st.integers(4, 100))
def test_cells_are_what_they_are_read_as(columns: list[list[str | None]], most: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(known_values, "_MOST", most)
        patch.setattr(known_values, "_SAMPLE", 3)
        patch.setattr(known_values, "_LONGEST", 20)
        known = KnownValues(plain)
        for cells in (pl.Series("n", column, dtype=pl.String) for column in columns):
            found, expected = known.reading(cells), plain(cells)
            assert found[0].equals(expected[0])
            assert not expected[1].any() if found[1] is None else found[1].equals(expected[1])
            assert found[0].name == "n"
            assert known.told(cells.to_list()) == list(zip(*map(list, expected), strict=True))


@pytest.mark.parametrize("rows", [1, 1000])
def test_a_cell_that_was_met_is_not_read_again(rows: int) -> None:
    asked = Asked()
    known = KnownValues(asked)
    for _ in range(2):
        known.reading(pl.Series(["1", "x", None] * rows, dtype=pl.String))
    assert sorted(filter(None, asked.cells)) == ["1", "x"]


def test_a_column_of_cells_that_all_differ_is_not_kept() -> None:
    asked = Asked()
    known = KnownValues(asked)
    column = pl.Series(map(str, range(5000)))
    assert known.reading(column)[0].to_list() == list(range(5000))
    known.reading(column[:1])
    assert asked.cells.count("0") == 2
