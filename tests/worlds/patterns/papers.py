"""What papers say of goods, amounts and money: hidden codes, odd prices, split lots, late changes, payers."""

from collections.abc import Iterator
from datetime import date, timedelta

from tests.worlds.registry import pattern
from tests.worlds.scene import Line, Row, Scene, amounts

_AFTER = date(2022, 4, 15)
_NOTHING: Row = {"eccn": "", "declared_end_use": "", "licence_number": ""}
_PLAIN = (
    "854231",
    "854232",
    "854239",
    "854129",
    "901310",
    "848210",
    "845710",
    "851762",
    "903020",
    "853221",
    "852691",
)
"""Goods that are easily told by their description."""


@pattern
def lots_under_a_threshold(scene: Scene) -> Iterator[Line]:
    """Many lots within days, each just under a round sum, all to one buyer."""
    limit = scene.pick((10_000, 5_000, 2_500, 25_000))
    good = scene.pick([g for g in scene.stock.listed if g.kg_per_unit < 2])
    buyer, seller = scene.firm(scene.hub(), scene.trade()), scene.seller(good)
    low = scene.by_strength(0.95, 0.9, 0.82)
    start = scene.day(_AFTER, date(2025, 6, 1))
    for number, day in enumerate(scene.days(start, scene.by_strength(8, 6, 4), 0, 3)):
        value = limit * float(scene.rng.uniform(low, 0.998))
        row = scene.row(seller, buyer, good, day, limit, value=f"{value:.2f}")
        weight = value / good.usd_per_kg
        yield Line(row | amounts(max(1, weight / good.kg_per_unit), weight, value), core=number >= 3)


@pattern
def code_changed_for_the_same_goods(scene: Scene) -> Iterator[Line]:
    """The same text under a listed code until the invasion, and under an unlisted neighbour after."""
    good = scene.pick([g for g in scene.stock.listed if g.neighbour])
    buyer, seller, text = scene.firm(scene.hub(), good.trade), scene.seller(good), scene.pick(good.texts)
    for day in scene.days(date(2021, 6, 1), scene.by_strength(8, 6, 3), 30, 50):
        yield Line(scene.row(seller, buyer, good, day, goods_description=text), core=False)
    start = scene.day(
        date(2022, 8, 1), scene.by_strength(date(2022, 11, 1), date(2023, 2, 1), date(2023, 5, 1))
    )
    for day in scene.days(start, scene.by_strength(7, 5, 3), 15, 45):
        cells = _NOTHING | {"goods_description": text, "hs_code": good.neighbour}
        yield Line(scene.row(seller, buyer, good, day, **cells))


@pattern
def goods_hidden_behind_a_code(scene: Scene) -> Iterator[Line]:
    """A description of chips, sights or machine tools under a code of something else."""
    good = scene.pick([scene.stock.goods[c] for c in _PLAIN])
    buyer, seller = scene.firm(scene.hub(), scene.trade()), scene.seller(good)
    far = scene.pick([scene.ordinary(t).hs6 for t in ("household", "auto", "construction", "furniture")])
    cells = _NOTHING | {"hs_code": scene.by_strength(far, far, good.neighbour)}
    for day in scene.days(scene.day(_AFTER, date(2025, 6, 1)), scene.among(2, 4), 15, 60):
        yield Line(scene.row(seller, buyer, good, day, **cells))


@pattern
def price_far_from_the_goods(scene: Scene) -> Iterator[Line]:
    """Listed goods at a tiny part or a large multiple of what they cost."""
    good = scene.pick([g for g in scene.stock.listed if g.unit == "pcs"])
    buyer, seller = scene.firm(scene.hub(), scene.trade()), scene.seller(good)
    times = scene.by_strength(60, 30, 15) ** scene.pick((-1, 1))
    for day in scene.days(scene.day(_AFTER, date(2025, 6, 1)), scene.among(2, 4), 15, 60):
        row = scene.row(seller, buyer, good, day)
        yield Line(row | {"value": f"{float(row['value']) * times:.2f}"})


@pattern
def weight_that_cannot_be(scene: Scene) -> Iterator[Line]:
    """A weight that the stated number of pieces can't have."""
    good = scene.pick([g for g in scene.stock.listed if g.unit == "pcs"])
    buyer, seller = scene.firm(scene.hub(), scene.trade()), scene.seller(good)
    times = scene.by_strength(1000, 200, 60) ** scene.pick((-1, 1))
    for day in scene.days(scene.day(_AFTER, date(2025, 6, 1)), scene.among(2, 4), 15, 60):
        row = scene.row(seller, buyer, good, day, 60_000)
        pieces = float(row["quantity"])
        yield Line(row | {"quantity": f"{pieces * times if pieces * times >= 1 else pieces / times:.0f}"})


@pattern
def nothing_said_of_the_goods(scene: Scene) -> Iterator[Line]:
    """A listed code, a description that says nothing, and neither classification, end use nor end user."""
    good, buyer = scene.listed("1", "2", "3"), scene.firm(scene.hub(), scene.trade())
    seller, text = scene.seller(good), scene.pick(scene.stock.words("vague"))
    idle = scene.pick(scene.stock.words("idle_use"))
    cells = _NOTHING | {"goods_description": text, "end_user_name": "", "end_user_country": ""}
    if scene.strength == "weak":
        cells |= {"declared_end_use": idle}
    for day in scene.days(scene.day(_AFTER, date(2025, 6, 1)), scene.among(2, 5), 15, 60):
        yield Line(scene.row(seller, buyer, good, day, **cells))


