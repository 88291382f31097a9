"""What a later screening of a shipment says otherwise than the one that people judged.

Two alert records as they are stored, compared by what a decision rests on: findings, listed names,
suppressions, and what was told of the shipment.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from screening.result import MISTAKEN

Record = Mapping[str, Any]
_GRAVITY = ("clear", "review", "hold")


@dataclass(frozen=True, slots=True)
class Difference:
    """What came, what went, and what is another now."""

    told: Mapping[str, Any]
    """As it is kept and shown; without keys where both say the same."""

    @property
    def something_came(self) -> bool:
        """True where there is something that nobody looked at: then a release no longer stands."""
        graver = "decision" in self.told and _rank(self.told["decision"]) > 0
        findings, matches = (self.told.get(part, {}).get("came", ()) for part in ("findings", "matches"))
        return graver or bool(findings) or any(match["status"] != MISTAKEN for match in matches)


def difference(before: Record | None, after: Record | None) -> Difference:
    """What two records of a shipment say differently; a clear screening has no record."""
    was, now = before or {}, after or {}
    parts = {
        "decision": _changed(was.get("decision", "clear"), now.get("decision", "clear")),
        "score": _changed(was.get("score", 0), now.get("score", 0)),
        "findings": _moved(was, now, "findings", _rule),
        "matches": _moved(was, now, "matches", _matched),
        "suppressed": _moved(was, now, "suppressed", _hidden),
        "shipment": _columns(was.get("shipment") or {}, now.get("shipment") or {}) if was and now else {},
    }
    return Difference({name: part for name, part in parts.items() if part})


def _changed(was: Any, now: Any) -> dict[str, Any]:
    return {"before": was, "after": now} if was != now else {}


def _moved(was: Record, now: Record, part: str, shown: Callable[[Record], dict[str, Any]]) -> dict[str, Any]:
    old, new = ([shown(item) for item in record.get(part) or ()] for record in (was, now))
    moved = {"came": _without(new, old), "went": _without(old, new)}
    return {way: items for way, items in moved.items() if items}


def _without(items: Iterable[dict[str, Any]], others: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    known: set[Hashable] = {tuple(other.values()) for other in others}
    return [item for item in items if tuple(item.values()) not in known]


def _rule(finding: Record) -> dict[str, Any]:
    return {"rule": finding["rule"], "title": finding["title"]}


def _matched(match: Record) -> dict[str, Any]:
    return {key: match.get(key) for key in ("role", "name", "id", "matched_name", "status")}


def _hidden(suppressed: Record) -> dict[str, Any]:
    return {key: suppressed[key] for key in ("rule", "exception")}


def _columns(was: Record, now: Record) -> dict[str, Any]:
    names = [*was, *(name for name in now if name not in was)]
    pairs = ((name, _changed(was.get(name), now.get(name))) for name in names)
    return {name: change for name, change in pairs if change}


def _rank(change: Mapping[str, str]) -> int:
    return _GRAVITY.index(change["after"]) - _GRAVITY.index(change["before"])
