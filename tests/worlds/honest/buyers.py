"""Honest buyers in countries through which goods are diverted: old and steady, booming, young with papers."""

from collections.abc import Iterator
from datetime import date, timedelta

from tests.worlds.firms import YOUNG
from tests.worlds.registry import honest
from tests.worlds.scene import FIRST, LAST, Line, Row, Scene
from tests.worlds.stock import HUBS

_ASIA = ("KZ", "KG", "UZ", "AZ", "AM", "GE")


def _papers(scene: Scene, buyer_name: str, country: str) -> Row:
    return {
        "licence_number": f"LIC-{scene.among(10_000, 99_999)}",
        "eccn": scene.pick(("5A992", "3A991", "5A002", "4A994")),
        "end_user_name": buyer_name,
        "end_user_country": country,
    }


@honest(110)
def steady_buyer(scene: Scene) -> Iterator[Line]:
    """An old buyer of listed goods before and after the invasion, who drifts, pauses, and orders double."""
    first = scene.usual()
    goods = [first, *(g for g in scene.some(scene.stock.listed, 2) if g.trade == first.trade)]
    trade = scene.pick((first.trade, first.trade, first.trade, "trading", "construction"))
    buyer = scene.firm(scene.hub(), trade)
    sellers = {g.hs6: scene.seller(g) for g in goods}
    days = scene.days(FIRST + timedelta(days=scene.among(0, 200)), scene.among(12, 26), 25, 95)
    drift, pause = scene.rng.uniform(0.7, 2.0), scene.among(150, 330) if scene.chance(0.15) else 0
    for number, day in enumerate(days):
        good, at = scene.pick(goods), day + timedelta(days=pause if number > len(days) / 2 else 0)
        usd = 25_000 * drift ** (number / len(days)) * (2 if scene.chance(0.08) else 1)
        if at <= LAST:
            yield Line(scene.row(sellers[good.hs6], buyer, good, at, usd))


@honest(12)
def wider_range(scene: Scene) -> Iterator[Line]:
    """An old distributor of listed goods that takes further ones of the same trade into its range."""
    first = scene.usual("1", "2", "3")
    alike = [g for g in scene.stock.listed if g.trade == first.trade and g.hs6 != first.hs6]
    buyer = scene.firm(scene.hub(), first.trade)
    seller, more = scene.seller(first), scene.some(alike, 2)
    turn = scene.day(date(2022, 6, 1), date(2024, 6, 1))
    for day in scene.days(FIRST + timedelta(days=scene.among(0, 60)), 32, 30, 70):
        good = scene.pick((first, *more)) if day >= turn else first
        if day <= LAST:
            yield Line(scene.row(seller, buyer, good, day, 15_000))


@honest(24)
def old_firm_new_to_the_book(scene: Scene) -> Iterator[Line]:
    """An old firm of the right trade that another exporter served before: its first row comes late."""
    good = scene.usual("3", "4")
    buyer = scene.firm(scene.hub(), good.trade)
    use = {
        "end_user_name": buyer.name,
        "end_user_country": buyer.country,
        "declared_end_use": "own production",
    }
    seller = scene.seller(good)
    for day in scene.days(scene.day(date(2022, 9, 1), date(2024, 12, 1)), scene.among(3, 9), 40, 110):
        if day <= LAST:
            yield Line(scene.row(seller, buyer, good, day, 15_000, **use))


@honest(26)
def booming_in_everything(scene: Scene) -> Iterator[Line]:
    """An old buyer whose whole trade grows three times and more, listed goods no faster than others."""
    listed, trade = scene.usual(), scene.pick(("construction", "household", "auto", "machinery"))
    goods = [listed, scene.ordinary(trade), scene.ordinary(trade), scene.ordinary()]
    buyer = scene.firm(scene.hub(), trade)
    sellers = {g.hs6: scene.seller(g) for g in goods}
    turn = scene.day(date(2022, 5, 1), date(2024, 3, 1))
    for number, day in enumerate(scene.days(FIRST, 60, 18, 32)):
        good = goods[number % len(goods)]
        usd = 12_000 * (scene.among(3, 5) if day >= turn else 1)
        if day <= LAST:
            yield Line(scene.row(sellers[good.hs6], buyer, good, day, usd))


