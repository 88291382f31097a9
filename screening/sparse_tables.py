"""Tables of which most cells are nothing, and the best cells of the product of two: what is most like what.

A library multiplies them. The tables that it would be given otherwise are scipy's, and of these each takes
longer to make than the product of a few rows takes: so here they are arrays and nothing else.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from sparse_dot_topn import _core

Places = npt.NDArray[np.int32]
Values = npt.NDArray[np.floating[Any]]


class SparseTable(NamedTuple):
    """The cells that say something, row after row: their values, their columns, and where each row begins."""

    values: Values
    columns: Places
    starts: Places


def best_cells(one: SparseTable, other: SparseTable, width: int, most: int, best_first: bool) -> SparseTable:
    """The product of the tables, each row with so many cells at most; the other has `width` columns.

    Both have values of one type.
    """
    rows = len(one.starts) - 1
    if not len(one.columns) or not len(other.columns):
        return SparseTable(one.values[:0], np.empty(0, np.int32), np.zeros(rows + 1, np.int32))
    multiply = _core.sp_matmul_topn_sorted if best_first else _core.sp_matmul_topn
    tables = (one.values, one.starts, one.columns, other.values, other.starts, other.columns)
    return SparseTable(*multiply(min(most, width), rows, width, None, 1.0, *tables))
