"""Books of made-up shipments: honest trade, and a large mixed book to measure with.

Firms, dates and amounts are generated; HS codes are real ones, so that descriptions and codes
belong together as they do in trade. The same seed gives the same book.
"""

import csv
import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from screening.goods.nomenclature import codes, official_text
from screening.places.countries import country_name
from screening.watchlists.lists import ListCatalogue

Row = dict[str, str]


def _parted(text: str, separator: str | None = None) -> list[str]:
    return text.split(separator)


COLUMNS = _parted(
    "shipment_id,shipment_date,exporter_name,exporter_country,consignee_name,consignee_address,"
    "consignee_country,consignee_registered_on,notify_party_name,notify_party_country,end_user_name,"
    "end_user_country,freight_forwarder_name,freight_forwarder_country,carrier_name,transport_mode,"
    "bank_country,payer_name,payer_country,hs_code,goods_description,declared_end_use,quantity,"
    "net_weight_kg,value,currency,country_of_origin,country_of_destination,transit_countries,"
    "port_of_loading,port_of_discharge,incoterm,invoice_number",
    ",",
)

_ROOTS = _parted(
    "Altyn Bereke Caspi Dala Ertis Fergana Gulistan Hazar Ideal Jibek Kokshe Lider Meruert Nomad Orda Pamir "
    "Qazyna Ridder Sary Tulpar Ural Vostok Wega Yntymak Zenit Anka Bosfor Cinar Dogu Ege Firat Guney Hisar "
    "Iklim Karadeniz Levent Marmara Nehir Ova Palmiye Ruzgar Selvi Toros Ulus Vadi Yildiz Zirve Adler Birke "
    "Drossel Eiche Falke Gross Hafner Isar Jager Krone Linde Mosel Neckar Oder Quelle Rhein Spree Tanne"
)
_TRADES = _parted(
    "Electronics Telecom Systems Engineering Instruments Automation Components Industries Machinery Medical "
    "Foods Textiles Furniture Motors Chemicals Plastics Paper Tools Lighting Optics"
)
_FORMS: dict[str, tuple[str, ...]] = {
    "KZ": ("TOO", "LLP"),
    "KG": ("OsOO", "LLC"),
    "AZ": ("MMC", "LLC"),
    "AM": ("LLC", "CJSC"),
    "GE": ("LLC", "JSC"),
    "UZ": ("MChJ", "LLC"),
    "TR": ("Ltd. Sti.", "A.S."),
    "AE": ("LLC", "FZE"),
    "DE": ("GmbH", "AG"),
    "PL": ("Sp. z o.o.", "S.A."),
    "IT": ("S.r.l.", "S.p.A."),
    "RU": ("OOO", "AO"),
}
_PORTS = {
    **{"DE": "DEHAM", "TR": "TRIST", "CN": "CNSHA", "IT": "ITGOA", "PL": "PLGDY"},
    **{"NL": "NLRTM", "US": "USNYC"},
}
_ARRIVALS = {**dict.fromkeys(("KZ", "AZ", "AM", "GE", "UZ"), "GEPTI"), "KG": "CNLYG", "AE": "AEJEA"}
_SELLERS = ("DE", "TR", "CN", "IT", "PL", "NL", "US")
_ANYBODY = _parted("RU KZ KG AZ AM GE UZ AE TR DE FR US CN IN BR ZA BY")


def firm(rng: random.Random, country: str) -> str:
    """A made-up firm of a country."""
    form = rng.choice(_FORMS.get(country, ("Ltd",)))
    first, second = rng.sample(_ROOTS, 2)
    name = f"{first}{second.lower()[: rng.randint(0, 6)]} {rng.choice(_TRADES)}"
    return f"{form} {name}" if form in {"TOO", "OsOO", "OOO", "AO"} else f"{name} {form}"


def listed_goods() -> tuple[str, ...]:
    """The codes of the Common High Priority List."""
    return tuple(sorted(ListCatalogue.load().members("goods/chpl", None)))


def other_goods() -> tuple[str, ...]:
    """Every code of the nomenclature that no goods list names."""
    lists = ListCatalogue.load()
    named = {code for name in lists.goods for code in lists.members(name, None)}
    return tuple(code for code in codes() if len(code) == 6 and code not in named)


