"""What the rules have to reach on a world that they were not fitted on."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.benchmarks.patterns.measure import Measured

HELD = ("direct_to_russia_or_belarus", "listed_by_exact_name")
"""The patterns that nobody may let go: they are held, not only looked at."""


@dataclass(frozen=True, slots=True)
class Goal:
    """One line that must hold: a measured share, and its bound."""

    said: str
    share: float
    bound: float
    at_least: bool

    @property
    def holds(self) -> bool:
        """True when the share is within its bound."""
        return self.share >= self.bound if self.at_least else self.share <= self.bound


def goals(measured: Measured) -> Iterator[Goal]:
    """Every line, in the order in which the project states them."""
    patterns = measured.patterns()
    yield Goal("planted instances found", _mean(measured.instances["found"]), 0.97, True)
    yield Goal("instances found of the worst pattern", _least(patterns["found"]), 0.85, True)
    yield Goal("rows of planted instances flagged", _mean(measured.core["flagged"]), 0.90, True)
    for family in HELD:
        rows = measured.core.filter(measured.core["family"] == family)
        yield Goal(f"{family.replace('_', ' ')}: rows held", _mean(rows["held"]), 0.95, True)
    yield Goal("benign rows flagged", measured.share("benign", "flagged"), 0.01, False)
    yield Goal("benign rows held", measured.share("benign", "held"), 0.001, False)
    yield Goal("look-alikes flagged", measured.share("honest", "flagged"), 0.15, False)
    yield Goal("look-alikes held", measured.share("honest", "held"), 0.01, False)


def _mean(series: "object") -> float:
    return float(series.mean() or 0.0)  # type: ignore[attr-defined]


def _least(series: "object") -> float:
    return float(series.min() or 0.0)  # type: ignore[attr-defined]
