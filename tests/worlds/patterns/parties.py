"""Who stands on the papers: listed parties, Russia behind the buyer, shared addresses, go-betweens."""

from collections.abc import Iterator
from datetime import date, timedelta

from tests.worlds.disguise import disguised, reworded
from tests.worlds.firms import plain
from tests.worlds.listed import ListedFirm, listed_addresses, listed_firms
from tests.worlds.registry import pattern
from tests.worlds.scene import FIRST, LAST, Line, Row, Scene
from tests.worlds.stock import HUBS

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
def address_in_another_country(scene: Scene) -> Iterator[Line]:
    """A consignee said to be in a third country, whose address or telephone stands in Russia."""
    good = scene.listed()
    seller, buyer = (
        scene.seller(good),
        scene.firm(scene.pick(("KZ", "KG", "AM", "TR", "AE", "UZ")), scene.trade()),
    )
    moscow = scene.founder.address(scene.rng, "RU", scene.pick(scene.stock.countries["RU"].cities))
    cells = scene.by_strength(
        {
            "consignee_address": f"{moscow}, Russia",
            "consignee_phone": f"+7 495 {scene.among(10**6, 10**7 - 1)}",
        },
        {"consignee_address": f"{moscow}, Russia"},
        {"consignee_address": moscow},
    )
    for day in scene.days(scene.day(_AFTER, date(2025, 3, 1)), 3, 20, 80):
        yield Line(scene.row(seller, buyer, good, day, **cells))


@pattern
def several_firms_at_one_address(scene: Scene) -> Iterator[Line]:
    """Three and more consignees at the very same address that all buy listed goods within months."""
    good = scene.listed("1", "2", "3")
    country = scene.pick(("KG", "KZ", "AE", "HK", "TR", "AM", "UZ"))
    city = scene.pick(scene.stock.countries[country].cities)
    house = scene.founder.address(scene.rng, country, city)
    firms = [
        scene.firm(country, scene.trade(), (date(2012, 1, 1), date(2023, 6, 1))).at(
            reworded(scene.rng, house)
        )
        for _ in range(scene.by_strength(5, 4, 3))
    ]
    for number, day in enumerate(
        scene.days(scene.day(date(2023, 7, 1), date(2025, 3, 1)), len(firms) * 2, 4, 22)
    ):
        firm = firms[number % len(firms)]
        yield Line(scene.row(scene.seller(good), firm, good, day, 16_000), core=number >= 2)


@pattern
def heir_of_a_listed_firm(scene: Scene) -> Iterator[Line]:
    """A firm founded after a listing, at the listed firm's address, that buys what it bought."""
    housed = [f for f in listed_firms() if f.country in HUBS and f.listed_on > FIRST and _house(f)]
    firm = scene.pick(housed)
    start = firm.listed_on + timedelta(days=scene.among(40, 300))
    heir = scene.firm(firm.country, scene.trade(), (firm.listed_on, start - timedelta(days=20)))
    house = scene.pick(_house(firm))
    good = scene.listed("1", "2", "3")
    seller = scene.seller(good)
    for day in scene.days(firm.listed_on - timedelta(days=200), scene.by_strength(5, 3, 0) or 1, 20, 35):
        if scene.strength != "weak" and day < firm.listed_on:
            old = {"consignee_name": firm.names[0], "consignee_address": house, "consignee_registered_on": ""}
            yield Line(scene.row(seller, heir, good, day, 20_000, **old), core=False)
    for day in scene.days(start, scene.by_strength(5, 4, 2), 10, 40):
        if day <= LAST:
            yield Line(scene.row(seller, heir.at(reworded(scene.rng, house)), good, day, 25_000))


def _house(firm: ListedFirm) -> list[str]:
    """The addresses of a firm that say more than a city."""
    return [address for address in firm.addresses if any(c.isdigit() for c in address)]


@pattern
def listed_address(scene: Scene) -> Iterator[Line]:
    """An unlisted firm at one of the addresses that are listed themselves."""
    address, since = scene.pick(listed_addresses())
    good, buyer = scene.listed(), scene.firm("HK", scene.trade())
    seller = scene.seller(good)
    for day in scene.days(scene.day(since + timedelta(days=20), date(2025, 6, 1)), 3, 20, 60):
        yield Line(scene.row(seller, buyer.at(reworded(scene.rng, address)), good, day))


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


@pattern
def home_address_and_free_mail(scene: Scene) -> Iterator[Line]:
    """A buyer of listed goods that works from a flat, by free mail, or by a telephone of elsewhere."""
    good, buyer = scene.listed("1", "2", "3"), scene.firm(scene.hub(), scene.trade())
    flat = f"{scene.pick(scene.stock.words('dwelling'))} {scene.among(1, 90)}"
    first, post = plain(buyer.core.split()[0]).lower(), scene.pick(scene.stock.words("free_mail"))
    mail = f"{first}{scene.among(70, 99)}@{post}"
    home, free = {"consignee_address": f"{buyer.address}, {flat}"}, {"consignee_email": mail}
    phone = {"consignee_phone": f"+7 9{scene.among(10, 99)} {scene.among(10**6, 10**7 - 1)}"}
    cells = scene.by_strength(
        home | free | phone, scene.pick((home | free, free | phone)), scene.pick((home, free))
    )
    seller = scene.seller(good)
    for day in scene.days(scene.day(_AFTER, date(2025, 3, 1)), scene.among(2, 4), 20, 80):
        yield Line(scene.row(seller, buyer, good, day, **cells))
