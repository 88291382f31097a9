"""Where the buyer stands: shared, borrowed, changing and false addresses, and heirs of listed firms."""

from collections.abc import Iterator
from datetime import date, timedelta

from tests.worlds.disguise import reworded
from tests.worlds.firms import plain
from tests.worlds.listed import ListedFirm, listed_addresses, listed_firms
from tests.worlds.registry import pattern
from tests.worlds.scene import FIRST, LAST, Line, Scene
from tests.worlds.stock import HUBS

_AFTER = date(2022, 4, 15)


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
def home_address_and_free_mail(scene: Scene) -> Iterator[Line]:
    """A buyer of listed goods that works from a flat, by free mail, or by a telephone of elsewhere."""
    good, buyer = (
        scene.listed("1", "2", "3"),
        scene.firm(scene.pick(("KZ", "KG", "UZ", "AM", "GE", "AZ", "TR")), scene.trade()),
    )
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


@pattern
def one_buyer_many_addresses(scene: Scene) -> Iterator[Line]:
    """One firm of one registration that gives another address on every paper, in several towns."""
    good, country = scene.listed("1", "2", "3"), scene.pick(("KZ", "KG", "TR", "UZ", "AE", "AM"))
    buyer, seller = scene.firm(country, scene.trade()), scene.seller(good)
    cities = scene.stock.countries[country].cities
    sites = [
        scene.founder.address(scene.rng, country, scene.pick(cities))
        for _ in range(scene.by_strength(5, 4, 3))
    ]
    for number, day in enumerate(scene.days(scene.day(_AFTER, date(2025, 3, 1)), len(sites) + 2, 8, 25)):
        site = buyer.at(sites[number % len(sites)])
        row = scene.row(seller, site, good, day, consignee_identifier=buyer.identifier)
        yield Line(row, core=number >= 2)


@pattern
def heir_of_the_goods_alone(scene: Scene) -> Iterator[Line]:
    """A firm founded after a listing, somewhere else, that buys of the same exporter the same goods."""
    buyers = [f for f in listed_firms() if f.country in HUBS and f.listed_on > date(2022, 9, 1)]
    firm = scene.pick(buyers)
    good = scene.listed("1", "2", "3")
    start = firm.listed_on + timedelta(days=scene.among(30, scene.by_strength(90, 180, 330)))
    born = (firm.listed_on, start - timedelta(days=15))
    heir, seller = scene.firm(firm.country, scene.trade(), born), scene.seller(good)
    old = {"consignee_name": firm.names[0], "consignee_address": "", "consignee_registered_on": ""}
    for day in scene.days(firm.listed_on - timedelta(days=240), scene.by_strength(6, 4, 3), 25, 45):
        if day < firm.listed_on:
            yield Line(scene.row(seller, heir, good, day, **old), core=False)
    for day in scene.days(start, scene.by_strength(6, 4, 3), 12, 40):
        if day <= LAST:
            yield Line(scene.row(seller, heir, good, day))
