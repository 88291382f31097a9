"""Honest changes of direction, hubs, detours and returns."""

from collections.abc import Iterator
from datetime import date, timedelta

from tests.worlds.registry import honest
from tests.worlds.scene import FIRST, INVASION, LAST, Line, Scene
from tests.worlds.stock import COALITION


@honest(16)
def honest_exit_from_russia(scene: Scene) -> Iterator[Line]:
    """An exporter that stops in Russia for good, and sells other goods to old customers of the region."""
    good, other = scene.usual(), scene.ordinary(scene.pick(("machinery", "household", "electronics")))
    seller = scene.seller(good)
    russian = scene.firm("RU", good.trade)
    old = scene.firm(scene.pick(("KZ", "GE", "AZ", "TR", "UZ")), other.trade)
    for day in scene.days(FIRST, 9, 25, 50):
        if day < INVASION:
            yield Line(scene.row(seller, russian, good, day))
    for day in scene.days(FIRST + timedelta(days=12), 20, 45, 100):
        if day <= LAST:
            yield Line(scene.row(seller, old, other, day))


@honest(12)
def exit_with_old_regional_customer(scene: Scene) -> Iterator[Line]:
    """The same goods to Russia until the invasion and to an old Kazakh customer before and after, flat."""
    good = scene.usual()
    seller = scene.seller(good)
    russian, old = scene.firm("RU", good.trade), scene.firm(scene.hub(), good.trade)
    for day in scene.days(FIRST, 8, 30, 50):
        if day < INVASION:
            yield Line(scene.row(seller, russian, good, day))
    for day in scene.days(FIRST + timedelta(days=5), 22, 50, 90):
        if day <= LAST:
            yield Line(scene.row(seller, old, good, day))


@honest(14)
def booming_exporter_in_the_coalition(scene: Scene) -> Iterator[Line]:
    """An exporter whose listed goods sell ever better within the coalition."""
    good = scene.usual()
    seller = scene.seller(good, scene.pick(COALITION[:10]))
    buyers = [scene.firm(scene.pick(COALITION[:14])) for _ in range(3)]
    for number, day in enumerate(scene.days(date(2022, 1, 20), 40, 14, 30)):
        if day <= LAST:
            yield Line(scene.row(seller, scene.pick(buyers), good, day, 8_000 * (1 + number / 6)))


@honest(14)
def returned_for_repair(scene: Scene) -> Iterator[Line]:
    """Goods that come back to their maker for repair, and go out again mended."""
    good = scene.usual("3", "4")
    maker = scene.seller(good, scene.pick(COALITION[:10]))
    owner = scene.firm(scene.hub(), good.trade)
    for day in scene.days(scene.day(FIRST, date(2024, 6, 1)), 5, 90, 200):
        out = scene.row(maker, owner, good, day, 15_000)
        amount = {k: out[k] for k in ("quantity", "net_weight_kg", "value")}
        yield Line(out)
        back, again = day + timedelta(days=scene.among(20, 40)), day + timedelta(days=scene.among(50, 75))
        if again <= LAST:
            use = {"declared_end_use": "return for warranty repair"}
            yield Line(scene.row(owner, maker, good, back, **amount, **use))
            yield Line(
                scene.row(maker, owner, good, again, **amount, declared_end_use="repaired goods returned")
            )


@honest(30)
def ordinary_trade_of_a_hub(scene: Scene) -> Iterator[Line]:
    """A trader of Dubai or Hong Kong that brings in ordinary goods and sends them on all over."""
    trade = scene.pick(("household", "textile", "food", "auto", "cosmetics"))
    good = scene.ordinary(trade)
    hub = scene.firm(scene.pick(("AE", "AE", "HK", "TR")), "trading")
    maker = scene.seller(good, scene.pick(("CN", "IN", "TR", "IT")))
    buyers = [scene.firm(scene.pick(("KZ", "EG", "SA", "IN", "RU", "ZA", "UZ")), trade) for _ in range(3)]
    for day in scene.days(scene.day(FIRST, date(2023, 6, 1)), 8, 30, 90):
        into = scene.row(maker, hub, good, day, 50_000)
        amount = {k: into[k] for k in ("quantity", "net_weight_kg", "value")}
        yield Line(into)
        on = day + timedelta(days=scene.among(10, 50))
        if on <= LAST:
            yield Line(scene.row(hub, scene.pick(buyers), good, on, **amount))


