"""Ways that change: lanes that stop and start, chains through a hub, false transit, detours, odd ports."""

from collections.abc import Iterator
from datetime import date, timedelta

from tests.worlds.registry import pattern
from tests.worlds.scene import FIRST, INVASION, LAST, Line, Scene, amounts
from tests.worlds.stock import COALITION, CUSTOMS_UNION

_AFTER = date(2022, 4, 15)


@pattern
def lane_moved_to_a_hub(scene: Scene) -> Iterator[Line]:
    """An exporter whose lane to Russia stops at the invasion, and one to a hub starts with those goods."""
    good = scene.listed()
    seller = scene.seller(good, scene.pick((*COALITION[:12], "TR", "CN")))
    russian, buyer = scene.firm("RU", scene.trade()), scene.firm(scene.hub(), scene.trade())
    for day in scene.days(FIRST + timedelta(days=scene.among(0, 60)), scene.by_strength(11, 8, 5), 25, 40):
        if day < INVASION:
            yield Line(scene.row(seller, russian, good, day, 20_000), core=False)
    wait = scene.by_strength((40, 120), (80, 200), (150, 300))
    start = INVASION + timedelta(days=scene.among(*wait))
    for day in scene.days(start, scene.by_strength(8, 6, 3), 15, 45):
        yield Line(scene.row(seller, buyer, good, day, 20_000))


@pattern
def moved_after_the_turkish_limits(scene: Scene) -> Iterator[Line]:
    """A Turkish exporter of goods to Russia until autumn 2024, and to Kazakhstan or Azerbaijan after."""
    good = scene.pick(
        [
            g
            for g in scene.stock.listed
            if g.hs6 in ("854231", "854232", "854239", "847150", "851762", "854129")
        ]
    )
    seller = scene.seller(good, "TR")
    russian, buyer = scene.firm("RU", scene.trade()), scene.firm(scene.pick(("KZ", "AZ")), scene.trade())
    origin = {"country_of_origin": scene.pick(("US", "US", "DE", "NL"))}
    for day in scene.days(date(2023, 9, 1), scene.by_strength(10, 7, 4), 25, 40):
        yield Line(scene.row(seller, russian, good, day, **origin), core=False)
    start = scene.day(
        date(2024, 10, 5), scene.by_strength(date(2024, 12, 1), date(2025, 2, 1), date(2025, 5, 1))
    )
    for day in scene.days(start, scene.by_strength(7, 5, 3), 12, 40):
        yield Line(scene.row(seller, buyer, good, day, **origin))


@pattern
def in_and_out_of_a_hub(scene: Scene) -> Iterator[Line]:
    """Goods that a hub firm takes in and sends on within weeks, in the same amount."""
    good = scene.listed("1", "2", "3")
    hub = scene.firm(scene.pick(("KZ", "KG", "AM", "TR", "AE", "HK", "UZ", "GE")), "trading")
    onward = scene.pick(("RU", *(c for c in CUSTOMS_UNION if c != hub.country)))
    seller, last = scene.seller(good), scene.firm(onward, scene.trade())
    lag = scene.by_strength((5, 20), (15, 45), (40, 80))
    for day in scene.days(scene.day(_AFTER, date(2024, 9, 1)), scene.by_strength(5, 3, 2), 40, 90):
        into = scene.row(seller, hub, good, day, 40_000)
        yield Line(into, core=False)
        share = 1 - scene.by_strength(0.0, 0.02, 0.04) * scene.rng.random()
        out = scene.row(hub, last, good, day + timedelta(days=scene.among(*lag)), 40_000)
        units, weight, value = (float(into[k]) for k in ("quantity", "net_weight_kg", "value"))
        yield Line(out | amounts(max(1, units * share), weight * share, value * 1.3))


@pattern
def new_exporter_in_a_hub(scene: Scene) -> Iterator[Line]:
    """An exporter founded in a hub after the invasion that sends listed goods to Russia or its union."""
    good, country = scene.listed(), scene.pick(("AE", "HK", "TR", "KZ", "KG", "AM", "UZ"))
    start = scene.day(date(2022, 9, 1), date(2025, 3, 1))
    born = max(date(2022, 3, 1), start - timedelta(days=scene.among(30, scene.by_strength(200, 400, 700))))
    seller = scene.firm(country, scene.pick((good.trade, "trading")), (born, born))
    end = scene.pick(("RU", "RU", *(c for c in CUSTOMS_UNION if c != country)))
    buyer = scene.firm(end, scene.trade())
    origin = {"country_of_origin": scene.pick(("US", "DE", "JP", "TW", "CN", ""))}
    for day in scene.days(start, scene.by_strength(6, 4, 2), 10, 50):
        yield Line(scene.row(seller, buyer, good, day, **origin))


@pattern
def transit_through_russia(scene: Scene) -> Iterator[Line]:
    """Listed goods declared for Central Asia or the Caucasus and led through Russia or Belarus."""
    good = scene.listed()
    seller = scene.seller(good, scene.pick(("DE", "PL", "IT", "NL", "TR", "CZ", "CN")))
    buyer = scene.firm(scene.pick(("KZ", "KG", "UZ", "TJ", "MN", "AZ")), scene.trade())
    way = scene.by_strength("LT;BY;RU", "RU", "LV;RU")
    cells = {
        "transit_countries": way,
        "transport_mode": "road",
        "port_of_discharge": "",
        "container_number": "",
    }
    for day in scene.days(scene.day(date(2022, 9, 1), date(2025, 3, 1)), scene.among(2, 5), 15, 60):
        yield Line(scene.row(seller, buyer, good, day, **cells))


