"""Ordinary trade between ordinary countries: listed and unlisted goods between firms that know each other.

Each consignee has a few suppliers and a few goods, and some are a hundred times as busy as others.
Most goods come from the stock; some have any code of the nomenclature with its official text, as
papers that are filled in by a customs agent do.
"""

from collections.abc import Iterator
from datetime import timedelta
from zlib import crc32

import numpy as np

from tests.worlds.firms import Firm
from tests.worlds.scene import FIRST, LAST, Line, Scene
from tests.worlds.stock import HUBS, Good, Stock, other_codes

TRADES = (
    "food",
    "textile",
    "furniture",
    "cosmetics",
    "medical",
    "auto",
    "construction",
    "chemical",
    "household",
)
_TECHNICAL = ("machinery", "electronics", "telecom", "instruments", "bearings")
_CLOSED = ("RU", "BY", *HUBS)
ROWS_A_STORY = 60


def bulk(scene: Scene, rows: int) -> Iterator[Line]:
    """A corner of the market with about that many rows: one trade, some sellers, and their buyers."""
    trade = scene.pick((*TRADES, *_TECHNICAL))
    sellers = [scene.firm(_country(scene, "sells"), scene.pick((trade, trade, "trading"))) for _ in range(3)]
    done = 0
    while done < rows:
        count = min(rows - done, 1 + int(scene.rng.pareto(1.1) * 4))
        yield from _buyer(scene, trade, sellers, min(count, 60))
        done += min(count, 60)


def _buyer(scene: Scene, trade: str, sellers: list[Firm], rows: int) -> Iterator[Line]:
    buyer = scene.firm(_country(scene, "buys"), scene.pick((trade, trade, trade, "trading")))
    goods = [_good(scene, trade, buyer.country) for _ in range(scene.among(1, 4))]
    known = scene.some(sellers, scene.among(1, 3))
    size = float(np.exp(scene.rng.normal(9.6, 0.9)))
    room = (LAST - FIRST).days
    start = FIRST + timedelta(days=scene.among(0, room // 2))
    for at in sorted(scene.rng.integers(0, max(1, (LAST - start).days), rows)):
        day = start + timedelta(days=int(at))
        yield Line(scene.row(scene.pick(known), buyer, scene.pick(goods), day, size))


def _good(scene: Scene, trade: str, country: str) -> Good:
    listed = [g for g in scene.stock.listed if g.trade == trade]
    if listed and country not in _CLOSED and scene.chance(0.6):
        return scene.pick(listed)
    if scene.chance(0.35):
        return any_good(scene)
    return scene.pick(scene.stock.of_trade(trade) or scene.stock.ordinary)


def any_good(scene: Scene) -> Good:
    """Goods of any unlisted code, under its official text or the beginning of it."""
    code, text = scene.pick(other_codes())
    own = np.random.default_rng(crc32(code.encode()))
    words = text.split(";")[-1].strip() if scene.chance(0.3) else text
    price, each = float(np.exp(own.normal(2.2, 1.2))), float(np.exp(own.normal(0.5, 1.6)))
    return Good(code, "trading", "pcs", each, price, (words[:120],), "", "")


def _country(scene: Scene, side: str) -> str:
    codes, weights = _weights(scene.stock, side)
    return codes[int(scene.rng.choice(len(codes), p=weights))]


def _weights(stock: Stock, side: str) -> tuple[list[str], "np.ndarray[tuple[int], np.dtype[np.float64]]"]:
    codes = list(stock.countries)
    weights = np.array([getattr(stock.countries[c], side) for c in codes], dtype=np.float64)
    return codes, weights / weights.sum()
