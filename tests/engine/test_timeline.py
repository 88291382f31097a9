"""What lies in a window before a row of its group, looked up for all rows at once."""

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.engine.coded import NONE, TRUE, Integers, dense, paired
from screening.engine.timeline import Timeline, any_between, distinct_within
from tests.engine.made_books import book, coded_book

ROWS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 12), st.integers(-1, 3)), min_size=1, max_size=25)
SPANS = st.integers(1, 14)
LAW = settings(max_examples=300, deadline=None)


def line_of(rows: list[tuple[int, int, int]]) -> tuple[Timeline, Integers, list[tuple[int, int, int]]]:
    """The line of rows of (group, day, value), their values, and the rows in the line's order."""
    frame = book(*({"day": day} for _, day, _ in rows))
    coded = coded_book(frame)
    groups = np.array([group for group, _, _ in rows], dtype=np.int64)
    line = Timeline(coded, np.full(len(rows), TRUE, dtype=np.int8), groups)
    ordered = [rows[at] for at in line.rows]
    return line, np.array([value for *_, value in ordered], dtype=np.int64), ordered


@LAW
@given(ROWS, SPANS)
def test_each_value_of_a_window_is_counted_once(rows: list[tuple[int, int, int]], days: int) -> None:
    line, values, ordered = line_of(rows)
    found = distinct_within(line, values, days, line.codes)
    for count, (group, day, _) in zip(found, ordered, strict=True):
        seen = {v for g, d, v in rows if g == group and 0 <= day - d <= days and v != NONE}
        assert count == len(seen)


@LAW
@given(ROWS, SPANS, st.integers(0, 14))
def test_places_bound_the_rows_of_a_span_of_days(
    rows: list[tuple[int, int, int]], far: int, near: int
) -> None:
    line, _, ordered = line_of(rows)
    first, after = line.from_day(line.codes, far), line.to_day(line.codes, near)
    for at, (group, day, _) in enumerate(ordered):
        wanted = [row for row in ordered if row[0] == group and near <= day - row[1] <= far]
        assert ordered[first[at] : after[at]] == wanted


def test_rows_without_a_group_or_a_day_are_left_out() -> None:
    coded = coded_book(book({"day": 1}, {"day": None}, {"day": 3}))
    line = Timeline(coded, np.full(3, TRUE, dtype=np.int8), np.array([0, 0, NONE]))
    assert line.rows.tolist() == [0]


def test_a_flag_is_found_between_two_places() -> None:
    flags = np.array([False, True, False])
    first, after = np.array([0, 1, 2, 0]), np.array([1, 2, 3, 3])
    assert any_between(flags, first, after).tolist() == [False, True, False, True]


@given(st.lists(st.tuples(st.integers(-1, 1 << 40), st.integers(-1, 1 << 40)), min_size=1))
def test_pairs_have_one_code_each(pairs: list[tuple[int, int]]) -> None:
    one, other = (np.array(side, dtype=np.int64) for side in zip(*pairs, strict=True))
    codes = paired(one, other).tolist()
    assert len(set(codes)) == len(set(pairs)) == len(set(zip(codes, pairs, strict=True)))


def test_codes_without_gaps_keep_their_order_and_what_is_unknown() -> None:
    assert dense(np.array([7, NONE, 3, 7])).tolist() == [1, NONE, 0, 1]


def test_a_book_reaches_back_to_the_first_row_of_each_story() -> None:
    rows = book({"day": 5}, {"day": 2}, {"day": 4, "story": 1}, {"day": None, "story": 1})
    assert coded_book(rows).begins.tolist() == [0, 0, 2, 2]
    far = rows.with_columns(pl.col("story") * 4_000_000)
    assert coded_book(far).begins.tolist() == [0, 0, 2, 2]