@honest(12)
def old_telecom_buyer(scene: Scene) -> Iterator[Line]:
    """An operator in Central Asia or the Caucasus that has built its network for years."""
    goods = [g for g in scene.stock.listed if g.trade == "telecom" or g.hs6 in ("847150", "850440")]
    buyer = scene.firm(scene.pick(("KZ", "KZ", *_ASIA)), "telecom")
    sellers = {g.hs6: scene.seller(g, scene.pick(("SE", "CN", "DE", "US", "TR"))) for g in goods}
    for day in scene.days(FIRST + timedelta(days=scene.among(0, 60)), 34, 20, 75):
        good = scene.pick(goods)
        if day <= LAST:
            use = "telecom network of the operator"
            yield Line(scene.row(sellers[good.hs6], buyer, good, day, 90_000, declared_end_use=use))


@honest(60)
def young_firm_of_ordinary_goods(scene: Scene) -> Iterator[Line]:
    """A firm founded after the invasion that buys cosmetics, food or clothes."""
    trade = scene.pick(("cosmetics", "cosmetics", "food", "textile", "furniture", "auto"))
    buyer = scene.firm(scene.pick((*HUBS, "RU")), scene.pick((trade, "trading")), YOUNG)
    sellers = [scene.seller(scene.ordinary(trade)) for _ in range(scene.among(1, 5))]
    assert buyer.registered
    for day in scene.days(buyer.registered + timedelta(days=scene.among(10, 120)), scene.among(4, 14), 6, 50):
        if day <= LAST:
            yield Line(scene.row(scene.pick(sellers), buyer, scene.ordinary(trade), day))


@honest(14)
def young_operator_with_papers(scene: Scene) -> Iterator[Line]:
    """A young data centre or mobile operator, with licence, end user and end use on every shipment."""
    goods = [g for g in scene.stock.listed if g.hs6 in ("847150", "851762", "847180", "850440", "852910")]
    buyer = scene.firm(scene.pick(_ASIA), "telecom", YOUNG)
    good, use = scene.pick(goods), scene.pick(("data centre of the operator", "mobile network roll-out"))
    seller = scene.seller(good, scene.pick(("US", "SE", "DE", "TW", "KR")))
    assert buyer.registered
    for day in scene.days(
        buyer.registered + timedelta(days=scene.among(60, 200)), scene.among(4, 10), 20, 70
    ):
        if day <= LAST:
            papers = _papers(scene, buyer.name, buyer.country) | {"declared_end_use": use}
            yield Line(scene.row(seller, buyer, good, day, 120_000, **papers))


@honest(12)
def documented_project(scene: Scene) -> Iterator[Line]:
    """An old utility or university that buys much at once for one project, with licence and end use."""
    good = scene.usual("3", "4")
    buyer = scene.firm(scene.pick(_ASIA), scene.pick(("instruments", "construction", "medical")))
    seller = scene.seller(good)
    for day in scene.days(FIRST + timedelta(days=scene.among(0, 90)), 12, 60, 100):
        yield Line(scene.row(seller, buyer, good, day, 9_000))
    for day in scene.days(scene.day(date(2024, 3, 1), date(2025, 6, 1)), 4, 8, 25):
        papers = _papers(scene, buyer.name, buyer.country) | {
            "declared_end_use": "modernisation of the substation"
        }
        yield Line(scene.row(seller, buyer, good, day, 60_000, **papers))


