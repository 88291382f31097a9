"""Honest papers that look odd: corrections, groupage, one house of many, forwarders, near names."""

from collections.abc import Iterator
from datetime import date, timedelta

from tests.worlds.firms import plain
from tests.worlds.registry import honest
from tests.worlds.scene import FIRST, LAST, Line, Scene
from tests.worlds.stock import COALITION, HUBS


@honest(40)
def corrected_by_a_revision(scene: Scene) -> Iterator[Line]:
    """A second revision that mends a typing error or a weight."""
    good = scene.pick([scene.usual(), scene.ordinary()])
    seller, buyer = scene.seller(good), scene.firm(scene.pick((*HUBS, "DE", "IN")), good.trade)
    for day in scene.days(scene.day(FIRST, date(2024, 9, 1)), 3, 40, 100):
        row = scene.row(seller, buyer, good, day) | {"shipment_id": scene.founder.number(), "revision": "1"}
        wrong = scene.pick(
            (
                {"consignee_name": plain(buyer.core).replace("a", "aa", 1)},
                {"net_weight_kg": f"{float(row['net_weight_kg']) * 1.05:.2f}"},
                {"consignee_address": buyer.address.replace("1", "7", 1)},
                {"invoice_number": row["invoice_number"][:-1]},
            )
        )
        yield Line(row | wrong)
        yield Line(row | {"revision": "2"})


@honest(14)
def groupage(scene: Scene) -> Iterator[Line]:
    """One container with the ordinary goods of many buyers, and now and then one lot of listed goods."""
    country = scene.hub()
    good = scene.ordinary()
    seller = scene.seller(good, scene.pick(("DE", "TR", "CN", "IT")))
    buyers = [
        scene.firm(country, scene.pick(("household", "auto", "trading"))) for _ in range(scene.among(5, 9))
    ]
    lots = [scene.usual("3"), *(scene.ordinary() for _ in buyers[1:])]
    for day in scene.days(scene.day(FIRST, date(2023, 6, 1)), 3, 60, 200):
        box = {"container_number": f"MSKU{scene.among(10**6, 10**7 - 1)}", "transport_mode": "sea"}
        for buyer, lot in zip(buyers, lots, strict=True):
            yield Line(scene.row(seller, buyer, lot, day, 6_000, **box))


@honest(16)
def paid_by_the_parent(scene: Scene) -> Iterator[Line]:
    """A buyer whose parent of the same name, in another country, pays for the whole group."""
    good = scene.pick([scene.usual("3", "4"), scene.ordinary()])
    home = scene.pick(("DE", "NL", "TR", "CH", "AE", "GB"))
    buyer = scene.firm(scene.pick([c for c in HUBS if c != home]), good.trade)
    parent = f"{buyer.core.rsplit(' ', 1)[0]} Group {scene.pick(scene.stock.countries[home].forms)}"
    seller = scene.seller(good)
    for day in scene.days(FIRST + timedelta(days=scene.among(0, 100)), scene.among(6, 12), 50, 140):
        if day <= LAST:
            yield Line(scene.row(seller, buyer, good, day, payer_name=parent, payer_country=home))


@honest(14)
def one_house_many_firms(scene: Scene) -> Iterator[Line]:
    """A business centre or free zone with firms of every trade, old ones that buy listed goods among them."""
    country = scene.pick(("AE", "KZ", "HK", "TR", "GE", "UZ"))
    place = scene.stock.countries[country]
    house = scene.founder.address(scene.rng, country, scene.pick(place.cities))
    root = scene.pick(scene.stock.words("root", place.language))
    house = f"{scene.pick(('Business Centre', 'Plaza', 'Free Zone'))} {root}, {house}"
    for _ in range(scene.among(4, 8)):
        good = scene.pick([scene.ordinary(), scene.ordinary(), scene.usual("3", "4")])
        buyer = scene.firm(country, good.trade).at(f"office {scene.among(1, 900)}, {house}")
        seller = scene.seller(good)
        for day in scene.days(scene.day(FIRST, date(2022, 1, 1)), scene.among(4, 9), 80, 200):
            if day <= LAST:
                yield Line(scene.row(seller, buyer, good, day, 10_000))


@honest(40)
def forwarder_of_furniture(scene: Scene) -> Iterator[Line]:
    """A forwarder named as consignee of furniture, clothes or food."""
    good = scene.ordinary(scene.pick(("furniture", "furniture", "textile", "food", "household")))
    seller, house = scene.seller(good), scene.firm(scene.pick((*HUBS, "RU", "DE")), "trading")
    name = scene.founder.forwarder(scene.rng, house.country)
    for day in scene.days(scene.day(FIRST, date(2024, 6, 1)), scene.among(3, 8), 15, 60):
        yield Line(scene.row(seller, house, good, day, consignee_name=name))


