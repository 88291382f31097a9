"""One party put together from what a list says of it, in however many rows or elements it says it.

The formats differ in where a name or an address stands; what is done with it once found is the same.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from screening.places.countries import country_code
from screening.watchlists.entry import PartyEntry, PartyType, told
from screening.watchlists.sources.scripts import in_latin_letters

Kept = dict[str, None]


@dataclass(slots=True)
class Gathering:
    """What is known of one party so far; no name is kept twice, and blanks are not kept."""

    source_id: str
    type: PartyType = "unknown"
    name: str = ""
    listed_on: date | None = None
    ended_on: date | None = None
    source_url: str = ""
    aliases: Kept = field(default_factory=dict)
    weak_aliases: Kept = field(default_factory=dict)
    original_names: Kept = field(default_factory=dict)
    mentioned: Kept = field(default_factory=dict)
    countries: Kept = field(default_factory=dict)
    addresses: list[str] = field(default_factory=list)
    identifiers: Kept = field(default_factory=dict)
    births: Kept = field(default_factory=dict)
    programmes: Kept = field(default_factory=dict)
    reasons: Kept = field(default_factory=dict)

    def called(self, name: str, weak: bool = False, primary: bool = False) -> None:
        """Add a name: the primary one, a weak or another alias, or one in its own script."""
        for text in said([name]):
            if primary and not self.name:
                self.name = text
            elif weak:
                self.weak_aliases[text] = None
            elif in_latin_letters(text):
                self.aliases[text] = None
            else:
                self.original_names[text] = None

    def called_at_home(self, name: str) -> None:
        """Add a name in its own script."""
        self.original_names |= dict.fromkeys(said([name]))

    def at(self, parts: Iterable[str | None], country: str | None = "", once: bool = False) -> None:
        """Add an address of these parts, which may be its country alone; `once` where rows repeat it."""
        self.in_country(country)
        address = ", ".join(said([*parts, country]))
        if address and not (once and address in self.addresses):
            self.addresses.append(address)

    def in_country(self, *countries: str | None) -> None:
        """Add the countries that are countries; what else a list writes there says nothing."""
        codes = (country_code(text) for text in said(countries))
        self.countries |= dict.fromkeys(code for code in codes if code)

    def numbered(self, *numbers: str | None) -> None:
        """Add identifiers, as text."""
        self.identifiers |= dict.fromkeys(said(numbers))

    def born(self, *dates: str | None) -> None:
        """Add birth dates, as the list writes them."""
        self.births |= dict.fromkeys(said(dates))

    def under(self, *programmes: str | None) -> None:
        """Add programmes."""
        self.programmes |= dict.fromkeys(said(programmes))

    def because(self, *reasons: str | None) -> None:
        """Add what the list says of why."""
        self.reasons |= dict.fromkeys(said(reasons))

    def entry(self, watchlist: str, source: str, authority: str) -> PartyEntry:
        """The party as an entry of that watchlist; without a primary name its first alias stands for it."""
        name = self.name or next(iter((*self.aliases, *self.weak_aliases, *self.original_names)), "")
        return PartyEntry(
            id=f"{watchlist}:{self.source_id}",
            source_id=self.source_id,
            watchlist=watchlist,
            name=name,
            source=source,
            type=self.type,
            aliases=_besides(name, self.aliases),
            weak_aliases=_besides(name, self.weak_aliases),
            original_names=_besides(name, self.original_names),
            mentioned=_besides(name, self.mentioned),
            countries=tuple(self.countries),
            addresses=tuple(self.addresses),
            identifiers=tuple(self.identifiers),
            birth_dates=tuple(self.births),
            programmes=tuple(self.programmes),
            authority=authority,
            source_url=self.source_url,
            listed_on=self.listed_on,
            ended_on=self.ended_on,
            reason="; ".join(self.reasons),
        )


class Gatherings:
    """The parties of a list that has several rows for one, in the order of their first rows."""

    def __init__(self) -> None:
        self._parties: dict[str, Gathering] = {}

    def __iter__(self) -> Iterator[Gathering]:
        return iter(self._parties.values())

    def of(self, key: str, source_id: str = "") -> Gathering:
        """The party of that key, its own number where it has another."""
        return self._parties.setdefault(key, Gathering(source_id or key))


def said(texts: Iterable[str | None]) -> Iterator[str]:
    """The texts that say something, in one line and with single spaces."""
    return told([" ".join((text or "").split()) for text in texts])


def _besides(name: str, names: Kept) -> tuple[str, ...]:
    return tuple(other for other in names if other != name)
