"""Trade that left one way and came by another: the direct lane falls, what the hub buys and sells rises.

The three parts are of the same goods and year, each against its own years before. What a control basket
on the same lane did is taken for honest growth; prices are kept as they were, where weights are known.
What the hub sends on is shared among those it buys more from; what left for the hub and was never recorded
there counts as sent on. How much was rerouted is told twice, by what came in and by what went on, and each
account counts the more the steadier its lane was.
"""

from dataclasses import dataclass

import polars as pl

from screening.flows.control import control_goods
from screening.flows.delay import in_time
from screening.flows.figures import Figures
from screening.flows.legs import Legs, lane_growth
from screening.flows.mirror import EXPLAINED, FLAGGED, UNKNOWN, mirror_gaps
from screening.flows.table import MINOR

QUIET = "quiet"
_ON = ("goods", "year")
_CORRIDOR = ("origin", "hub", "destination", "goods", "year")
_SHARED = 0.15
"""How unsure it is, as a share, whose goods a hub sends on."""
_AGREE = 3.0
"""Spreads between the two accounts beyond which they are of different things, and the smaller counts."""
_ALONE = 0.6
"""From this share on, what a hub sells on is one origin's."""
_FREIGHT = 0.05
"""Of what was sent, a gap must lie so far above the pair's own for anything to be missing."""


@dataclass(frozen=True, slots=True)
class Search:
    """Which corridors are looked at, and what makes one of them worth a look."""

    origins: frozenset[str]
    hubs: frozenset[str]
    destination: str = "RU"
    since: int = 2022
    past: int = 5
    least: int = 250_000
    """Units of currency that must have been rerouted."""
    part: float = 1.2
    """Spreads that each part must have moved."""
    among: float = 1.5
    """Spreads that the hub's purchases must have moved where it buys more of several."""
    held: float = 0.4
    """Spreads above nothing at which they must have stayed in every year since."""
    whole: float = 2.3
    """Spreads that the fall, and what was rerouted, must lie above nothing."""
    share: float = 0.06
    """Of the trade that was lost, what a hub must explain."""


def corridors(figures: Figures, search: Search) -> pl.DataFrame:
    """A row for each origin, hub, goods and year where the origin lost trade with the destination.

    `fall`, `rise_in`, `rise_out`, `unrecorded` and `rerouted` (with `low` and `high`) in hundredths of the
    currency, at the prices of the years before; `share` of the fall that the hub explains; `score` from 0 to
    1, of those of the three parts (`fall_score`, `in_score`, `out_score`); `verdict`.
    """
    growth = lane_growth(figures.also(control_goods()), search.since, search.past)
    legs = Legs.of(figures, search.since, search.past).grown(growth)
    lost = _lost(legs, search)
    bought = _bought(legs, search)
    joined = lost.join(bought, on=["origin", *_ON]).join(_sold(legs, search), on=["hub", *_ON], how="left")
    joined = joined.join(_unrecorded(figures, search), on=["origin", "hub", *_ON], how="left")
    rows = joined.with_columns(pl.col("unrecorded", "rise_out").fill_null(0))
    judged = in_time(_judged(_within_the_loss(_rerouted(rows)), search), figures, search.since)
    return judged.sort("rerouted", *_CORRIDOR, descending=[True, *[False] * len(_CORRIDOR)])


def _lost(legs: Legs, search: Search) -> pl.DataFrame:
    """What each origin sent less to the destination: `fall`, and how many spreads that is."""
    direct = legs.table.filter(
        pl.col("sender").is_in(search.origins) & (pl.col("receiver") == search.destination)
    )
    fall = pl.col("usual") - pl.col("real")
    return direct.select(
        *_ON,
        origin="sender",
        direct_before="usual",
        direct="real",
        currency="currency",
        fall=fall,
        fall_moved=fall / _spread(search),
    ).filter(pl.col("fall") > 0)


def _bought(legs: Legs, search: Search) -> pl.DataFrame:
    """What a hub bought more of each sender: `rise_in`, unsure by `in_spread`; `price` is now over then."""
    lane = legs.table.filter(pl.col("receiver").is_in(search.hubs))
    return lane.select(
        *_ON,
        origin="sender",
        hub="receiver",
        in_before="usual",
        rise_in=pl.col("real") - pl.col("usual"),
        in_spread=_spread(search),
        price=pl.col("value") / pl.col("real"),
    )


def _sold(legs: Legs, search: Search) -> pl.DataFrame:
    """What a hub sold more to the destination: `rise_out`, unsure by `out_spread`."""
    lane = legs.table.filter(pl.col("sender").is_in(search.hubs) & (pl.col("receiver") == search.destination))
    return lane.select(
        *_ON,
        hub="sender",
        out_before="usual",
        rise_out=pl.col("real") - pl.col("usual"),
        out_spread=_spread(search),
    )


def _spread(search: Search) -> pl.Expr:
    """How much a lane moves by chance: half by its own few years, half by what lanes usually do."""
    usual = pl.col("usual") * _UNSURE
    own = pl.max_horizontal(usual, (pl.col("spread") + usual) / 2)
    return pl.max_horizontal(own, pl.lit(search.least * MINOR / 4.0))


