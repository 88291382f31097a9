"""On a small world of trade the lines that the whole project must hold do hold, loosely.

`python -m tests.benchmarks.patterns` measures worlds of full size, and the exact lines.
"""

from functools import cache

import pytest

from screening.screener import Screener
from tests.benchmarks.patterns.goals import HELD
from tests.benchmarks.patterns.measure import Measured, measure, rates
from tests.worlds.stock import WORLDS
from tests.worlds.world import world

FOUND = 0.95
"""The share of planted instances that the rules find, a little less than on a world of full size."""


@cache
def screener() -> Screener:
    return Screener(rates=rates())


@cache
def measured(name: str) -> Measured:
    return measure(world(name, seed=5, rows=4_000), screener())


@pytest.mark.parametrize("name", WORLDS)
def test_planted_patterns_are_found(name: str) -> None:
    instances, rows = measured(name).instances, measured(name).core
    assert instances["found"].sum() >= FOUND * instances.height
    assert rows["flagged"].sum() >= 0.9 * rows.height


@pytest.mark.parametrize("family", HELD)
@pytest.mark.parametrize("name", WORLDS)
def test_what_nobody_may_let_go_is_held(name: str, family: str) -> None:
    rows = measured(name).core.filter(family=family)
    assert rows["held"].all()


@pytest.mark.parametrize("name", WORLDS)
def test_ordinary_trade_is_hardly_flagged(name: str) -> None:
    # Of two thousand rows, where one busy buyer is a share of its own.
    assert measured(name).share("benign", "flagged") <= 0.02
    assert measured(name).share("benign", "held") <= 0.003


@pytest.mark.parametrize("name", WORLDS)
def test_honest_look_alikes_are_seldom_flagged_and_hardly_ever_held(name: str) -> None:
    assert measured(name).share("honest", "flagged") <= 0.08
    assert measured(name).share("honest", "held") <= 0.01
