"""The benchmark counts what is planted, and tells quiet pairs from ghosts."""

from tests.benchmarks.flows.simulated import Outcome, false_gaps, outcome
from tests.flows.world import GOODS, HUBS, ORIGINS, world


def test_a_line_gives_the_shares() -> None:
    line = Outcome(found=9, large=10, false=1, quiet=100, near=8, sized=10).line("one")
    assert "90.0%" in line and "1.00%" in line and "80.0%" in line


def test_every_corridor_is_planted_or_quiet() -> None:
    made = world(3)
    one = outcome(made)
    assert one.quiet + len(made.planted) == len(ORIGINS) * len(HUBS) * len(GOODS)
    assert one.found <= one.large


def test_hardly_any_honest_pair_is_flagged_for_a_gap() -> None:
    assert false_gaps(world(3)) <= 0.02
