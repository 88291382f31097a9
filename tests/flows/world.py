"""Simulated trade: honest booms, price shifts, quirks of bookkeeping, and rerouting of known size.

Monthly accounts of both sides of every lane, five years long. What was planted is known to the cent, so that
what is found and how large it is thought to be can be held against it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from screening.flows.table import EXPORT, IMPORT, SCHEMA, Source, Statistics

ORIGINS = ("DE", "IT", "JP", "US", "KR", "NL", "PL")
HUBS = ("KZ", "KG", "AM", "GE", "AE", "TR", "UZ")
OTHERS = ("CN",)
DESTINATION = "RU"
GOODS = (
    *("854231", "854232", "854239", "851762", "852691", "853221", "853224", "847150", "850440", "851769"),
    *("852910", "852990", "853669", "853690", "854110", "854121", "854129", "854130", "854160", "848210"),
    *("848220", "848250", "901420", "903020"),
)
CONTROL = ("020714", "040690", "080810", "090111", "170490", "180690", "190531", "210690", "300490", "490199")
FIRST, YEARS = 2019, 5
MONTHS = YEARS * 12
BREAK = (2022 - FIRST) * 12 + 2
Series = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Planted:
    """Goods that went round by a hub: what of the lost trade, and how much in each year."""

    origin: str
    hub: str
    goods: str
    share: float
    ghost: bool
    """Sent for the hub and never there."""
    sizes: dict[int, float]
    """At the prices of the years before."""


@dataclass(frozen=True)
class World:
    """The accounts of a simulated world, and what is true in it."""

    statistics: Statistics
    planted: tuple[Planted, ...]


@dataclass
class _Lane:
    sent: Series
    """By month, at the prices of the first years."""
    recorded: Series


def world(seed: int, planted: float = 0.08) -> World:
    """A world in which so much of all corridors carries goods round."""
    return _Maker(np.random.default_rng(seed), planted).world()


class _Maker:
    def __init__(self, chance: np.random.Generator, planted: float) -> None:
        self._chance, self._share = chance, planted
        self._lanes: dict[tuple[str, str, str], _Lane] = {}
        self._prices = {code: self._price() for code in (*GOODS, *CONTROL)}
        self._planted: list[Planted] = []

    def world(self) -> World:
        """Honest trade first; then what is lost goes round."""
        self._honest()
        self._demand()
        for origin in ORIGINS:
            for code in GOODS:
                self._lost(origin, code)
        rows = pl.concat(list(self._accounts()))
        source = Source("simulated", "own", "", rows.height)
        return World(Statistics(rows.select(SCHEMA.names()).cast(SCHEMA), (source,)), tuple(self._planted))

    def _price(self) -> Series:
        """One good in four got dearer or cheaper for everybody."""
        factor = self._chance.uniform(0.7, 2.0) if self._chance.random() < 0.25 else 1.0
        return np.where(np.arange(MONTHS) >= BREAK, factor, 1.0)

    def _honest(self) -> None:
        legs = [(o, h) for o in (*ORIGINS, *OTHERS) for h in HUBS]
        legs += [(o, DESTINATION) for o in (*ORIGINS, *OTHERS)] + [(h, DESTINATION) for h in HUBS]
        for sender, receiver in legs:
            boom = self._boom() if self._chance.random() < 0.2 else np.ones(MONTHS)
            for code in (*GOODS, *CONTROL):
                self._lanes[sender, receiver, code] = _Lane(
                    self._level(sender, receiver) * boom, np.zeros(MONTHS)
                )

    def _level(self, sender: str, receiver: str) -> Series:
        """What a lane usually carries in a month, with seasons and chance."""
        yearly = {DESTINATION: 12e6}.get(receiver, 1.5e6) if sender not in HUBS else 4e5
        level = yearly * self._chance.lognormal(0, 0.7) / 12
        season = 1 + 0.15 * np.sin(np.arange(MONTHS) * np.pi / 6 + self._chance.uniform(0, 6))
        years = np.repeat(self._chance.lognormal(0, 0.1, YEARS), 12)
        return np.asarray(level * season * years * self._chance.lognormal(0, 0.3, MONTHS))

    def _boom(self) -> Series:
        rise = self._chance.uniform(1.5, 3.0)
        return np.where(np.arange(MONTHS) >= BREAK + self._chance.integers(0, 6), rise, 1.0)

    def _demand(self) -> None:
        """A hub that buys more for itself, or sells more of its own, and nothing goes round."""
        for (_sender, _receiver, code), lane in self._lanes.items():
            if code in GOODS and self._chance.random() < 0.04:
                lane.sent = lane.sent * self._boom()

    def _lost(self, origin: str, code: str) -> None:
        """Direct trade falls; perhaps a hub or two take over some of it."""
        direct = self._lanes[origin, DESTINATION, code]
        left = np.where(np.arange(MONTHS) >= BREAK + 1, self._chance.uniform(0.02, 0.4), 1.0)
        lost = direct.sent * (1 - left)
        direct.sent = direct.sent * left
        free = 1.0
        for hub in HUBS:
            share = self._chance.uniform(0.03, 0.6)
            if self._chance.random() < self._share and share < free:
                free -= share
                self._reroute(origin, hub, code, share, lost)

    def _reroute(self, origin: str, hub: str, code: str, share: float, lost: Series) -> None:
        start, onward = self._chance.integers(0, 3), self._chance.integers(0, 3)
        ghost = bool(self._chance.random() < 0.25)
        round_about = _later(lost * share, int(start)) * self._chance.lognormal(0, 0.1, MONTHS)
        lane = self._lanes[origin, hub, code]
        lane.sent = lane.sent + round_about
        if ghost:
            lane.recorded = lane.recorded - round_about
        else:
            on = self._lanes[hub, DESTINATION, code]
            on.sent = on.sent + _later(round_about, int(onward)) * self._chance.uniform(1.0, 1.15)
        sizes = {FIRST + at: float(round_about[at * 12 : at * 12 + 12].sum()) for at in range(YEARS)}
        self._planted.append(Planted(origin, hub, code, share, ghost, sizes))

    def _accounts(self) -> Iterator[pl.DataFrame]:
        """What both sides publish; some importers never book some neighbours, and nobody asks Russia."""
        quirks = {(s, r): self._chance.random() < 0.08 for s, r, _ in self._lanes}
        for (sender, receiver, code), lane in self._lanes.items():
            yield self._rows(sender, receiver, EXPORT, code, lane.sent)
            if receiver != DESTINATION:
                freight = 1 + self._chance.uniform(0.02, 0.1)
                arrived = _later(lane.sent + lane.recorded, int(self._chance.integers(0, 3)))
                booked = 0.02 if quirks[sender, receiver] else 1.0
                noise = self._chance.lognormal(0, 0.08, MONTHS)
                yield self._rows(receiver, sender, IMPORT, code, arrived * freight * booked * noise)

    def _rows(self, reporter: str, partner: str, flow: str, code: str, real: Series) -> pl.DataFrame:
        weight = real / 50 * self._chance.lognormal(0, 0.05, MONTHS)
        value = np.round(real * self._prices[code] * 100).clip(0)
        months = pl.date_range(pl.date(FIRST, 1, 1), pl.date(FIRST + YEARS - 1, 12, 1), "1mo", eager=True)
        frame = pl.DataFrame({"period": months, "value": value, "weight_g": np.round(weight * 1000).clip(0)})
        told = frame.filter(pl.col("value") > 100).with_columns(
            pl.col("value", "weight_g").cast(pl.Int64), months=pl.lit(1, dtype=pl.Int8)
        )
        constants = {"reporter": reporter, "partner": partner, "flow": flow, "code": code}
        rest = {"revision": "", "currency": "USD", "source": "simulated"}
        return told.with_columns(**{name: pl.lit(value) for name, value in {**constants, **rest}.items()})


def _later(series: Series, months: int) -> Series:
    """The series so many months later."""
    return np.concatenate([np.zeros(months), series[: len(series) - months]])