@honest(14)
def in_care_of_a_forwarder(scene: Scene) -> Iterator[Line]:
    """Listed goods in care of a forwarder, for an old end user whose name and use are on the papers."""
    good = scene.usual()
    user = scene.firm(scene.hub(), good.trade)
    seller, house = scene.seller(good), scene.founder.forwarder(scene.rng, user.country)
    cells = {"end_user_name": user.name, "end_user_country": user.country, "end_user_address": user.address}
    assert user.registered
    cells |= {"end_user_registered_on": user.registered.isoformat(), "declared_end_use": "own production"}
    for day in scene.days(FIRST + timedelta(days=scene.among(0, 150)), scene.among(6, 12), 50, 140):
        if day <= LAST:
            yield Line(scene.row(seller, user, good, day, consignee_name=f"{house} c/o {user.name}", **cells))


@honest(10)
def to_the_order_of_a_bank(scene: Scene) -> Iterator[Line]:
    """Goods under a letter of credit: consigned to the bank, the old buyer is notified and end user."""
    good = scene.pick([scene.ordinary(), scene.ordinary(), scene.usual("3", "4")])
    user, seller = scene.firm(scene.pick((*HUBS, "IN", "EG")), good.trade), scene.seller(good)
    cells = {"end_user_name": user.name, "end_user_country": user.country, "notify_party_name": user.name}
    cells |= {"notify_party_country": user.country, "payment_method": "letter of credit"}
    for day in scene.days(FIRST + timedelta(days=scene.among(0, 90)), scene.among(4, 9), 60, 160):
        if day <= LAST:
            yield Line(
                scene.row(seller, user, good, day, consignee_name=f"To the order of {user.bank}", **cells)
            )


@honest(40)
def name_like_a_listed_one(scene: Scene) -> Iterator[Line]:
    """Firms that share a word with a listed one and nothing else, at home somewhere else."""
    word = scene.pick(
        (
            "Progress",
            "Saturn",
            "Compass",
            "Alpha Trading",
            "Sky Bridge",
            "Basis",
            "Finder",
            "Photon",
            "Concord",
            "Azul",
            "Baykara",
        )
    )
    good = scene.pick([scene.ordinary(), scene.ordinary(), scene.usual()])
    country = scene.pick(("DE", "IN", "BR", "MX", "GB", "US", "ES", "KZ", "TR"))
    buyer = scene.firm(country, good.trade)
    buyer, seller = buyer.named(f"{word} {buyer.core}"), scene.seller(good)
    for day in scene.days(scene.day(FIRST, date(2024, 1, 1)), scene.among(3, 7), 20, 120):
        yield Line(scene.row(seller, buyer, good, day))


@honest(14)
def renumbered_code(scene: Scene) -> Iterator[Line]:
    """The same goods under the code of 2017 until the end of 2021, and under that of 2022 after."""
    old, new = scene.pick((("852580", "852589"), ("854140", "854149"), ("880330", "880730")))
    good = scene.stock.goods[new]
    seller, buyer = scene.seller(good), scene.firm(scene.pick((*HUBS, *COALITION)), good.trade)
    text = scene.pick(good.texts)
    for day in scene.days(FIRST, 16, 40, 80):
        code = old if day.year == 2021 else good.hs6
        yield Line(scene.row(seller, buyer, good, day, goods_description=text, hs_code=code))


@honest(20)
def parts_of_one_invoice(scene: Scene) -> Iterator[Line]:
    """One invoice shipped as several lines and in parts, all to the same buyer."""
    goods = [scene.usual("3", "4"), scene.ordinary(), scene.ordinary()]
    seller, buyer = scene.seller(goods[0]), scene.firm(scene.pick((*HUBS, "IN", "DE")))
    for day in scene.days(FIRST + timedelta(days=scene.among(0, 300)), 3, 90, 300):
        number, shipment = f"PI{scene.among(10_000, 999_999)}", scene.founder.number()
        for line, good in enumerate(goods, 1):
            cells = {"invoice_number": number, "shipment_id": shipment, "line_number": str(line)}
            yield Line(scene.row(seller, buyer, good, day, 7_000, **cells))
        rest = scene.row(seller, buyer, goods[1], day + timedelta(days=9), 4_000, invoice_number=number)
        yield Line(rest)


@honest(16)
def young_firm_in_the_coalition(scene: Scene) -> Iterator[Line]:
    """A start-up in Germany or the US that buys chips."""
    good = scene.usual("1", "2", "3")
    buyer = scene.firm(
        scene.pick(COALITION[:10]),
        scene.pick(("electronics", "telecom")),
        (date(2022, 4, 1), date(2024, 1, 1)),
    )
    assert buyer.registered
    seller = scene.seller(good)
    for day in scene.days(buyer.registered + timedelta(days=scene.among(20, 150)), scene.among(3, 8), 20, 70):
        yield Line(scene.row(seller, buyer, good, day, 8_000))


@honest(10)
def lazy_papers(scene: Scene) -> Iterator[Line]:
    """An old buyer whose exporter writes little: a vague description, no classification, no end use."""
    good = scene.usual("3", "4")
    buyer, seller = scene.firm(scene.hub(), good.trade), scene.seller(good)
    empty = {"eccn": "", "declared_end_use": ""}
    for day in scene.days(FIRST + timedelta(days=scene.among(0, 120)), scene.among(8, 14), 40, 120):
        if day <= LAST:
            text = scene.pick((*good.texts, scene.pick(scene.stock.words("vague"))))
            yield Line(scene.row(seller, buyer, good, day, 6_000, goods_description=text, **empty))
