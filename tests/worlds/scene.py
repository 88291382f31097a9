"""What one story of a world is told with: its own chances, firms, goods and days, and whole rows.

Every story draws from a generator of its own, so a story added or changed leaves the others as they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar
from zlib import crc32

import numpy as np

from tests.worlds.firms import OLD, Firm, Founder
from tests.worlds.habits import EURO_AREA, EURO_IN_DOLLARS, HABITS, Strength
from tests.worlds.stock import COALITION, HUBS, Country, Good, Stock

Row = dict[str, str]
T = TypeVar("T")

FIRST, LAST = date(2021, 1, 4), date(2025, 12, 20)
INVASION = date(2022, 2, 24)
EAST = ("HK", "JP", "KR", "TW", "SG", "MY", "TH", "VN")
INLAND = ("CN", "KZ", "KG", "UZ", "TJ", "MN", "RU")
"""Among these goods go by land."""
SEA_GATEWAYS = ("GEPTI", "CNLYG", "CNSHA", "TRMER", "LTKLJ", "GRPIR", "DEHAM", "NLRTM", "ITGOA", "KZAAU")
"""The ports by which goods reach countries without an open sea."""
USES = {
    **dict.fromkeys(
        ("electronics",), ("assembly of meters", "own production of controllers", "repair of equipment")
    ),
    **dict.fromkeys(("telecom",), ("telecom network of the operator", "fibre network expansion")),
    **dict.fromkeys(
        ("machinery", "bearings"), ("own production", "maintenance of the plant", "spare for the mill")
    ),
    **dict.fromkeys(("instruments",), ("university laboratory", "quality control", "calibration service")),
    **dict.fromkeys(("aviation",), ("maintenance of civil aircraft", "airline spare stock")),
}
"""What honest buyers write under end use, by the trade of the goods."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a story, and whether it belongs to the core of what happens there."""

    row: Row
    core: bool = True


