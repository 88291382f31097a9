"""What is left of a shipment and of its records when what tells of somebody is taken out.

Of a record the bones are left, which say what fired and how grave it was: its sentences and matches could
name the party in a spelling that nobody thought of.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from screening.history.forgetting import personal_columns
from screening.parties import name_key
from screening.shipment import ROLES
from screening.store.canonical import canonical
from screening.written import json_of

ERASED = "[erased]"
"""Stands for a sentence that may have told of somebody."""
_BONES = (
    *("schema", "shipment_id", "line_number", "revision", "row", "file"),
    *("decision", "score", "score_parts", "run"),
)
_NAMELESS = ("rule", "title", "severity", "red_flags", "related_shipments", "related_total")
_IDENTITY = "shipment_id"


class Eraser(Protocol):
    """Takes out what tells of somebody; None where nothing may be left."""

    def content(self, content: str) -> str | None:
        """What is left of the columns of a shipment."""

    def record(self, record: str, content: str | None, at: str) -> str | None:
        """What is left of an alert record; `content` is what is left of its shipment."""

    def comment(self, comment: str | None) -> str | None:
        """What is left of what somebody wrote about an alert."""

    def finds(self, party: str) -> bool:
        """Whether an alert is found no longer by this key of a name."""


@dataclass(frozen=True)
class Party:
    """Takes out what tells of one party."""

    spellings: frozenset[str]
    """All cells that name it."""

    def content(self, content: str) -> str:
        """The columns that don't tell of the party."""
        told: Mapping[str, str] = json.loads(content)
        its = [role for role in ROLES if told.get(f"{role}_name") in self.spellings]
        gone = {column for role in its for column in personal_columns(role)}
        left = {name: cell for name, cell in told.items() if name not in gone}
        return canonical({n: c for n, c in left.items() if n == _IDENTITY or not self.told_in(c)})

    def record(self, record: str, content: str | None, at: str) -> str:
        """The bones of the record."""
        return _bones(json.loads(record), json.loads(content or "{}"), at)

    def comment(self, comment: str | None) -> str | None:
        """The comment, where it does not name the party."""
        return None if comment is None or self.told_in(comment) else comment

    def finds(self, party: str) -> bool:
        """Whether the key is that of one of the spellings."""
        return party in self._keys

    def told_in(self, text: str) -> bool:
        """Whether the party is named in the text, in one of the spellings as a whole word."""
        return self._named.search(text) is not None

    @cached_property
    def _keys(self) -> frozenset[str]:
        return frozenset(map(name_key, self.spellings))

    @cached_property
    def _named(self) -> re.Pattern[str]:
        longest_first = sorted(self.spellings, key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)


class Everything:
    """Leaves nothing of a shipment but that it was, and what was decided."""

    def content(self, content: str) -> None:
        """Nothing."""

    def record(self, record: str, content: str | None, at: str) -> None:
        """Nothing."""

    def comment(self, comment: str | None) -> None:
        """Nothing."""

    def finds(self, party: str) -> bool:
        """By no name."""
        return True


def role_names(content: str) -> Iterable[str]:
    """The names of the parties of a shipment, by its columns."""
    told: Mapping[str, str] = json.loads(content)
    return (told[f"{role}_name"] for role in ROLES if told.get(f"{role}_name"))


def nameless(difference: str | None) -> str | None:
    """What of a difference names nobody: the rules, the decision and the score."""
    if difference is None:
        return None
    told = json.loads(difference)
    return canonical({part: told[part] for part in ("decision", "score", "findings") if part in told})


def _bones(record: Mapping[str, Any], shipment: Mapping[str, str], at: str) -> str:
    hidden = [{"rule": one["rule"], "exception": one["exception"]} for one in record["suppressed"]]
    told = {
        **{name: record.get(name) for name in _BONES},
        "findings": [_finding(finding) for finding in record["findings"]],
        "suppressed": hidden,
        "shipment": shipment,
        "erased_at": at,
        **dict.fromkeys(("matches", "not_evaluated", "would_clear", "context"), ()),
    }
    return json_of(told)


def _finding(finding: Mapping[str, Any]) -> dict[str, Any]:
    return {**{name: finding.get(name) for name in _NAMELESS}, "explanation": ERASED, "evidence": ()}