@pattern
def unloaded_on_the_russian_side(scene: Scene) -> Iterator[Line]:
    """Goods for a neighbour of Russia that are unloaded in a Russian port or border town, transit unsaid."""
    good = scene.listed()
    seller, buyer = (
        scene.seller(good),
        scene.firm(scene.pick(("KZ", "KG", "UZ", "AM", "GE", "AZ", "MN")), scene.trade()),
    )
    port = scene.pick(("RUNVS", "RULED", "RUVVO", "RUMOW", "RUORE", "RUAST", "RUKGD"))
    for day in scene.days(scene.day(_AFTER, date(2025, 3, 1)), scene.among(2, 4), 15, 60):
        yield Line(scene.row(seller, buyer, good, day, port_of_discharge=port, transit_countries=""))


@pattern
def port_in_no_stated_country(scene: Scene) -> Iterator[Line]:
    """A port of discharge neither in the destination nor on the stated way, or a sea where there is none."""
    good = scene.listed()
    end, port = scene.pick(
        (
            ("AM", "FIKTK"),
            ("TR", "GEPTI"),
            ("AE", "KGFRU"),
            ("KG", "EEMUG"),
            ("GE", "KZAAU"),
            ("UZ", "LVRIX"),
            ("RS", "KZALA"),
        )
    )
    by_sea = scene.strength == "strong"
    if by_sea:
        end, port = scene.pick((("AM", "AMEVN"), ("KG", "KGFRU"), ("UZ", "UZTAS"), ("MN", "MNULN")))
    cells = {
        "port_of_discharge": port,
        "transit_countries": "",
        "transport_mode": "sea" if by_sea else "road",
    }
    seller, buyer = scene.seller(good), scene.firm(end, scene.trade())
    for day in scene.days(scene.day(_AFTER, date(2025, 3, 1)), scene.among(2, 4), 15, 60):
        yield Line(scene.row(seller, buyer, good, day, **cells))


@pattern
def detour(scene: Scene) -> Iterator[Line]:
    """A way that makes no sense for goods and destination: to the far side of the world and back."""
    good = scene.listed()
    start = scene.pick(("DE", "NL", "IT", "PL", "GB", "CZ"))
    end, ways = scene.pick(
        (
            ("KG", ("HK;AE", "AE;HK;CN", "HK")),
            ("AM", ("HK;AE", "CN;AE", "HK")),
            ("GE", ("AE;HK", "HK;CN", "CN")),
        )
    )
    buyer = scene.firm(end, scene.trade())
    way = ways[scene.by_strength(1, 0, 2)]
    seller = scene.seller(good, start)
    for day in scene.days(scene.day(_AFTER, date(2025, 3, 1)), scene.among(2, 4), 15, 60):
        yield Line(scene.row(seller, buyer, good, day, transit_countries=way))


@pattern
def through_a_second_hub(scene: Scene) -> Iterator[Line]:
    """Goods for a buyer in one hub that are handed to an unrelated firm in another on the way."""
    good = scene.listed("1", "2", "3")
    buyer = scene.firm(scene.pick(("KZ", "KG", "AM", "UZ", "GE")), scene.trade())
    middle = scene.firm(scene.pick(("AE", "HK", "TR", "CN")), "trading")
    cells = {"intermediate_consignee_name": middle.name, "intermediate_consignee_country": middle.country}
    if scene.strength == "strong":
        cells |= {
            "intermediate_consignee_address": middle.address,
            "payer_name": middle.name,
            "payer_country": middle.country,
        }
    if scene.strength == "weak":
        cells = {"end_user_name": middle.name, "end_user_country": middle.country}
    seller = scene.seller(good, scene.pick(COALITION[:12]))
    for day in scene.days(scene.day(_AFTER, date(2025, 3, 1)), scene.among(2, 4), 15, 60):
        if day <= LAST:
            yield Line(scene.row(seller, buyer, good, day, **cells))


@pattern
def luxury_moved_to_a_hub(scene: Scene) -> Iterator[Line]:
    """Luxury goods that went to Russia until the bans, and go bundled to a new buyer in a hub after."""
    goods = scene.some(scene.stock.of_trade("luxury"), scene.among(2, 3))
    seller = scene.seller(goods[0], scene.pick(("IT", "FR", "CH", "DE", "GB", "JP")))
    russian, buyer = scene.firm("RU", "luxury"), scene.firm(scene.hub(), scene.pick(("luxury", "trading")))
    for number, day in enumerate(scene.days(FIRST + timedelta(days=scene.among(0, 60)), 14, 20, 32)):
        if day < INVASION:
            yield Line(scene.row(seller, russian, goods[number % len(goods)], day), core=False)
    start = date(2022, 3, 15) + timedelta(days=scene.by_strength(40, 90, 200) + scene.among(0, 60))
    for number, day in enumerate(scene.days(start, scene.by_strength(9, 7, 4), 12, 35)):
        yield Line(scene.row(seller, buyer, goods[number % len(goods)], day, 60_000))
