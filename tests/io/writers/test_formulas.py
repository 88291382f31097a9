"""Cells that a spreadsheet would run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.io.writers.formulas import begins_formula, defused


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "  =1",
        "\t=1",
        "\tx",
        "\rx",
        "\nx",
        '"=1',
        "'=1",
        ' "\u200b=1',
        "\ufeff=1",
        "\u00a0=1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "\u201c=1",
        "\x00=1",
    ],
)
def test_a_cell_that_begins_a_formula_is_defused(cell: str) -> None:
    assert defused(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Acme", "a=b", "O'Neill", "  Acme", '"Acme"', "1-2", "Türk A.Ş.", "'"])
def test_any_other_cell_stays_as_it_is(cell: str) -> None:
    assert defused(cell) == cell


@given(st.text())
def test_a_defused_cell_begins_with_an_apostrophe_or_no_formula(cell: str) -> None:
    assert defused(cell).startswith("'") or not begins_formula(defused(cell))
    assert defused(cell).removeprefix("'") in (cell, cell.removeprefix("'"))
