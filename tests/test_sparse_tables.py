"""The best cells of a product are those of the whole product."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.sparse_tables import SparseTable, best_cells

CELLS = st.sampled_from([0.0, 0.0, 0.5, 1.0, 2.0])


def matrices(rows: int, columns: int) -> st.SearchStrategy[np.ndarray]:
    row = st.lists(CELLS, min_size=columns, max_size=columns)
    return st.lists(row, min_size=rows, max_size=rows).map(np.array)


def sparse(whole: np.ndarray) -> SparseTable:
    rows, columns = np.nonzero(whole)
    starts = np.searchsorted(rows, np.arange(len(whole) + 1))
    return SparseTable(whole[rows, columns], columns.astype(np.int32), starts.astype(np.int32))


@given(matrices(2, 3), matrices(3, 4), st.integers(1, 5))
def test_each_row_keeps_its_best_cells_the_best_one_first(
    one: np.ndarray, other: np.ndarray, most: int
) -> None:
    found = best_cells(sparse(one), sparse(other), 4, most, best_first=True)
    for row, (start, end) in enumerate(zip(found.starts, found.starts[1:], strict=False)):
        whole = sorted((one @ other)[row], reverse=True)
        assert found.values[start:end].tolist() == [value for value in whole if value][:most]


@pytest.mark.parametrize("best_first", [True, False])
def test_where_one_table_says_nothing_nothing_is_found(best_first: bool) -> None:
    found = best_cells(sparse(np.zeros((2, 3))), sparse(np.ones((3, 4))), 4, 2, best_first)
    assert (len(found.values), found.starts.tolist()) == (0, [0, 0, 0])
