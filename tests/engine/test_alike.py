"""The latest row of a like amount, found among many as it is found one by one."""

import random
import time

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.engine.alike import Sought, latest_alike
from screening.engine.coded import NONE
from screening.engine.latest import running_best

ROWS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(1, 9)), max_size=20)
ASKED = st.lists(
    st.tuples(st.integers(0, 20), st.integers(0, 10), st.integers(0, 10), st.integers(0, 3)), max_size=8
)


def in_order(rows: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The rows with marks that grow as a group's do: a row counts from its own group."""
    return [(mark + 10 * (at // 5), owner, amount) for at, (mark, owner, amount) in enumerate(rows)]


@settings(max_examples=400, deadline=None)
@given(ROWS, ASKED)
def test_it_is_the_highest_mark_of_those_asked_for(
    rows: list[tuple[int, int, int]], asked: list[tuple[int, int, int, int]]
) -> None:
    whole = in_order(rows)
    marks, owners, amounts = (np.array([row[i] for row in whole], dtype=np.int64) for i in range(3))
    until, low, high, own = (np.array([a[i] for a in asked], dtype=np.int64) for i in range(4))
    until = np.minimum(until, len(whole))
    found = latest_alike(marks, owners, amounts, Sought(until, low, high, own))
    for at, (_, least, most, owner) in enumerate(asked):
        fit = [m for m, o, a in whole[: until[at]] if least <= a <= most and o != owner]
        assert found[at] == max(fit, default=NONE)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3)), min_size=1), st.integers(0, 3))
def test_the_best_of_others_leaves_one_owner_out(rows: list[tuple[int, int]], owner: int) -> None:
    marks, owners = (np.array([row[i] for row in rows], dtype=np.int64) for i in range(2))
    asked = np.arange(-1, len(rows))
    best = running_best(marks, owners).without(np.full(asked.size, owner), asked)
    for place, found in zip(asked, best, strict=True):
        assert found == max((m for m, o in rows[: place + 1] if o != owner), default=NONE)


def test_a_party_with_all_rows_is_no_worse_than_many() -> None:
    rng, size = np.random.default_rng(1), 100_000
    amounts = rng.integers(1, 1_000, size)
    everyone, everything = np.arange(size), np.arange(size)
    sought = Sought(everything, amounts * 95 // 100, amounts * 105 // 100, everyone)
    begun = time.process_time()
    found = latest_alike(everything, everyone, amounts, sought)
    assert time.process_time() - begun < 5
    at = random.Random(1).choice(range(size))
    fit = np.flatnonzero((amounts[:at] >= sought.low[at]) & (amounts[:at] <= sought.high[at]))
    assert found[at] == fit.max(initial=NONE)