@honest(24)
def landbridge(scene: Scene) -> Iterator[Line]:
    """Ordinary goods by rail or road through Russia, as they have always gone."""
    good = scene.ordinary()
    seller = scene.seller(good, scene.pick(("PL", "DE", "CN", "IT")))
    buyer = scene.firm(scene.pick(("KZ", "UZ", "KG", "MN", "TJ")), good.trade)
    way = {
        "transport_mode": scene.pick(("rail", "road")),
        "transit_countries": scene.pick(("BY;RU", "LV;RU")),
    }
    way |= {"port_of_loading": "", "port_of_discharge": "", "container_number": ""}
    for day in scene.days(scene.day(FIRST, date(2024, 1, 1)), scene.among(3, 9), 25, 80):
        yield Line(scene.row(seller, buyer, good, day, **way))


@honest(24)
def ordinary_goods_to_russia(scene: Scene) -> Iterator[Line]:
    """Medicines, food and household goods to Russia and Belarus, which nobody restricts."""
    good = scene.ordinary(scene.pick(("medical", "medical", "food", "cosmetics", "household")))
    seller = scene.seller(good)
    buyer = scene.firm(scene.pick(("RU", "RU", "RU", "BY")), good.trade)
    for day in scene.days(scene.day(FIRST, date(2024, 6, 1)), scene.among(4, 10), 20, 90):
        if day <= LAST:
            yield Line(scene.row(seller, buyer, good, day))


@honest(12)
def russia_before_the_invasion(scene: Scene) -> Iterator[Line]:
    """Listed goods to Russia and Belarus while nothing spoke against them."""
    good = scene.usual()
    seller, buyer = scene.seller(good), scene.firm(scene.pick(("RU", "RU", "BY")), good.trade)
    for day in scene.days(FIRST + timedelta(days=scene.among(0, 200)), scene.among(3, 8), 15, 40):
        if day < date(2022, 2, 20):
            yield Line(scene.row(seller, buyer, good, day))


@honest(8)
def defence_goods_in_the_alliance(scene: Scene) -> Iterator[Line]:
    """Drone parts and engines between Türkiye and Ukraine, aircraft parts between Türkiye and the US."""
    good = scene.pick([scene.stock.goods[c] for c in ("880730", "901420", "854231")])
    maker = scene.firm("TR", "aviation").named(scene.pick(("Baykar Makina", "Repkon Makina", "Arca Savunma")))
    other = scene.firm(scene.pick(("UA", "UA", "US")), "aviation")
    for day in scene.days(scene.day(FIRST, date(2024, 6, 1)), 4, 40, 120):
        yield Line(scene.row(maker, other, good, day, 200_000))
        if day.month % 2:
            yield Line(scene.row(other, maker, good, day, 200_000))


@honest(12)
def sea_route_closed(scene: Scene) -> Iterator[Line]:
    """Goods that go a long way round because a strait is closed or a line calls at its own hub."""
    good = scene.pick([scene.usual(), scene.ordinary(), scene.ordinary()])
    seller, buyer = (
        scene.seller(good, scene.pick(("JP", "CN", "KR", "IN"))),
        scene.firm(scene.pick(("DE", "NL", "IT", "TR"))),
    )
    for day in scene.days(scene.day(date(2024, 1, 5), date(2025, 6, 1)), 5, 15, 40):
        yield Line(
            scene.row(
                seller,
                buyer,
                good,
                day,
                transport_mode="sea",
                transit_countries=scene.pick(("SG;ZA", "AE;ZA", "SG")),
            )
        )
