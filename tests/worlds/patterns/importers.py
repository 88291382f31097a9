"""The buyer's own history: new since the invasion, new to such goods, three times as much, many suppliers."""

from collections.abc import Iterator
from datetime import date, timedelta

from tests.worlds.firms import Firm
from tests.worlds.registry import pattern
from tests.worlds.scene import FIRST, LAST, Line, Scene
from tests.worlds.stock import Good

_MILD = ("food", "textile", "furniture", "cosmetics", "construction")


@pattern
def new_importer(scene: Scene) -> Iterator[Line]:
    """A firm founded after the invasion that buys listed goods and was never seen before."""
    unknown = scene.strength == "weak" and scene.chance(0.5)
    tiers = scene.by_strength(("1", "2"), ("1", "2", "3"), ("1", "2") if unknown else ("3", "4"))
    good = scene.listed(*tiers)
    oldest = scene.by_strength(120, 300, 600)
    start = scene.day(date(2022, 8, 1), date(2025, 6, 1))
    born = max(date(2022, 3, 1), start - timedelta(days=scene.among(20, oldest)))
    buyer = scene.firm(scene.hub(), scene.pick((good.trade, "trading")), (born, born))
    seller, tells = scene.seller(good), scene.tells()
    if unknown:
        tells |= {"consignee_registered_on": ""}
    for day in scene.days(start, scene.by_strength(7, 5, 3), 10, 45):
        yield Line(scene.row(seller, buyer, good, day, 40_000, **tells))


@pattern
def never_such_goods_before(scene: Scene) -> Iterator[Line]:
    """An old buyer of ordinary goods that turns to listed ones after the invasion."""
    good, plain = scene.listed(*scene.by_strength(("1",), ("1", "2"), ("2", "3"))), scene.ordinary()
    buyer = scene.firm(scene.hub(), scene.pick(("trading", "trading", plain.trade)))
    first, seller, tells = scene.seller(plain), scene.seller(good), scene.tells()
    for day in scene.days(FIRST + timedelta(days=scene.among(0, 60)), 9, 30, 60):
        yield Line(scene.row(first, buyer, plain, day, 12_000), core=False)
    turn = scene.day(
        date(2022, 7, 1), scene.by_strength(date(2022, 12, 1), date(2023, 3, 1), date(2023, 9, 1))
    )
    for day in scene.days(turn, scene.by_strength(8, 6, 3), 12, 50):
        yield Line(scene.row(seller, buyer, good, day, 45_000, **tells))


@pattern
def surge_after_the_invasion(scene: Scene) -> Iterator[Line]:
    """A buyer that already got listed goods, and gets several times as much after the invasion."""
    turn = scene.day(date(2022, 3, 20), date(2022, 9, 1))
    yield from _surge(scene, FIRST + timedelta(days=scene.among(0, 20)), turn)


@pattern
def surge_of_a_buyer(scene: Scene) -> Iterator[Line]:
    """The same at any later time, while the buyer's ordinary goods stay as they were."""
    turn = scene.day(date(2023, 6, 1), date(2025, 4, 1))
    start = turn - timedelta(days=scene.among(500, 700))
    plain = scene.ordinary()
    buyer = scene.firm(scene.hub(), plain.trade)
    first = scene.seller(plain)
    for day in scene.days(start, 14, 35, 60):
        if day <= LAST:
            yield Line(scene.row(first, buyer, plain, day, 10_000), core=False)
    yield from _surge(scene, start, turn, buyer)


def _surge(scene: Scene, start: date, turn: date, buyer: Firm | None = None) -> Iterator[Line]:
    good, times = scene.listed(), scene.by_strength(8.0, 5.0, 3.3)
    buyer = buyer or scene.firm(scene.hub(), scene.pick((good.trade, "trading")))
    seller = scene.seller(good)
    for day in scene.days(start, 60, 26, 34):
        if day < turn:
            yield Line(scene.row(seller, buyer, good, day, 9_000), core=False)
    for number, day in enumerate(scene.days(turn, scene.among(10, 14), 10, 20)):
        line = scene.row(seller, buyer, good, day, 4_500 * times)
        yield Line(line, core=number >= 5)


