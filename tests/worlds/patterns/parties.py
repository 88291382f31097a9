"""Who stands on the papers: listed parties, Russia behind the buyer, forwarders, banks, traders."""

from collections.abc import Iterator
from datetime import date, timedelta

from tests.worlds.disguise import disguised
from tests.worlds.listed import ListedFirm, listed_firms
from tests.worlds.registry import pattern
from tests.worlds.scene import FIRST, LAST, Line, Row, Scene

_AFTER = date(2022, 4, 15)


@pattern
def direct_to_russia_or_belarus(scene: Scene) -> Iterator[Line]:
    """Listed goods sent openly to Russia or Belarus."""
    good = scene.listed()
    seller, buyer = scene.seller(good), scene.firm(scene.pick(("RU", "RU", "BY")), scene.trade())
    for day in scene.days(scene.day(_AFTER, date(2025, 6, 1)), scene.by_strength(4, 2, 1), 10, 60):
        yield Line(scene.row(seller, buyer, good, day))


@pattern
def listed_by_exact_name(scene: Scene) -> Iterator[Line]:
    """A listed firm under a name that the list gives, as consignee, exporter or end user."""
    firm = scene.pick(listed_firms())
    role = scene.pick(("consignee", "consignee", "consignee", "exporter", "end_user"))
    yield from _with_listed(scene, firm, role, scene.pick(firm.names))


@pattern
def listed_under_another_spelling(scene: Scene) -> Iterator[Line]:
    """A listed firm whose name has lost its legal form, a letter, or the order of its words."""
    names = [(f, n) for f in listed_firms() for n in f.names if max(map(len, n.split())) >= 8]
    firm, name = scene.pick(names)
    yield from _with_listed(scene, firm, "consignee", disguised(scene.rng, name, scene.strength))


@pattern
def listed_behind_the_consignee(scene: Scene) -> Iterator[Line]:
    """An unlisted consignee, and a listed firm as end user, notify party or go-between."""
    firm = scene.pick(listed_firms())
    role = scene.pick(("end_user", "notify_party", "intermediate_consignee"))
    name = scene.pick(firm.names)
    yield from _with_listed(scene, firm, role, name.upper() if scene.strength == "weak" else name)


def _with_listed(scene: Scene, firm: ListedFirm, role: str, name: str) -> Iterator[Line]:
    good = scene.listed() if scene.chance(0.75) else scene.ordinary()
    seller, buyer = scene.seller(good), scene.firm(scene.hub(), scene.trade())
    address = scene.pick(firm.addresses) if firm.addresses and scene.chance(0.4) else ""
    cells: Row = {f"{role}_name": name, f"{role}_country": firm.country}
    if role != "freight_forwarder":
        cells[f"{role}_address"] = address
    if role in ("consignee", "exporter", "end_user"):
        cells[f"{role}_registered_on"] = ""
    if role == "consignee":
        cells |= {"country_of_destination": firm.country, "notify_party_name": "", "end_user_name": ""}
        cells |= {
            "notify_party_country": "",
            "end_user_country": "",
            "payer_name": name,
            "payer_country": firm.country,
        }
    start = scene.day(max(FIRST, firm.listed_on + timedelta(days=15)), date(2025, 9, 1))
    for day in scene.days(start, scene.by_strength(3, 2, 1), 10, 60):
        if day <= LAST:
            yield Line(scene.row(seller, buyer, good, day, **cells))


@pattern
def russia_behind_the_buyer(scene: Scene) -> Iterator[Line]:
    """An old buyer in a third country, and a Russian or Belarusian end user, notify party or payer."""
    good = scene.listed()
    seller, buyer = scene.seller(good), scene.firm(scene.hub(), scene.trade())
    behind = scene.firm(scene.pick(("RU", "RU", "BY")), scene.trade())
    strong, fair = ("end_user",), ("notify_party", "intermediate_consignee")
    role = scene.pick(scene.by_strength(strong, fair, ("payer", "bank", "freight_forwarder")))
    cells = {f"{role}_name": behind.name, f"{role}_country": behind.country}
    for day in scene.days(scene.day(_AFTER, date(2025, 3, 1)), scene.among(2, 4), 20, 80):
        yield Line(scene.row(seller, buyer, good, day, **cells))


@pattern
def forwarder_as_final_consignee(scene: Scene) -> Iterator[Line]:
    """Listed goods to a forwarder, and nobody behind it on the papers."""
    good, house = scene.listed(), scene.firm(scene.hub(), "trading")
    name = scene.founder.forwarder(scene.rng, house.country)
    seller = scene.seller(good)
    nobody = {
        "end_user_name": "",
        "end_user_country": "",
        "notify_party_name": "",
        "notify_party_country": "",
    }
    if scene.strength == "weak":
        nobody = {"end_user_name": name, "end_user_country": house.country}
    cells = nobody | {"consignee_name": name, "payer_name": name, "consignee_email": ""}
    for day in scene.days(scene.day(_AFTER, date(2025, 3, 1)), scene.among(2, 5), 10, 50):
        yield Line(scene.row(seller, house, good, day, **cells))


@pattern
def bank_as_final_consignee(scene: Scene) -> Iterator[Line]:
    """Listed goods consigned to a bank, without an end user."""
    good, house = scene.listed(), scene.firm(scene.hub(), "trading")
    seller, bank = scene.seller(good), house.bank
    name = scene.by_strength(bank, f"{bank} {scene.pick(('JSC', 'CJSC'))}", f"To order of {bank}")
    nobody = {
        "end_user_name": "",
        "end_user_country": "",
        "notify_party_name": "",
        "notify_party_country": "",
    }
    for day in scene.days(scene.day(_AFTER, date(2025, 3, 1)), 3, 10, 50):
        yield Line(scene.row(seller, house, good, day, consignee_name=name, payer_name=name, **nobody))


@pattern
def machine_for_a_trader(scene: Scene) -> Iterator[Line]:
    """Machines for chips or fine metalwork to a firm that makes nothing, in a country that makes none."""
    good = scene.pick([g for g in scene.stock.listed if g.hs6[:4] in ("8486", "8457", "8458", "9030")])
    buyer = scene.firm(scene.pick(("KG", "AM", "GE", "TJ", "UZ", "AE", "MN")), "trading")
    seller, tells = scene.seller(good, scene.pick(("DE", "JP", "TW", "CN", "IT", "KR"))), scene.tells()
    cells = {
        "end_user_name": "",
        "end_user_country": "",
        "declared_end_use": scene.pick(("", "resale", "trade")),
    }
    for day in scene.days(scene.day(_AFTER, date(2025, 3, 1)), scene.among(1, 3), 20, 90):
        yield Line(scene.row(seller, buyer, good, day, 180_000, **cells | tells))