_UNSURE = 0.12
"""Of what a lane usually was, so much is chance, whatever its few years before say."""


def _unrecorded(figures: Figures, search: Search) -> pl.DataFrame:
    """What left an origin for a hub and was not recorded there, beyond what never was: `unrecorded`."""
    gaps = mirror_gaps(figures, union=False).filter(
        pl.col("importer").is_in(search.hubs), ~pl.col("verdict").is_in([EXPLAINED, UNKNOWN])
    )
    beyond = pl.col("low") - pl.col("baseline")
    return gaps.filter(beyond > _FREIGHT).select(
        *_ON, origin="exporter", hub="importer", unrecorded=beyond * pl.col("sent")
    )


def _rerouted(rows: pl.DataFrame) -> pl.DataFrame:
    """How much came by each hub, by both accounts: what came in more, and what went on or never arrived."""
    missing = pl.col("unrecorded") / pl.col("price").fill_nan(1.0).fill_null(1.0)
    # Half of all lanes rise by chance: what a lane moves by chance has no claim to what the hub sells.
    arrived = (pl.col("rise_in") - missing - pl.col("in_spread")).clip(0)
    rows = rows.with_columns(unrecorded=missing, arrived=arrived)
    of_hub = (pl.col("arrived") / pl.col("arrived").sum().over("hub", *_ON)).fill_nan(0)
    went_on = pl.col("rise_out") * of_hub + pl.col("unrecorded")
    unsure = (pl.col("out_spread").fill_null(0) * of_hub).pow(2) + (_SHARED * went_on).pow(2)
    rows = rows.with_columns(
        went_on=went_on, of_hub=of_hub, on_spread=pl.max_horizontal(unsure.sqrt(), pl.col("in_spread") / 4)
    )
    inside, onward = pl.col("in_spread").pow(-2), pl.col("on_spread").pow(-2)
    both = (pl.col("rise_in") * inside + pl.col("went_on") * onward) / (inside + onward)
    apart = (pl.col("rise_in") - pl.col("went_on")).abs()
    together = (pl.col("in_spread").pow(2) + pl.col("on_spread").pow(2)).sqrt()
    smaller = pl.min_horizontal("rise_in", "went_on")
    size = pl.when(apart > _AGREE * together).then(smaller).otherwise(both).clip(0)
    return rows.with_columns(rerouted=size, size_spread=(inside + onward).pow(-0.5))


def _within_the_loss(rows: pl.DataFrame) -> pl.DataFrame:
    """Together the hubs explain no more than what was lost."""
    together = pl.col("rerouted").sum().over("origin", *_ON)
    kept = pl.min_horizontal(pl.lit(1.0), pl.col("fall") / together).fill_nan(0)
    capped = rows.with_columns(rerouted=pl.col("rerouted") * kept)
    spread = 2 * pl.col("size_spread")
    return capped.with_columns(
        share=pl.col("rerouted") / pl.col("fall"),
        low=(pl.col("rerouted") - spread).clip(0),
        high=pl.col("rerouted") + spread,
    )


def _judged(rows: pl.DataFrame, search: Search) -> pl.DataFrame:
    """The scores of the three parts, and whether together they are worth a look."""
    moved = rows.with_columns(
        in_moved=pl.col("rise_in") / pl.col("in_spread"),
        out_moved=pl.max_horizontal(
            pl.col("rise_out") / pl.col("out_spread"), pl.col("unrecorded") / pl.col("in_spread") * 2
        ),
        size_moved=pl.col("rerouted") / pl.col("size_spread"),
    )
    parts = {"fall_score": "fall_moved", "in_score": "in_moved", "out_score": "out_moved"}
    scored = moved.with_columns(
        **{name: 1 - (-pl.col(part).clip(0) / search.whole).exp() for name, part in parts.items()}
    )
    score = (pl.col("fall_score") * pl.col("in_score") * pl.col("out_score")) ** (1 / 3)
    clear = (pl.col("fall_moved") >= search.whole) & (pl.col("size_moved") >= search.whole)
    # Of a hub that buys more of several, each must be plain by itself: what it sells is not told apart.
    alone = pl.max_horizontal("of_hub", pl.col("unrecorded") / pl.col("rise_in")) >= _ALONE
    bought = pl.when(alone).then(search.part).otherwise(search.among)
    # What a hub buys more of in one year alone is a good year, not a way round.
    held = pl.col("in_moved").min().over("origin", "hub", "goods") >= search.held
    clear &= (pl.col("in_moved") >= bought) & (pl.col("out_moved") >= search.part) & held
    clear &= (pl.col("rerouted") >= search.least * MINOR) & (pl.col("share") >= search.share)
    verdict = pl.when(clear.fill_null(False)).then(pl.lit(FLAGGED)).otherwise(pl.lit(QUIET))
    return scored.with_columns(destination=pl.lit(search.destination), score=score, verdict=verdict)