@pattern
def new_line_of_goods(scene: Scene) -> Iterator[Line]:
    """A firm that says in its name what it deals in, and suddenly buys chips or bearings."""
    trade = scene.pick(_MILD)
    good = scene.pick(
        [g for g in scene.stock.listed if g.trade in ("electronics", "bearings", "aviation", "instruments")]
    )
    buyer = scene.firm(scene.hub(), trade)
    first, seller, tells = scene.seller(scene.ordinary(trade)), scene.seller(good), scene.tells()
    for day in scene.days(FIRST + timedelta(days=scene.among(0, 90)), scene.by_strength(10, 6, 1), 30, 50):
        yield Line(scene.row(first, buyer, scene.ordinary(trade), day, 15_000), core=False)
    turn = scene.day(date(2022, 8, 1), date(2025, 3, 1))
    for day in scene.days(turn, scene.by_strength(6, 4, 2), 10, 50):
        yield Line(scene.row(seller, buyer, good, day, 35_000, **tells))


@pattern
def many_suppliers_of_one_firm(scene: Scene) -> Iterator[Line]:
    """One firm without a past that buys the same kind of goods from several exporters within weeks."""
    good = scene.listed("1", "2", "3")
    start = scene.day(date(2022, 8, 1), date(2025, 8, 1))
    born = start - timedelta(days=scene.among(60, 400)) if scene.chance(0.5) else date(2014, 5, 6)
    buyer = scene.firm(scene.hub(), "trading", (born, born))
    count, gap = scene.by_strength((7, 4), (5, 6), (4, 9))
    alike = [g for g in scene.stock.listed if g.hs6[:4] == good.hs6[:4]]
    for number, day in enumerate(scene.days(start, count, 1, gap)):
        lot: Good = good if scene.strength != "weak" else scene.pick(alike)
        yield Line(scene.row(scene.seller(lot), buyer, lot, day, 14_000), core=number >= 3)


@pattern
def woken_and_gone(scene: Scene) -> Iterator[Line]:
    """A firm that slept for a year or more, buys a great deal within weeks, and is silent again."""
    good = scene.listed()
    buyer, seller = scene.firm(scene.hub(), scene.trade()), scene.seller(good)
    for day in scene.days(FIRST + timedelta(days=scene.among(0, 120)), 2, 20, 40):
        yield Line(scene.row(seller, buyer, good, day, 4_000), core=False)
    start = scene.day(date(2022, 10, 1), date(2025, 6, 1))
    for number, day in enumerate(scene.days(start, scene.by_strength(10, 8, 6), 1, 5)):
        yield Line(scene.row(seller, buyer, good, day, 30_000), core=number >= 3)


@pattern
def burst_before_a_listing(scene: Scene) -> Iterator[Line]:
    """An old buyer whose orders pile up in the weeks before a list or a rule takes effect."""
    rule = scene.pick((date(2023, 5, 19), date(2023, 9, 14), date(2024, 2, 23), date(2024, 10, 1)))
    good = scene.listed("4.B") if rule == date(2024, 2, 23) else scene.listed("1", "2", "3")
    buyer = scene.firm(scene.hub(), good.trade)
    seller = scene.seller(good)
    for day in scene.days(rule - timedelta(days=scene.among(480, 560)), 12, 38, 50):
        if day < rule - timedelta(days=40):
            yield Line(scene.row(seller, buyer, good, day, 8_000), core=False)
    for number, day in enumerate(scene.days(rule - timedelta(days=30), scene.by_strength(9, 7, 6), 2, 4)):
        if day < rule:
            yield Line(scene.row(seller, buyer, good, day, 14_000), core=number >= 3)
