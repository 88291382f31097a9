"""The words, goods and countries that a world is made of.

Two worlds, `fit` and `held_out`, share countries and codes but no names, streets or descriptions: what
is fitted on the one is measured on the other.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from screening.goods.nomenclature import codes, official_text
from screening.watchlists.lists import ListCatalogue

WORLDS = ("fit", "held_out")
HUBS = ("KZ", "KG", "UZ", "AZ", "AM", "GE", "TR", "AE", "HK", "RS", "TJ", "MN")
"""Where listed goods are bought both honestly and to be sent on."""
CUSTOMS_UNION = ("KZ", "KG", "AM")
COALITION = ("DE", "IT", "FR", "NL", "PL", "CZ", "SE", "ES", "GB", "US", "JP", "KR", "TW", "CA", "AU", "CH")
_FOLDER = Path(__file__).parent / "stock"


@dataclass(frozen=True, slots=True)
class Good:
    """Goods of one code, as traders describe and price them."""

    hs6: str
    trade: str
    unit: str
    kg_per_unit: float
    usd_per_kg: float
    texts: tuple[str, ...]
    tier: str
    """The tier on the Common High Priority List, or nothing."""
    neighbour: str
    """An unlisted code that somebody would choose to hide the goods, or nothing."""


@dataclass(frozen=True, slots=True)
class Country:
    """How firms of a country are named and how goods reach it."""

    code: str
    language: str
    forms: tuple[str, ...]
    cities: tuple[str, ...]
    sea: tuple[str, ...]
    air: tuple[str, ...]
    gateways: tuple[tuple[str, str], ...]
    """For a country without a sea: the port or station that is named, and the countries on the way."""
    phone: str
    sells: int
    buys: int


class Stock:
    """The stock of one world."""

    def __init__(self, world: str) -> None:
        self.world = world
        self.countries = {c.code: c for c in _countries()}
        self.goods = {g.hs6: g for g in _goods(world)}
        self._words = {(r["language"], r["kind"]): _split(r["words"]) for r in _of("words", world)}
        self._trades = {r["trade"]: (_split(r["words"]), _local(r["local"])) for r in _of("trades", world)}

    @property
    def listed(self) -> tuple[Good, ...]:
        """Goods of the Common High Priority List."""
        return tuple(g for g in self.goods.values() if g.tier)

    @property
    def ordinary(self) -> tuple[Good, ...]:
        """Goods that no list and no ban on luxury names."""
        return tuple(g for g in self.goods.values() if not g.tier and g.trade != "luxury")

    def of_trade(self, trade: str) -> tuple[Good, ...]:
        """The unlisted goods of a trade."""
        return tuple(g for g in self.goods.values() if g.trade == trade and not g.tier)

    def words(self, kind: str, language: str = "any") -> tuple[str, ...]:
        """The words of a kind in a language, English where it has none."""
        return self._words.get((language, kind)) or self._words["en", kind]

    def trade_words(self, trade: str, language: str) -> tuple[Sequence[str], Sequence[str]]:
        """What firms of a trade call themselves: in English, and in a language."""
        words, local = self._trades[trade]
        return words, local.get(language, ())


@cache
def stock(world: str) -> Stock:
    """The stock of the world of that name."""
    return Stock(world)


@cache
def other_codes() -> tuple[tuple[str, str], ...]:
    """Every code of the nomenclature that no bundled list names, with its official text."""
    lists = ListCatalogue.load()
    named = {code for name in lists.goods for code in lists.members(name, None)}
    texts = ((code, official_text(code)) for code in codes() if len(code) == 6 and code not in named)
    return tuple((code, text) for code, text in texts if text)


def _of(name: str, world: str) -> Iterator[dict[str, str]]:
    return (row for row in _rows(_FOLDER / f"{name}.csv") if row["world"] == world)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _goods(world: str) -> Iterator[Good]:
    tiers = {r["hs6"]: r["tier"] for r in _rows(_FOLDER.parents[2] / "watchlists" / "goods" / "chpl.csv")}
    for row in _rows(_FOLDER / "goods.csv"):
        yield Good(
            row["hs6"],
            row["trade"],
            row["unit"],
            float(row["kg_per_unit"]),
            float(row["usd_per_kg"]),
            _split(row[world]),
            tiers.get(row["hs6"], ""),
            row["neighbour"],
        )


def _countries() -> Iterator[Country]:
    for row in _rows(_FOLDER / "countries.csv"):
        ways = (way.partition("=") for way in row["gateways"].split("|") if way)
        yield Country(
            row["country"],
            row["language"],
            _split(row["forms"]),
            _split(row["cities"]),
            _split(row["sea"]),
            _split(row["air"]),
            tuple((place, through) for place, _, through in ways),
            row["phone"],
            int(row["sells"]),
            int(row["buys"]),
        )


def _split(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(";") if part)


def _local(text: str) -> dict[str, tuple[str, ...]]:
    pairs = (part.partition("=") for part in text.split(";") if part)
    return {language: tuple(words.split("|")) for language, _, words in pairs}
