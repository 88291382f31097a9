"""What whoever works on a run has at hand: the screener, the parts, and what the run is about."""

from dataclasses import dataclass, field
from pathlib import Path

from screening.engine.shuffle import Shuffle, shuffles
from screening.errors import ScreeningError
from screening.passes.folder import Parts
from screening.screener import Screener


@dataclass(frozen=True, slots=True)
class Order:
    """What a worker process is told of the run; small, and it can be pickled."""

    folder: Path
    run: str
    """The id of the run that its own rules and lists must give."""
    everything: bool
    """Clear shipments are shown too."""


@dataclass(frozen=True, slots=True)
class Bench:
    """The tools of a process that works on a run."""

    screener: Screener
    shuffles: tuple[Shuffle, ...]
    parts: Parts
    everything: bool
    """Clear shipments are shown too."""
    learned_from: set[str] = field(default_factory=set)
    """The parts of met names and texts that the screener knows of."""


def bench_of(screener: Screener, order: Order) -> Bench:
    """The bench of the run with this screener."""
    dealing = shuffles(screener.ruleset.window_rules, screener.lists)
    return Bench(screener, dealing, Parts(order.folder), order.everything)


def bench_for(screener: Screener, order: Order) -> Bench:
    """The bench of a new process; ScreeningError where rules or lists have changed meanwhile."""
    if screener.run != order.run:
        raise ScreeningError("the rules or the lists were changed while the run went on; run it again")
    return bench_of(screener, order)
