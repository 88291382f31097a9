"""What is found of planted rerouting, how large it is thought to be, and how often quiet trade is flagged."""

from dataclasses import dataclass

import polars as pl

from screening.flows.corridor import Search, corridors
from screening.flows.figures import Figures
from screening.flows.goods import Goods
from screening.flows.mirror import FLAGGED, mirror_gaps
from tests.flows.world import DESTINATION, GOODS, HUBS, ORIGINS, World, world

LARGE = 0.1
"""Of what was lost, from which share on rerouting is to be found."""
NEAR = 0.25
LAST = 2023
Corridor = tuple[str, str, str]


@dataclass(frozen=True)
class Outcome:
    """What came of one world."""

    found: int
    large: int
    false: int
    quiet: int
    near: int
    sized: int

    def line(self, name: str) -> str:
        """The shares, in a line."""
        return (
            f"{name}: found {self.found} of {self.large} ({self.found / self.large:.1%}), "
            f"quiet ones flagged {self.false} of {self.quiet} ({self.false / self.quiet:.2%}), "
            f"size within a quarter {self.near} of {self.sized} ({self.near / self.sized:.1%})"
        )


def report(seeds: list[int]) -> None:
    """A line for each world, and one for all."""
    outcomes = [outcome(world(seed)) for seed in seeds]
    for seed, one in zip(seeds, outcomes, strict=True):
        print(one.line(f"world {seed}"))
    names = Outcome.__dataclass_fields__
    print(Outcome(*(sum(getattr(one, name) for one in outcomes) for name in names)).line("all"))


def outcome(made: World) -> Outcome:
    """What is found in a world, held against what is true in it."""
    figures = Figures.of(made.statistics, Goods("each"))
    search = Search(frozenset(ORIGINS), frozenset(HUBS), DESTINATION)
    told = corridors(figures, search)
    flagged = _corridors(told.filter(pl.col("verdict") == FLAGGED))
    planted = {(one.origin, one.hub, one.goods): one for one in made.planted}
    large = {key for key, one in planted.items() if one.share >= LARGE}
    last = told.filter(pl.col("year") == LAST).select("origin", "hub", "goods", "rerouted").iter_rows()
    sizes = {(origin, hub, goods): size / 100 for origin, hub, goods, size in last}
    sized = [sizes[key] / planted[key].sizes[LAST] for key in large & flagged if key in sizes]
    return Outcome(
        found=len(large & flagged),
        large=len(large),
        false=len(flagged - planted.keys()),
        quiet=len(ORIGINS) * len(HUBS) * len(GOODS) - len(planted),
        near=sum(abs(ratio - 1) <= NEAR for ratio in sized),
        sized=len(sized),
    )


def false_gaps(made: World) -> float:
    """The share of pairs and goods without rerouting that are flagged for a gap."""
    gaps = mirror_gaps(Figures.of(made.statistics, Goods("each")), union=False)
    flagged = gaps.filter(pl.col("verdict") == FLAGGED).rename({"exporter": "origin", "importer": "hub"})
    ghosts = {(one.origin, one.hub, one.goods) for one in made.planted if one.ghost}
    pairs = gaps.select("exporter", "importer", "goods").n_unique()
    return len(_corridors(flagged) - ghosts) / pairs


def _corridors(table: pl.DataFrame) -> set[Corridor]:
    return set(table.select("origin", "hub", "goods").unique().iter_rows())
