"""What one call asks of a list: names, and what stands beside each of them, checked and tidied."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from screening.errors import UsageError
from screening.names import Beside
from screening.names.births import births, births_of
from screening.places.countries import country_code

_HALF = re.compile("[\ud800-\udfff]")

Texts = tuple[str, ...]
Many = pl.Series | Sequence[str | Sequence[str] | None]
"""One text, several or none for each name."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The queries of one call, column by column and of one length."""

    names: list[str | None]
    """Stripped; None where the query has no name."""
    countries: list[Texts]
    types: list[str]
    identifiers: list[Texts]
    addresses: list[Texts]
    births: list[Texts]

    @classmethod
    def of(
        cls,
        names: pl.Series | Sequence[str | None],
        countries: Many | None,
        types: pl.Series | Sequence[str | None] | None,
        identifiers: Many | None,
        addresses: Many | None = None,
        births: Many | None = None,
    ) -> "Asked":
        """The queries; UsageError for names that are no texts, or when what stands beside them is not
        as long as they are."""
        tidied = _names(names)
        size = len(tidied)
        beside = {"countries": countries, "types": types, "identifiers": identifiers}
        for what, column in (beside | {"addresses": addresses, "birth_dates": births}).items():
            if column is not None and len(column) != size:
                raise UsageError(f"{what}: there are {len(column):,} for {size:,} names; give one for each")
        return cls(
            names=tidied,
            countries=[_codes(each) for each in _texts(countries, size)],
            types=[each[0] if each else "unknown" for each in _texts(types, size)],
            identifiers=_texts(identifiers, size),
            addresses=_texts(addresses, size),
            births=_texts(births, size),
        )

    @property
    def beside(self) -> bool:
        """True when anything besides a name is known of any query."""
        told = (self.countries, self.identifiers, self.addresses, self.births)
        return any(map(any, told)) or any(kind != "unknown" for kind in self.types)

    def beside_of(self, query: int) -> Beside:
        """What is known of one query besides its name and its address."""
        return Beside(self.countries[query], self.identifiers[query], births_of(self.births[query]))


def birth_texts(dates: Sequence[date | str | None]) -> list[str | None]:
    """The birth dates as texts; UsageError for one that names no year."""
    told = [given.isoformat() if isinstance(given, date) else (given or "").strip() for given in dates]
    for text in told:
        if text and not births(text):
            raise UsageError(f"birth_date: {text!r} is no date; write 1962-03-12, 1962 or circa 1962")
    return [text or None for text in told]


def _names(names: pl.Series | Sequence[str | None]) -> list[str | None]:
    """The names stripped, None for a blank one; UsageError for a single text and for what is none."""
    if isinstance(names, str):
        raise UsageError("names: one text; give a list of names")
    for place, name in enumerate(names):
        if not isinstance(name, str | None):
            raise UsageError(f"names: number {place + 1:,} is {type(name).__name__}; give a text")
        if name and _HALF.search(name):
            raise UsageError(f"names: number {place + 1:,} holds half a character; give whole ones")
    return [(name or "").strip() or None for name in names]


def _texts(column: Many | None, size: int) -> list[Texts]:
    return [_told(each) for each in column] if column is not None else [()] * size


def _told(each: str | Sequence[str] | None) -> Texts:
    texts = (each,) if isinstance(each, str) else tuple(each or ())
    return tuple(text.strip() for text in texts if text and text.strip())


def _codes(texts: Texts) -> Texts:
    return tuple(dict.fromkeys(filter(None, map(country_code, texts))))
