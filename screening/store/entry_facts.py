"""By what a list entry is known again: when its number changes, and when it comes to say something else.

A suppression was decided upon what an entry said then. It holds while the entry says the same of who is
meant, under whatever number; an entry that names somebody else by now is a new finding.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from screening.store.canonical import canonical
from screening.watchlists.entry import PartyEntry
from screening.watchlists.parties import PartyList


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """What is kept of an entry beside a suppression."""

    watchlist: str
    name: str
    who: str
    """Digest of what says who is meant: type, names, numbers and birth dates."""
    whole: str
    """Digest of all that the entry says but its number: so alike are no two entries of a list by chance."""

    @classmethod
    def of(cls, entry: PartyEntry) -> "EntryFacts":
        """The facts of an entry as it is on the list now."""
        who = [entry.type, _spelt(entry.names), sorted(entry.identifiers), sorted(entry.birth_dates)]
        besides = [
            sorted(entry.countries),
            sorted(entry.addresses),
            sorted(entry.programmes),
            entry.authority,
        ]
        listed = entry.listed_on.isoformat() if entry.listed_on else None
        return cls(entry.watchlist, entry.name, _digest(who), _digest([*who, *besides, listed]))


def entry_now(entry: str, facts: EntryFacts, parties: PartyList) -> str | None:
    """The id that the entry has on the lists now; None where none of them says the same of anybody.

    A number that is there counts for itself alone: what says the same under another one besides is new.
    """
    place = parties.numbers.get(entry)
    if place is not None:
        return entry if EntryFacts.of(parties[place]).who == facts.who else None
    alike = parties.entries.filter(watchlist=facts.watchlist, name=facts.name)["entry"]
    found = [parties[place].id for place in alike if EntryFacts.of(parties[place]).whole == facts.whole]
    return found[0] if len(found) == 1 else None


def _spelt(names: Iterable[str]) -> list[str]:
    """The names without what a list's printer changes; not by a fold, which a later version may change."""
    return sorted({" ".join(name.casefold().split()) for name in names})


def _digest(told: Sequence[object]) -> str:
    return sha256(canonical(told).encode()).hexdigest()
