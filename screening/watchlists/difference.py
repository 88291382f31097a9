"""What a new state of a list changes: who came, who went, who is called or described otherwise.

A list that gives no numbers of its own may write one party under another id; such a pair is told as
one entry that moved, and not as a firm delisted and another listed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from screening.watchlists.entry import PartyEntry, Snapshot
from screening.watchlists.loading import renamed
from screening.watchlists.same_entry import same_entries

_NAMES = ("aliases", "mentioned", "weak_aliases", "original_names")
_APART = frozenset({"id", "source_id", "watchlist", "name", *_NAMES, "source", "source_url"})
"""Fields that say who the entry is, or which file it came from; told otherwise or not at all."""
_CALLED = {
    "addresses": "address",
    "birth_dates": "birth date",
    "countries": "country",
    "ended_on": "end of the listing",
    "identifiers": "identifier",
    "listed_on": "date of listing",
    "names": "name",
    "programmes": "programme",
    "weak_aliases": "weak alias",
}
_SHOWN = 3
_SHOWN_CHARACTERS = 80


@dataclass(frozen=True, slots=True)
class Change:
    """What one field of an entry lost and gained."""

    field: str
    removed: tuple[str, ...]
    added: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """`address added: ...; address removed: ...`."""
        called = _CALLED.get(self.field, self.field)
        told = (("added", self.added), ("removed", self.removed))
        return "; ".join(f"{called} {what}: {_few(texts)}" for what, texts in told if texts)


@dataclass(frozen=True, slots=True)
class ChangedEntry:
    """An entry that stands on both states, and differs."""

    old: PartyEntry
    new: PartyEntry
    changes: tuple[Change, ...]

    @property
    def renamed(self) -> bool:
        """True when its first name is another one."""
        return self.old.name != self.new.name

    @property
    def moved(self) -> bool:
        """True when it stands under another id."""
        return self.old.id != self.new.id

    @property
    def differs(self) -> bool:
        """True when anything is told of it."""
        return bool(self.changes) or self.renamed or self.moved

    @property
    def sentence(self) -> str:
        """All that differs, in one sentence."""
        parts = [f"stood under {self.old.id}"] if self.moved else []
        parts += [f"was called {self.old.name}"] if self.renamed else []
        return f"{_who(self.new)}: {'; '.join(parts + [change.sentence for change in self.changes])}"


@dataclass(frozen=True, slots=True)
class Difference:
    """How two states of a list differ; each part in the order of ids."""

    old: Snapshot
    new: Snapshot
    added: tuple[PartyEntry, ...]
    removed: tuple[PartyEntry, ...]
    changed: tuple[ChangedEntry, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)

    @property
    def sentences(self) -> Iterator[str]:
        """A sentence for each entry that differs."""
        yield from (f"{_who(entry)}: added" for entry in self.added)
        yield from (f"{_who(entry)}: removed" for entry in self.removed)
        yield from (entry.sentence for entry in self.changed)

    @property
    def summary(self) -> str:
        """The counts, in one sentence."""
        renamed, moved = sum(c.renamed for c in self.changed), sum(c.moved for c in self.changed)
        same = len(self.new.entries) - len(self.added) - len(self.changed)
        return (
            f"{self.new.name}: {len(self.added):,} added, {len(self.removed):,} removed, "
            f"{len(self.changed):,} changed ({renamed:,} renamed, {moved:,} under another id), "
            f"{same:,} as before"
        )

    @property
    def record(self) -> dict[str, Any]:
        """The difference as plain values that JSON can hold."""
        return {
            "schema": 1,
            "list": self.new.name,
            "old": _state(self.old),
            "new": _state(self.new),
            "summary": self.summary,
            "added": [_told(entry, f"{_who(entry)}: added") for entry in self.added],
            "removed": [_told(entry, f"{_who(entry)}: removed") for entry in self.removed],
            "changed": [_told_change(entry) for entry in self.changed],
        }


def difference(old: Snapshot, new: Snapshot) -> Difference:
    """How the new state of a list differs from the old one; what the user calls the list says nothing."""
    if old.name != new.name and old.watchlists == (old.name,) and new.watchlists == (new.name,):
        old = renamed(old, new.name)
    before, after = ({entry.id: entry for entry in snapshot.entries} for snapshot in (old, new))
    gone = [entry for id, entry in before.items() if id not in after]
    come = [entry for id, entry in after.items() if id not in before]
    moved = list(same_entries(gone, come))
    ids = {entry.id for pair in moved for entry in pair}
    stayed = ((entry, after[id]) for id, entry in before.items() if id in after)
    pairs = (ChangedEntry(one, other, tuple(_changes(one, other))) for one, other in (*stayed, *moved))
    return Difference(
        old,
        new,
        tuple(sorted((entry for entry in come if entry.id not in ids), key=_by_id)),
        tuple(sorted((entry for entry in gone if entry.id not in ids), key=_by_id)),
        tuple(sorted((pair for pair in pairs if pair.differs), key=lambda pair: pair.new.id)),
    )


def _by_id(entry: PartyEntry) -> str:
    return entry.id


def _changes(old: PartyEntry, new: PartyEntry) -> Iterator[Change]:
    yield from _change("names", old.names, new.names)
    yield from _change("weak_aliases", old.weak_aliases, new.weak_aliases)
    for field in fields(PartyEntry):
        if field.name not in _APART:
            was, now = _texts(getattr(old, field.name)), _texts(getattr(new, field.name))
            yield from _change(field.name, was, now)


def _change(field: str, was: Sequence[str], now: Sequence[str]) -> Iterator[Change]:
    """The change of a field; the order in which a list writes its parts is none."""
    removed = tuple(text for text in dict.fromkeys(was) if text not in now)
    added = tuple(text for text in dict.fromkeys(now) if text not in was)
    if removed or added:
        yield Change(field, removed, added)


def _texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return value
    if isinstance(value, bool):
        return ("yes" if value else "no",)
    return () if value in (None, "") else (str(value),)


def _who(entry: PartyEntry) -> str:
    return f"{entry.called} ({entry.id})"


def _few(texts: Sequence[str]) -> str:
    cut = [text if len(text) <= _SHOWN_CHARACTERS else text[:_SHOWN_CHARACTERS] + "..." for text in texts]
    more = len(cut) - _SHOWN
    return ", ".join(cut[:_SHOWN]) + (f" and {more:,} more" if more > 0 else "")


def _state(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "format": snapshot.format,
        "entries": len(snapshot.entries),
        "date": snapshot.date.isoformat() if snapshot.date else None,
        "digest": snapshot.digest,
    }


def _told(entry: PartyEntry, sentence: str) -> dict[str, Any]:
    return {"id": entry.id, "name": entry.name, "sentence": sentence}


def _told_change(entry: ChangedEntry) -> dict[str, Any]:
    return {
        **_told(entry.new, entry.sentence),
        "old_id": entry.old.id,
        "old_name": entry.old.name,
        "changes": [
            {"field": change.field, "removed": list(change.removed), "added": list(change.added)}
            for change in entry.changes
        ],
    }
