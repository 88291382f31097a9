"""Fields that are computed together, and remembered for a few rows."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.abreast import FEW
from screening.field_step import Answers, FieldStep

FORMULAS = {
    "sum": pl.col("a") + pl.col("b"),
    "both": pl.concat_list("c", "c").list.drop_nulls(),
    "known": pl.col("b").is_not_null(),
}
SCHEMA = pl.Schema({"a": pl.Float64(), "b": pl.Float64(), "c": pl.List(pl.String)})
ROWS = st.lists(
    st.tuples(
        st.sampled_from([1.0, 2.0, None]), st.sampled_from([0.5, None]), st.sampled_from([["x"], None])
    ),
    min_size=1,
    max_size=8,
)


def frame(rows: list[tuple[object, ...]]) -> pl.DataFrame:
    return pl.DataFrame(rows, SCHEMA, orient="row")


@given(ROWS, st.integers(1, FEW))
def test_a_few_rows_are_told_what_many_are(rows: list[tuple[object, ...]], at_once: int) -> None:
    step, whole = FieldStep(FORMULAS, Answers()), frame(rows * (FEW + 1))
    told = [pl.DataFrame(step.of(some)) for some in whole.iter_slices(at_once)]
    assert pl.concat(told).equals(pl.DataFrame(step.of(whole)))


def test_what_a_row_came_to_is_not_computed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    step = FieldStep(FORMULAS, Answers())
    first = step.of(frame([(1.0, 2.0, ["x"])]))
    monkeypatch.delattr(pl.DataFrame, "select_seq")
    assert [a.equals(b) for a, b in zip(step.of(frame([(1.0, 2.0, ["x"])])), first, strict=True)] == [
        True
    ] * 3


def test_no_more_is_remembered_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("screening.field_step._MOST_REMEMBERED", 5)
    answers = Answers()
    step = FieldStep(FORMULAS, answers)
    for value in range(20):
        step.of(frame([(float(value), 1.0, None)]))
    assert len(answers) <= 5 + len(FORMULAS)
