"""Columns put side by side as a frame."""

import polars as pl
import pytest

from screening.abreast import FEW, Blanks, abreast, blank, made, told_here

COLUMNS = [pl.Series("a", [1, 2]), pl.Series("b", ["x", None])]


def test_a_frame_has_the_columns_in_their_order() -> None:
    assert abreast(COLUMNS).equals(pl.DataFrame(COLUMNS))


def test_no_columns_are_an_empty_frame() -> None:
    assert abreast([]).shape == (0, 0)


@pytest.mark.parametrize("height", [0, 1, 3])
def test_a_blank_column_is_unknown_in_every_row(height: int) -> None:
    column = blank("a", pl.Float64(), height)
    assert (column.name, column.dtype) == ("a", pl.Float64())
    assert column.null_count() == len(column) == height


def test_columns_are_made_by_their_types() -> None:
    types = pl.Schema({"a": pl.Float64(), "b": pl.List(pl.String), "c": pl.Float64()})
    columns = made({"a": [1.0, 2.0], "b": [["x"], None], "c": [None, 3.0]}, types)
    told = pl.DataFrame({"a": [1.0, 2.0], "b": [["x"], None], "c": [None, 3.0]}, types)
    assert told.equals(abreast([columns[name] for name in "abc"]))


def test_no_columns_are_made_of_none() -> None:
    assert made({}, {}) == {}


@pytest.mark.parametrize("height", [0, 1, FEW, FEW + 1])
def test_blanks_are_unknown_in_every_row(height: int) -> None:
    made = Blanks({"a": pl.Date(), "b": pl.List(pl.String)}).of(height)
    assert {name: (column.dtype, column.null_count(), len(column)) for name, column in made.items()} == {
        "a": (pl.Date(), height, height),
        "b": (pl.List(pl.String), height, height),
    }


@pytest.mark.parametrize("asked", [0, 1, 5])
def test_expressions_come_in_their_order_and_with_nothing_beside(asked: int) -> None:
    expressions = [(pl.col("a") + place).alias(f"more {place}") for place in range(asked)]
    told = told_here(pl.DataFrame(COLUMNS), expressions)
    assert [column.to_list() for column in told] == [[1 + place, 2 + place] for place in range(asked)]
