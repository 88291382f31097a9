"""Shipment files of any size to measure with: ordinary trade with a little of what rules look for.

Written in parts, so that a file of ten million rows needs no more memory than one of a hundred
thousand. The same arguments give the same bytes.
"""

import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from screening.goods.nomenclature import official_text
from tests.books import firm, listed_goods, other_goods

PART = 250_000
SKEW = 0.2
"""The share of all rows that one buyer and one seller have in a skewed book."""
LISTED_GOODS = 0.02
HUB_ROWS = 0.08
_SELLERS = ("DE", "IT", "PL", "FR", "NL", "US", "CN", "IN")
_BUYERS = ("DE", "IT", "PL", "FR", "NL", "US", "IN", "BR", "ZA", "GB", "ES", "CZ")
_HUBS = ("KZ", "KG", "AZ", "AM", "GE", "UZ", "TR", "AE")
_PORTS = {
    **{"DE": "DEHAM", "IT": "ITGOA", "PL": "PLGDY", "FR": "FRLEH", "NL": "NLRTM", "US": "USNYC"},
    **{"CN": "CNSHA", "IN": "INNSA", "BR": "BRSSZ", "ZA": "ZADUR", "GB": "GBFXT", "ES": "ESBCN"},
    **{"TR": "TRIST", "AE": "AEJEA", "GE": "GEPTI"},
}
_FIRST_DAY, _DAYS = 18_993, 1_095
"""2022-01-01, and three years."""
_GOODS_KINDS = 1_500

Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class World:
    """The parties and goods that the rows of one book are drawn from."""

    sellers: pl.DataFrame
    buyers: pl.DataFrame
    goods: pl.DataFrame
    listed: int
    """How many of the goods, the first ones, are on the Common High Priority List."""
    hubs: int
    """How many of the buyers, the first ones, sit in a transit country."""
    skewed: bool


def world(parties: int, skewed: bool = False, seed: int = 11) -> World:
    """A world of about so many distinct parties."""
    rng = random.Random(seed)
    sellers = [_party(rng, _SELLERS, at) for at in range(parties // 4)]
    hubs = int(parties // 4 * 3 * HUB_ROWS)
    buyers = [_party(rng, _HUBS if at < hubs else _BUYERS, at) for at in range(parties // 4 * 3)]
    codes = list(listed_goods())
    others = [*other_goods()]
    rng.shuffle(others)
    chosen = [*codes, *others[:_GOODS_KINDS]]
    goods = pl.DataFrame(
        {
            "hs_code": chosen,
            "goods_description": [(official_text(code) or "goods")[:160] for code in chosen],
            "usd_per_kg": [round(rng.lognormvariate(3, 1), 2) for _ in chosen],
        }
    )
    columns = ["name", "country", "address", "identifier"]
    sold, bought = (pl.DataFrame(part, schema=columns, orient="row") for part in (sellers, buyers))
    return World(sold, bought, goods, len(codes), hubs, skewed)


def _party(rng: random.Random, countries: tuple[str, ...], at: int) -> tuple[str, str, str, str]:
    country = rng.choice(countries)
    name = f"{firm(rng, country)} {at}"
    address = f"{rng.randint(1, 250)} {name.split()[0]} street, {country}"
    return name, country, address, f"{country}{10_000_000 + at}"


def write_world(path: Path, of: World, rows: int, seed: int = 12) -> Path:
    """A CSV file of 30 columns at `path`."""
    with path.open("wb") as file:
        for number, first in enumerate(range(0, rows, PART)):
            part = _part(of, first, min(PART, rows - first), np.random.default_rng((seed, number)), rows)
            part.write_csv(file, include_header=number == 0)
    return path


def _part(of: World, first: int, count: int, rng: np.random.Generator, rows: int) -> pl.DataFrame:
    """Some rows, in the order of their days over the whole book."""
    seller, buyer = _drawn(of.sellers.height, count, rng), _drawn(of.buyers.height, count, rng)
    if of.skewed:
        giant = rng.random(count) < SKEW
        seller[giant], buyer[giant] = of.sellers.height - 1, of.buyers.height - 1
    # A firm trades in a few kinds of goods, not in all of them.
    kinds = of.goods.height
    good = (seller * 7 + rng.integers(0, 6, count)) % (kinds - of.listed) + of.listed
    wanted = rng.random(count) < LISTED_GOODS
    good[wanted] = (buyer[wanted] * 3 + rng.integers(0, 2, int(wanted.sum()))) % of.listed
    day = _FIRST_DAY + (np.arange(first, first + count) * _DAYS // rows)
    weight = np.round(rng.lognormal(4, 1.2, count), 1) + 1
    exporter, consignee, goods = of.sellers[seller], of.buyers[buyer], of.goods[good]
    origin, target = exporter["country"], consignee["country"]
    price = goods["usd_per_kg"].to_numpy() * rng.lognormal(0, 0.2, count)
    forwarder = pl.Series(_drawn(300, count, rng)).cast(pl.String)
    own = pl.Series(rng.random(count) < 0.7)
    number = pl.Series(np.arange(first, first + count)).cast(pl.String)
    return pl.DataFrame(
        {
            "shipment_id": "S" + number,
            "shipment_date": pl.Series(day.astype(np.int32)).cast(pl.Date),
            "exporter_name": exporter["name"],
            "exporter_address": exporter["address"],
            "exporter_country": origin,
            "exporter_identifier": exporter["identifier"],
            "consignee_name": consignee["name"],
            "consignee_address": consignee["address"],
            "consignee_country": target,
            "consignee_identifier": consignee["identifier"],
            "end_user_name": consignee["name"].zip_with(own, pl.Series([""])),
            "end_user_country": target.zip_with(own, pl.Series([""])),
            "notify_party_name": consignee["name"],
            "freight_forwarder_name": "Forwarder " + forwarder + " GmbH",
            "carrier_name": "Carrier " + pl.Series(_drawn(40, count, rng)).cast(pl.String) + " Lines",
            "payer_country": target,
            "hs_code": goods["hs_code"],
            "goods_description": goods["goods_description"],
            "quantity": rng.integers(1, 500, count),
            "quantity_unit": pl.repeat("PCE", count, eager=True),
            "net_weight_kg": weight,
            "gross_weight_kg": np.round(weight * 1.08, 1),
            "value": np.round(price * weight, 2),
            "currency": pl.repeat("USD", count, eager=True),
            "country_of_origin": origin,
            "country_of_destination": target,
            "transport_mode": pl.Series(("sea", "road", "air"))[_drawn(3, count, rng)],
            "port_of_loading": _port(origin),
            "port_of_discharge": _port(target),
            "invoice_number": "INV-" + number,
        }
    )


def _drawn(among: int, count: int, rng: np.random.Generator) -> Places:
    return rng.integers(0, among, count, dtype=np.int64)


def _port(countries: pl.Series) -> pl.Series:
    return countries.replace_strict(_PORTS, default="", return_dtype=pl.String)
