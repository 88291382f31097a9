"""Which entries of two states of a list are one party under two ids.

A list without numbers of its own makes ids from names, and some lists are numbered anew. What an entry
says of itself must be shared by one entry on each side and by nobody else: a mark of several proves nothing.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import fields

from screening.names import fold
from screening.names.evidence import identifier_kind
from screening.watchlists.entry import PartyEntry
from screening.watchlists.weighing import identifier_keys

Pair = tuple[PartyEntry, PartyEntry]
Marks = Callable[[PartyEntry], Iterator[Hashable]]
_PROVENANCE = frozenset({"id", "source_id", "source", "source_url"})


def same_entries(gone: Sequence[PartyEntry], come: Sequence[PartyEntry]) -> Iterator[Pair]:
    """The pairs (gone, come) that are one entry, each entry in one pair at most; the surest first."""
    for marks in (_content, _all_names, _checked_identifiers, _name_and_place):
        pairs = _sharing(gone, come, marks)
        yield from pairs
        taken = {entry.id for pair in pairs for entry in pair}
        gone = [entry for entry in gone if entry.id not in taken]
        come = [entry for entry in come if entry.id not in taken]


def _content(entry: PartyEntry) -> Iterator[Hashable]:
    yield tuple(getattr(entry, f.name) for f in fields(PartyEntry) if f.name not in _PROVENANCE)


def _all_names(entry: PartyEntry) -> Iterator[Hashable]:
    yield entry.watchlist, entry.type, frozenset(fold(name).text for name in entry.names)


def _checked_identifiers(entry: PartyEntry) -> Iterator[Hashable]:
    """The identifiers whose check digits are right: nobody else has them."""
    keys = sorted(identifier_keys(entry.identifiers))
    yield from ((entry.watchlist, entry.type, key) for key in keys if identifier_kind(key))


def _name_and_place(entry: PartyEntry) -> Iterator[Hashable]:
    name = fold(entry.name).text
    yield from ((entry.watchlist, entry.type, name, place) for place in (*entry.addresses, *entry.countries))


def _sharing(gone: Sequence[PartyEntry], come: Sequence[PartyEntry], marks: Marks) -> list[Pair]:
    """The pairs that share a mark of theirs alone, less those in which an entry stands twice."""
    before, after = _holders(gone, marks), _holders(come, marks)
    shared = (
        (ones[0], others[0])
        for mark, ones in before.items()
        if len(ones) == len(others := after.get(mark, [])) == 1
    )
    pairs = {(one.id, other.id): (one, other) for one, other in shared}
    stands = Counter(id for pair in pairs for id in pair)
    return [pair for ids, pair in pairs.items() if all(stands[id] == 1 for id in ids)]


def _holders(entries: Sequence[PartyEntry], marks: Marks) -> dict[Hashable, list[PartyEntry]]:
    held: dict[Hashable, list[PartyEntry]] = {}
    for entry in entries:
        for mark in dict.fromkeys(marks(entry)):
            held.setdefault(mark, []).append(entry)
    return held
