"""Firms of made-up names: each keeps its identity under the spellings that papers give it."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from tests.worlds.stock import Stock

_PREFIXED = {"TOO", "ТОО", "OsOO", "ОсОО", "OOO", "ООО", "AO", "OAO", "ЧУП", "TOV", "შპს"}
_LETTERS = str.maketrans("ıİəƏğĞşŞłŁøØ", "iIeEgGsSlLoO")
OLD = (date(1992, 1, 1), date(2016, 12, 31))
YOUNG = (date(2022, 3, 10), date(2024, 6, 30))


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm as its papers know it."""

    core: str
    form: str
    country: str
    city: str
    address: str
    registered: date | None
    identifier: str
    trade: str
    email: str
    phone: str
    bank: str

    @property
    def name(self) -> str:
        """The name as the firm writes it."""
        return f"{self.form} {self.core}" if self.form in _PREFIXED else f"{self.core} {self.form}"

    def spelled(self, rng: np.random.Generator) -> str:
        """The name in one of the spellings that papers give it, most often its own."""
        turn = rng.random()
        if turn < 0.8:
            return self.name
        if turn < 0.88:
            return self.name.upper()
        return plain(self.name) if turn < 0.95 else self.core

    def at(self, address: str) -> "Firm":
        """The same firm at another address."""
        return replace(self, address=address)

    def named(self, core: str) -> "Firm":
        """A firm of another name, in all else the same."""
        return replace(self, core=core)


def plain(text: str) -> str:
    """The text without diacritics."""
    return unicodedata.normalize("NFKD", text.translate(_LETTERS)).encode("ascii", "ignore").decode() or text


class Founder:
    """Founds firms, no two of one name."""

    def __init__(self, stock: Stock) -> None:
        self._stock = stock
        self._taken: set[str] = set()
        self._numbers = 0

    def number(self) -> str:
        """A number for a shipment of several rows; the book gives it its last form."""
        self._numbers += 1
        return f"#{self._numbers}"

    def firm(
        self,
        rng: np.random.Generator,
        country: str,
        trade: str,
        registered: tuple[date, date] = OLD,
    ) -> Firm:
        """A new firm of a country and trade, registered between two days."""
        place = self._stock.countries[country]
        roots = self._stock.words("root", place.language)
        core = self._core(rng, place.language, trade)
        slug = plain(core).lower().replace(" ", "")[:18] or "office"
        return Firm(
            core=core,
            form=_one(rng, place.forms),
            country=country,
            city=(city := _one(rng, place.cities)),
            address=self.address(rng, country, city),
            registered=_day(rng, *registered),
            identifier=str(rng.integers(10**9, 10**10)),
            trade=trade,
            email=f"info@{slug}.{country.lower()}",
            phone=f"+{place.phone} {rng.integers(10**7, 10**8)}",
            bank=f"{_one(rng, roots)} {_one(rng, self._stock.words('bank'))}",
        )

    def address(self, rng: np.random.Generator, country: str, city: str) -> str:
        """A street address in a city, now and then with an office."""
        street = _one(rng, self._stock.words("street", self._stock.countries[country].language))
        number = rng.integers(1, 240)
        office = f", office {rng.integers(1, 600)}" if rng.random() < 0.35 else ""
        return f"{street} {number}{office}, {rng.integers(10_000, 99_999)} {city}"

    def forwarder(self, rng: np.random.Generator, country: str) -> str:
        """The name of a forwarder of a country."""
        place = self._stock.countries[country]
        roots = self._stock.words("root", place.language)
        return f"{_one(rng, roots)} {_one(rng, self._stock.words('forwarder'))} {_one(rng, place.forms)}"

    def _core(self, rng: np.random.Generator, language: str, trade: str) -> str:
        for _ in range(200):
            core = self._draw(rng, language, trade)
            key = plain(core).lower().replace(" ", "")
            if key not in self._taken:
                break
        self._taken.add(key)
        return core

    def _draw(self, rng: np.random.Generator, language: str, trade: str) -> str:
        roots = self._stock.words("root", language)
        first, second, third = (roots[int(i)] for i in rng.permutation(len(roots))[:3])
        english, local = self._stock.trade_words(trade, language)
        what = _one(rng, local if len(local) and rng.random() < 0.55 else english)
        turn = rng.random()
        if turn < 0.3:
            return f"{first} {second} {what}"
        if turn < 0.6:
            return f"{first}{plain(second).lower().replace(' ', '')[: rng.integers(2, 6)]} {what}"
        if turn < 0.75:
            return f"{first} {plain(second)[0]}{plain(third)[0]}{_syllable(rng)} {what}"
        return f"{_syllable(rng)}{_syllable(rng).lower()} {first} {what}"


def _syllable(rng: np.random.Generator) -> str:
    return "BDGKLMNPRSTV"[rng.integers(12)] + "aeiou"[rng.integers(5)] + "lmnrst"[rng.integers(6)]


def _one(rng: np.random.Generator, options: Sequence[str]) -> str:
    return options[int(rng.integers(len(options)))]


def _day(rng: np.random.Generator, first: date, last: date) -> date:
    return first + timedelta(days=int(rng.integers((last - first).days + 1)))