@honest(16)
def distributor_of_many_suppliers(scene: Scene) -> Iterator[Line]:
    """An old distributor that has always bought from a dozen suppliers, often several in a month."""
    trade = scene.pick(("electronics", "bearings", "instruments"))
    goods = [g for g in scene.stock.listed if g.trade == trade]
    buyer = scene.firm(scene.pick((*_ASIA, "TR", "TR", "AE", "IN", "RS")), trade)
    sellers = [scene.seller(goods[0]) for _ in range(scene.among(6, 12))]
    for day in scene.days(FIRST, 70, 10, 35):
        if day <= LAST:
            yield Line(scene.row(scene.pick(sellers), buyer, scene.pick(goods), day, 8_000))


@honest(10)
def seasonal_buyer(scene: Scene) -> Iterator[Line]:
    """Trade that comes with the season and rests between: every spring a burst, every year."""
    good = scene.pick([scene.usual("3"), scene.ordinary("machinery"), scene.ordinary("food")])
    buyer = scene.firm(scene.hub(), scene.pick((good.trade, "construction")))
    seller, month = scene.seller(good), scene.pick((3, 5, 8, 10))
    for year in range(2021, 2026):
        for day in scene.days(date(year, month, scene.among(1, 20)), scene.among(4, 7), 3, 11):
            yield Line(scene.row(seller, buyer, good, day, 20_000))


@honest(12)
def standing_order(scene: Scene) -> Iterator[Line]:
    """The same lot again and again, of a value that happens to lie just under a round sum."""
    good = scene.pick([scene.ordinary(), scene.usual("3")])
    buyer = scene.firm(scene.pick((*HUBS, "IN", "MX", "BR")), good.trade)
    seller = scene.seller(good)
    first = scene.row(seller, buyer, good, FIRST, 9_400, value=str(scene.among(8_900, 9_900)))
    for day in scene.days(FIRST + timedelta(days=scene.among(0, 40)), 40, 12, 33):
        if day <= LAST:
            number = {"invoice_number": f"SO{scene.among(10_000, 999_999)}"}
            yield Line(first | number | {"shipment_date": day.isoformat()})


@honest(14)
def quarter_end(scene: Scene) -> Iterator[Line]:
    """A maker that ships what is left of its orders in the last days of each quarter."""
    good = scene.usual("3", "4")
    seller, buyers = scene.seller(good), [scene.firm(scene.pick((*HUBS, "DE", "IN"))) for _ in range(2)]
    for year in range(2021, 2026):
        for month in (3, 6, 9, 12):
            for buyer in buyers[: scene.among(1, 2)]:
                yield Line(scene.row(seller, buyer, good, date(year, month, scene.among(10, 19)), 12_000))


@honest(12)
def luxury_shop(scene: Scene) -> Iterator[Line]:
    """A boutique in Dubai, Istanbul or Almaty that has bought watches and handbags for years."""
    goods = scene.stock.of_trade("luxury")
    buyer = scene.firm(scene.pick(("AE", "TR", "KZ", "AZ", "HK")), "luxury")
    sellers = [scene.seller(goods[0], home) for home in ("IT", "FR", "CH")]
    for day in scene.days(FIRST + timedelta(days=scene.among(0, 90)), 26, 30, 90):
        if day <= LAST:
            yield Line(scene.row(scene.pick(sellers), buyer, scene.pick(goods), day, 30_000))


@honest(12)
def office_and_warehouse(scene: Scene) -> Iterator[Line]:
    """An old buyer of listed goods whose papers name its office at one time and its warehouse at another."""
    good = scene.usual()
    buyer = scene.firm(scene.hub(), good.trade)
    store = buyer.at(scene.founder.address(scene.rng, buyer.country, buyer.city))
    seller = scene.seller(good)
    for day in scene.days(FIRST + timedelta(days=scene.among(0, 150)), 14, 50, 120):
        if day <= LAST:
            yield Line(scene.row(seller, scene.pick((buyer, store)), good, day))