def honest_listed_goods(count: int, seed: int = 1) -> Iterator[Row]:
    """Ordinary shipments of listed goods to old, steady buyers in transit countries."""
    rng = random.Random(seed)
    goods, hubs = listed_goods(), tuple(_ARRIVALS)
    buyers = [_buyer(rng, rng.choice(hubs)) for _ in range(count // 12)]
    sellers = [(country, firm(rng, country)) for country in _SELLERS for _ in range(12)]
    for number in range(count):
        yield _shipment(rng, f"L{number}", rng.choice(sellers), rng.choice(buyers), rng.choice(goods))


def other_trade(count: int, seed: int = 2) -> Iterator[Row]:
    """Shipments of goods on no list, to anybody: new firms, forwarders, Russia among them."""
    rng = random.Random(seed)
    goods = other_goods()
    for number in range(count):
        seller = rng.choice(_SELLERS)
        buyer = _buyer(rng, rng.choice(_ANYBODY), oldest=1990, youngest=2024)
        if rng.random() < 0.1:
            buyer["consignee_name"] = f"{rng.choice(_ROOTS)} Cargo Logistics"
        yield _shipment(rng, f"N{number}", (seller, firm(rng, seller)), buyer, rng.choice(goods))


def mixed_book(count: int, parties: int, listed: Sequence[str], seed: int = 3) -> Iterator[Row]:
    """A book with about `parties` distinct parties; one row in 200 names a listed one."""
    rng = random.Random(seed)
    names = {firm(rng, c) + f" {rng.randint(1, 99_999)}": c for c in rng.choices(_ANYBODY, k=parties)}
    people = list(names.items())
    goods = (*other_goods(), *listed_goods() * 20)
    for number in range(count):
        seller, buyer = people[number % parties], dict(_buyer(rng, rng.choice(_ANYBODY)))
        buyer["consignee_name"], buyer["consignee_country"] = rng.choice(people)
        row = _shipment(rng, f"M{number}", (seller[1], seller[0]), buyer, rng.choice(goods))
        if listed and number % 200 == 0:
            row["consignee_name"] = rng.choice(listed)
        yield row


def _buyer(rng: random.Random, country: str, oldest: int = 1994, youngest: int = 2016) -> Row:
    registered = date(rng.randint(oldest, youngest), rng.randint(1, 12), rng.randint(1, 28))
    return {
        "consignee_name": firm(rng, country),
        "consignee_address": f"{rng.randint(1, 200)} {rng.choice(_ROOTS)} Street, {country_name(country)}",
        "consignee_country": country,
        "consignee_registered_on": registered.isoformat(),
    }


def _shipment(rng: random.Random, number: str, seller: tuple[str, str], buyer: Row, code: str) -> Row:
    country, name = seller
    target = buyer["consignee_country"]
    day = date(2023, 1, 10) + timedelta(days=rng.randint(0, 1000))
    weight = rng.randint(5, 4000)
    itself = rng.random() < 0.5
    return {
        **buyer,
        "shipment_id": number,
        "shipment_date": day.isoformat(),
        "exporter_name": name,
        "exporter_country": country,
        "notify_party_name": buyer["consignee_name"] if itself else "",
        "notify_party_country": target if itself else "",
        "end_user_name": buyer["consignee_name"] if itself else "",
        "end_user_country": target if itself else "",
        "freight_forwarder_name": f"{rng.choice(_ROOTS)} Freight Forwarding",
        "freight_forwarder_country": country,
        "carrier_name": f"{rng.choice(_ROOTS)} Lines",
        "transport_mode": rng.choice(("sea", "road", "air")),
        "bank_country": target,
        "payer_name": buyer["consignee_name"],
        "payer_country": target,
        "hs_code": code,
        "goods_description": official_text(code) or "",
        "declared_end_use": rng.choice(("own production", "telecom network", "resale in the country", "")),
        "quantity": str(rng.randint(1, 500)),
        "net_weight_kg": str(weight),
        "value": str(weight * rng.randint(20, 400)),
        "currency": rng.choice(("USD", "EUR")),
        "country_of_origin": country,
        "country_of_destination": target,
        "transit_countries": "GE" if target in {"AM", "AZ", "KZ", "UZ"} and itself else "",
        "port_of_loading": _PORTS.get(country, ""),
        "port_of_discharge": _ARRIVALS.get(target, ""),
        "incoterm": rng.choice(("FCA", "CIF", "DAP")),
        "invoice_number": f"INV-{number}",
    }


def write_book(path: Path, rows: Iterator[Row]) -> Path:
    """The rows as a CSV file at `path`."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path