@pattern
def changed_at_the_last_moment(scene: Scene) -> Iterator[Line]:
    """A revision that gives the goods another consignee, another country, another way or another payer."""
    good = scene.listed()
    seller = scene.seller(good)
    first, other = scene.firm(scene.hub(), scene.trade()), scene.firm(scene.hub(), scene.trade())
    for day in scene.days(scene.day(_AFTER, date(2025, 6, 1)), scene.among(1, 3), 30, 90):
        before = scene.row(seller, first, good, day) | {
            "shipment_id": scene.founder.number(),
            "revision": "1",
        }
        after = scene.row(seller, other, good, day) | {
            k: before[k] for k in ("quantity", "net_weight_kg", "value")
        }
        kept = {
            k: before[k] for k in ("shipment_id", "invoice_number", "goods_description", "country_of_origin")
        }
        payer = {"payer_name": other.name, "payer_country": scene.pick(("AE", "HK", "CY", "VG"))}
        after = before | payer if scene.strength == "weak" else after | kept
        yield Line(before, core=False)
        yield Line(after | {"revision": "2"})


@pattern
def one_invoice_two_consignees(scene: Scene) -> Iterator[Line]:
    """The same invoice and the same goods sent, on paper, to two buyers."""
    good = scene.listed()
    seller = scene.seller(good)
    first, other = scene.firm(scene.hub(), scene.trade()), scene.firm(scene.hub(), scene.trade())
    for day in scene.days(scene.day(_AFTER, date(2025, 6, 1)), scene.among(1, 3), 60, 120):
        one = scene.row(seller, first, good, day)
        two = scene.row(
            seller, other, good, day + timedelta(days=scene.among(1, scene.by_strength(10, 25, 45)))
        )
        same = ("invoice_number", "quantity", "net_weight_kg", "value", "goods_description")
        yield Line(one, core=False)
        yield Line(two | {k: one[k] for k in same})


@pattern
def payer_from_elsewhere(scene: Scene) -> Iterator[Line]:
    """An unrelated firm in a third country pays for listed goods."""
    good, buyer = (
        scene.listed(),
        scene.firm(scene.pick(("KZ", "KG", "AM", "UZ", "GE", "AZ", "TR")), scene.trade()),
    )
    places = scene.by_strength(("VG", "SC"), ("CY", "AE", "HK"), ("CN", "AE", "LT", "CZ"))
    home = scene.pick([c for c in places if c in scene.stock.countries and c != buyer.country])
    payer = scene.firm(home, "trading")
    cells = {"payer_name": payer.name, "payer_country": home}
    if scene.strength == "strong":
        cells |= {"bank_name": payer.bank, "bank_country": scene.pick(("CY", "AE", "HK"))}
    seller = scene.seller(good)
    for day in scene.days(scene.day(_AFTER, date(2025, 6, 1)), scene.among(2, 5), 15, 60):
        yield Line(scene.row(seller, buyer, good, day, **cells))


@pattern
def paid_in_cash(scene: Scene) -> Iterator[Line]:
    """Costly listed goods paid in cash."""
    good, buyer = scene.listed(), scene.firm(scene.hub(), scene.trade())
    seller = scene.seller(good)
    words = scene.pick(
        scene.by_strength(("cash", "cash payment"), ("Cash", "nakit"), ("наличные", "cash on delivery"))
    )
    column = scene.by_strength("payment_method", "payment_method", "payment_terms")
    for day in scene.days(scene.day(_AFTER, date(2025, 6, 1)), scene.among(2, 3), 15, 60):
        yield Line(scene.row(seller, buyer, good, day, 150_000, **{"payment_method": ""} | {column: words}))


@pattern
def no_ban_on_resale(scene: Scene) -> Iterator[Line]:
    """Goods of the European bans to a third country under a contract that does not forbid sale to Russia."""
    good, buyer = (
        scene.listed(),
        scene.firm(scene.pick(("KZ", "KG", "AM", "UZ", "AE", "TR", "RS")), scene.trade()),
    )
    seller = scene.seller(good, scene.pick(("DE", "IT", "FR", "NL", "PL", "CZ", "SE", "ES")))
    cells = {"no_reexport_clause": "no"} | scene.by_strength(
        {"end_user_name": "", "end_user_country": ""}, {}, {}
    )
    for day in scene.days(scene.day(date(2024, 4, 1), date(2025, 6, 1)), scene.among(2, 4), 15, 60):
        yield Line(scene.row(seller, buyer, good, day, **cells))


@pattern
def use_that_does_not_fit(scene: Scene) -> Iterator[Line]:
    """A civil use that the goods do not serve: sights for a school, navigation units for a bakery."""
    good = scene.pick(
        [
            g
            for g in scene.stock.listed
            if g.hs6 in ("901310", "901420", "880730", "852691", "854231", "903082")
        ]
    )
    uses = (
        "school equipment",
        "household use",
        "food production",
        "toys",
        "bakery",
        "hairdressing salon",
        "gift",
    )
    buyer, seller = scene.firm(scene.hub(), scene.trade()), scene.seller(good)
    use = scene.pick(uses)
    for day in scene.days(scene.day(_AFTER, date(2025, 6, 1)), scene.among(2, 4), 15, 60):
        yield Line(scene.row(seller, buyer, good, day, declared_end_use=use))