class Scene:
    """One story's means."""

    def __init__(self, stock: Stock, founder: Founder, rng: np.random.Generator, strength: Strength) -> None:
        self.stock = stock
        self.founder = founder
        self.rng = rng
        self.strength: Strength = strength
        self.habits = HABITS[stock.world]
        self._pace = rng.uniform(*self.habits.pace)
        self._homes: set[str] = set()
        self._routes: dict[tuple[str, str, bool], tuple[str, str, str, str]] = {}
        self._forwarders: dict[str, str] = {}

    def pick(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[int(self.rng.integers(len(options)))]

    def some(self, options: Sequence[T], count: int) -> list[T]:
        """That many different ones of the options."""
        return [options[int(i)] for i in self.rng.permutation(len(options))[:count]]

    def chance(self, share: float) -> bool:
        """True in that share of all stories."""
        return bool(self.rng.random() < share)

    def among(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return int(self.rng.integers(low, high + 1))

    def by_strength(self, strong: T, fair: T, weak: T) -> T:
        """What belongs to the strength of this story."""
        return {"strong": strong, "fair": fair, "weak": weak}[self.strength]

    def day(self, first: date, last: date) -> date:
        """A day between two."""
        return first + timedelta(days=self.among(0, max(0, (last - first).days)))

    def days(self, first: date, count: int, low: int, high: int) -> list[date]:
        """That many days, each `low` to `high` days after the one before, from `first` on."""
        gaps = [0, *(round(self._pace * self.among(low, high)) for _ in range(count - 1))]
        return [first + timedelta(days=int(gap)) for gap in np.cumsum(gaps)]

    def firm(self, country: str, trade: str = "", registered: tuple[date, date] = OLD) -> Firm:
        """A firm of a country, of any technical trade unless told."""
        self._homes.add(country)
        return self.founder.firm(self.rng, country, trade or self.trade(), registered)

    def hub(self) -> str:
        """A country through which goods are diverted, and in which nobody of this story is at home yet."""
        return self.pick([c for c in HUBS if c not in self._homes])

    def trade(self) -> str:
        """A trade in which listed goods are at home."""
        return self.pick(("electronics", "electronics", "telecom", "machinery", "instruments", "trading"))

    def seller(self, good: Good, country: str = "") -> Firm:
        """An old exporter of such goods, from the coalition, China, Türkiye or the Emirates."""
        anywhere = (*COALITION[:13], "CN", "CN", "HK", "TR", "TR", "AE")
        abroad = [c for c in anywhere if c not in self._homes]
        return self.firm(country or self.pick(abroad), self.pick((good.trade, good.trade, "trading")))

    def listed(self, *tiers: str) -> Good:
        """Goods of the Common High Priority List, of tiers that begin so."""
        return self.pick([g for g in self.stock.listed if not tiers or g.tier.startswith(tiers)])

    def usual(self, *tiers: str) -> Good:
        """Listed goods that ordinary firms buy: no machines for chips, no aircraft or weapon parts."""
        rare = ("8486", "8807", "9014", "901310", "903082", "854800")
        listed = [g for g in self.stock.listed if not g.hs6.startswith(rare)]
        return self.pick([g for g in listed if not tiers or g.tier.startswith(tiers)])

    def ordinary(self, trade: str = "") -> Good:
        """Goods on no list."""
        return self.pick(self.stock.of_trade(trade) if trade else self.stock.ordinary)

    def tells(self) -> Row:
        """Cells of one more oddity, in a third of all stories: crooked trade seldom shows one alone."""
        if not self.chance(0.35):
            return {}
        return self.pick(
            (
                {"goods_description": self.pick(self.stock.words("vague"))},
                {"declared_end_use": self.pick(self.stock.words("idle_use"))},
                {"eccn": "", "declared_end_use": "", "end_user_name": "", "end_user_country": ""},
                {"incoterm": "EXW"},
                {"notify_party_name": "", "notify_party_country": ""},
            )
        )

    def row(
        self, seller: Firm, buyer: Firm, good: Good, day: date, usd: float = 25_000, /, **cells: str
    ) -> Row:
        """A whole row with the papers that such a shipment usually has; `cells` stand as they are given."""
        row = self._deal(seller, buyer, good, day) | self._amounts(seller, good, day, usd)
        mode, loading, discharge, transit = self._route(seller.country, buyer.country)
        box = (
            f"{self.pick(('MSCU', 'TGHU', 'HLXU'))}{self.among(1_000_000, 9_999_999)}"
            if mode == "sea"
            else ""
        )
        row |= {
            "transport_mode": mode,
            "port_of_loading": loading,
            "port_of_discharge": discharge,
            "transit_countries": transit,
            "container_number": box,
        }
        for role in ("exporter", "consignee"):
            if f"{role}_name" in cells:
                # Another party stands there: number, mail and telephone of the first would give it away.
                gone = (f"{role}_{what}" for what in ("identifier", "email", "phone"))
                row |= {column: "" for column in gone if column in row}
        return row | cells

    def _deal(self, seller: Firm, buyer: Firm, good: Good, day: date) -> Row:
        itself = self.chance(0.55)
        user = self.chance(self.habits.user_named)
        forwarder = self._forwarders.setdefault(
            seller.country, self.founder.forwarder(self.rng, seller.country)
        )
        row = _party("exporter", seller, self.rng) | _party("consignee", buyer, self.rng)
        row |= {"exporter_identifier": "", "shipment_date": day.isoformat()}
        row |= {
            "notify_party_name": buyer.name if itself else "",
            "notify_party_country": buyer.country if itself else "",
            "end_user_name": buyer.name if user else "",
            "end_user_country": buyer.country if user else "",
            "freight_forwarder_name": forwarder if self.chance(0.7) else "",
            "freight_forwarder_country": seller.country,
            "bank_name": buyer.bank,
            "bank_country": buyer.country,
            "payer_name": buyer.name,
            "payer_country": buyer.country,
            "consignee_email": buyer.email if self.chance(0.5) else "",
            "consignee_phone": buyer.phone if self.chance(0.5) else "",
        }
        return row | self._papers(seller, good)

    def _papers(self, seller: Firm, good: Good) -> Row:
        uses = USES.get(good.trade, ("resale in the country", "retail"))
        elsewhere = self.pick(("CN", "US", "DE", "JP", "TW"))
        classified = bool(good.tier) and self.chance(self.habits.classified)
        return {
            "hs_code": good.hs6,
            "goods_description": self.pick(good.texts),
            "eccn": self.pick(("EAR99", "EAR99", "3A991", "5A992", "2B999")) if classified else "",
            "declared_end_use": self.pick(uses) if self.chance(self.habits.use_stated) else "",
            "country_of_origin": seller.country if self.chance(0.75) else elsewhere,
            "country_of_export": seller.country,
            "incoterm": self.pick(("FCA", "FCA", "CIF", "DAP", "CPT", "EXW")),
            "invoice_number": f"{seller.core[:2].upper()}{self.among(10_000, 9_999_999)}",
            "payment_method": self.pick(("bank transfer", "bank transfer", "letter of credit", "")),
            "payment_terms": self.pick(("30 days net", "prepayment", "at sight", "")),
            "no_reexport_clause": "yes" if good.tier and self.chance(0.25) else "",
            "licence_number": "",
        }

    def _amounts(self, seller: Firm, good: Good, day: date, usd: float) -> Row:
        own = np.random.default_rng(crc32(f"{seller.core}{good.hs6}".encode()))
        price = good.usd_per_kg * float(
            np.exp(own.normal(0, self.habits.price_spread) + self.rng.normal(0, 0.12))
        )
        each = good.kg_per_unit * float(np.exp(own.normal(0, 0.15) + self.rng.normal(0, 0.04)))
        worth = usd * float(np.exp(self.rng.normal(0, 0.35)))
        units = max(1, round(worth / price / each))
        euros = seller.country in EURO_AREA and own.random() < self.habits.euros
        paid = units * each * price / (EURO_IN_DOLLARS if euros else 1)
        money = {"quantity_unit": good.unit, "currency": "EUR" if euros else "USD"}
        return amounts(units, units * each, paid) | money

    def _route(self, start: str, end: str) -> tuple[str, str, str, str]:
        """Mode, ports and transit countries: a firm's goods mostly go the same way."""
        air = self.chance(self.habits.by_air)
        if (start, end, air) not in self._routes:
            self._routes[start, end, air] = self._new_route(start, end, air)
        return self._routes[start, end, air]

    def _new_route(self, start: str, end: str, air: bool) -> tuple[str, str, str, str]:
        here, there = self.stock.countries[start], self.stock.countries[end]
        if air and here.air and there.air:
            return "air", self.pick(here.air), self.pick(there.air), ""
        loading = self.pick(here.sea or here.air) if here.sea or here.air else ""
        if there.gateways:
            place, through = self.pick(_towards(there, start))
            way = "air" if place in there.air else self.pick(("road", "rail"))
            if place in SEA_GATEWAYS:
                way = self.pick(("sea", "sea", "road", "rail"))
            return way, loading, place, ";".join(c for c in through.split(";") if c not in (start, end))
        return "sea" if here.sea else "road", loading, self.pick(there.sea) if there.sea else "", ""


def _towards(there: Country, start: str) -> list[tuple[str, str]]:
    """The gateways of a country on the side from which the goods come."""
    if start in INLAND and there.code in INLAND:
        return [g for g in there.gateways if g[0][:2] == there.code and "GE" not in g[1]]
    near = [g for g in there.gateways if ("CN" in g[1]) == (start in EAST)]
    return near or [g for g in there.gateways if "CN" not in g[1]]


def amounts(units: float, kilograms: float, usd: float) -> Row:
    """The cells of an amount."""
    return {"quantity": f"{units:.0f}", "net_weight_kg": f"{kilograms:.2f}", "value": f"{usd:.2f}"}


def scaled(row: Row, share: float) -> Row:
    """The row with its amounts times `share`."""
    return row | amounts(
        max(1, float(row["quantity"]) * share),
        float(row["net_weight_kg"]) * share,
        float(row["value"]) * share,
    )


def _party(role: str, firm: Firm, rng: np.random.Generator) -> Row:
    return {
        f"{role}_name": firm.spelled(rng),
        f"{role}_address": firm.address,
        f"{role}_country": firm.country,
        f"{role}_registered_on": firm.registered.isoformat() if firm.registered else "",
        f"{role}_identifier": firm.identifier if rng.random() < 0.5 else "",
        **({"country_of_destination": firm.country} if role == "consignee" else {}),
    }
