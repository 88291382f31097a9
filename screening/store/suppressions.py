"""What a site holds for settled: a party that is not that listed one, and findings that are known on a lane.

Each belongs to somebody, says why, and ends. None can hide what nobody has seen: a rule that asks lists of
parties is never silenced, only the one match of this party with that entry is set aside, and that no longer
than the entry says the same of who is meant.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any, Literal

from sqlalchemy import func, insert, select, update

from screening.ruleset.exceptions import Lane, RuleException
from screening.ruleset.loading import RuleSet
from screening.ruleset.rule import CombineRule, Rule, selections
from screening.store.canonical import canonical
from screening.store.casework.policy import WorkPolicy
from screening.store.clock import utc_moment
from screening.store.entry_facts import EntryFacts, entry_now
from screening.store.refusals import ConflictError, UnfitError, UnknownError
from screening.store.schema import SUPPRESSIONS
from screening.store.seals import new_salt
from screening.store.transaction import Reading, Writing
from screening.suppression import rests_on_matches
from screening.watchlists.parties import PartyList

Standing = Literal["in_force", "expired", "ended", "entry_changed"]
_SUBJECT = "suppression/{}"


@dataclass(frozen=True, slots=True)
class Suppression:
    """What is to be settled: a party and the entry that it is not, or a rule and a party or a lane."""

    reason: str
    owner: str
    expires: date
    party: str | None = None
    entry: str | None = None
    rule: str | None = None
    lane: Lane | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """What a suppression is judged by: the rules and lists in use, and the site's policy."""

    ruleset: RuleSet
    parties: PartyList
    policy: WorkPolicy


def add(tx: Writing, asked: Suppression, ground: Ground, actor: str) -> dict[str, Any]:
    """The suppression, in force from now on. Raises UnfitError for what it may not say."""
    today = utc_moment(tx.at).date()
    facts = _checked(asked, ground, today)
    row = {
        "subject": "lane" if asked.lane else "party",
        "rule": asked.rule,
        "party": asked.party,
        "entry": asked.entry,
        "entry_facts": canonical(asdict(facts)) if facts else None,
        "lane": canonical(asked.lane.model_dump(by_alias=True)) if asked.lane else None,
        "owner": asked.owner,
        "reason": asked.reason,
        "created": today.isoformat(),
        "expires": asked.expires.isoformat(),
        "salt": new_salt(),
    }
    key: int = tx.connection.execute(
        insert(SUPPRESSIONS).values(row).returning(SUPPRESSIONS.c.id)
    ).scalar_one()
    _log(tx, "added", key, actor)
    return shown(tx, key, ground.parties)


def end(tx: Writing, key: int, parties: PartyList, actor: str) -> dict[str, Any]:
    """The suppression, which hides nothing from now on; it stays to be seen. UnknownError, ConflictError."""
    there = shown(tx, key, parties)
    if there["standing"] == "ended":
        raise ConflictError("it was ended before", there)
    tx.connection.execute(update(SUPPRESSIONS).where(SUPPRESSIONS.c.id == key).values(ended_at=tx.at))
    _log(tx, "ended", key, actor)
    return shown(tx, key, parties)


def shown(tx: Reading, key: int, parties: PartyList) -> dict[str, Any]:
    """One suppression with how it stands. Raises UnknownError."""
    row = tx.connection.execute(select(SUPPRESSIONS).where(SUPPRESSIONS.c.id == key)).mappings().first()
    if row is None:
        raise UnknownError(f"there is no suppression {key}")
    return _shown(dict(row), parties, utc_moment(tx.at).date())


def listed(tx: Reading, parties: PartyList) -> list[dict[str, Any]]:
    """All suppressions, the newest first, also those that hide nothing any more."""
    rows = tx.connection.execute(select(SUPPRESSIONS).order_by(SUPPRESSIONS.c.id.desc())).mappings()
    today = utc_moment(tx.at).date()
    return [_shown(dict(row), parties, today) for row in rows]


def in_force(tx: Reading, parties: PartyList) -> tuple[RuleException, ...]:
    """The suppressions as a screener with these lists takes them; each ends by the shipment's date."""
    query = select(SUPPRESSIONS).where(SUPPRESSIONS.c.ended_at.is_(None)).order_by(SUPPRESSIONS.c.id)
    rows = tx.connection.execute(query).mappings()
    return tuple(found for row in rows if (found := _exception(dict(row), parties)) is not None)


def stamp(tx: Reading) -> tuple[int, ...]:
    """Numbers that are others after any change of the suppressions."""
    told = func.count(), func.count(SUPPRESSIONS.c.ended_at), func.count(SUPPRESSIONS.c.party)
    return tuple(tx.connection.execute(select(*told)).one())


def _exception(row: Mapping[str, Any], parties: PartyList) -> RuleException | None:
    """What a screener takes of it; None where its entry says something else by now, or it was erased."""
    entry = _entry_now(row, parties)
    if (row["entry"] and entry is None) or (row["subject"] == "party" and row["party"] is None):
        return None
    about = {name: row[name] for name in ("rule", "party", "owner", "reason", "created", "expires")}
    lane = json.loads(row["lane"]) if row["lane"] else None
    return RuleException.model_validate(
        {"id": _SUBJECT.format(row["id"]), "entry": entry, "lane": lane, **about}
    )


def _shown(row: Mapping[str, Any], parties: PartyList, today: date) -> dict[str, Any]:
    told = ("id", "rule", "party", "owner", "reason", "created", "expires", "ended_at")
    return {
        **{name: row[name] for name in told},
        "entry": _entry_now(row, parties) or row["entry"],
        "lane": json.loads(row["lane"]) if row["lane"] else None,
        "standing": _standing(row, parties, today),
    }


def _standing(row: Mapping[str, Any], parties: PartyList, today: date) -> Standing:
    if row["ended_at"]:
        return "ended"
    if date.fromisoformat(row["expires"]) < today:
        return "expired"
    return "entry_changed" if row["entry"] and _entry_now(row, parties) is None else "in_force"


def _entry_now(row: Mapping[str, Any], parties: PartyList) -> str | None:
    if not row["entry"]:
        return None
    return entry_now(row["entry"], EntryFacts(**json.loads(row["entry_facts"])), parties)


def _checked(asked: Suppression, ground: Ground, today: date) -> EntryFacts | None:
    """The facts of the entry, where it names one."""
    latest = today + timedelta(days=ground.policy.days_suppressed)
    if not today <= asked.expires <= latest:
        raise UnfitError("expires", f"a suppression ends between today and {latest}")
    if asked.rule is not None:
        _check_rule(asked.rule, ground.ruleset)
    if asked.entry is None:
        return None
    place = ground.parties.numbers.get(asked.entry)
    if place is None:
        raise UnfitError("entry", "no list in use has this entry; name the `id` of a match")
    return EntryFacts.of(ground.parties[place])


def _check_rule(rule_id: str, ruleset: RuleSet) -> None:
    rule = next((rule for rule in ruleset.rules if rule.id == rule_id), None)
    if rule is None:
        raise UnfitError("rule", "there is no such rule")
    if isinstance(rule, CombineRule):
        raise UnfitError("rule", "this rule rests on the findings of others; name one of those")
    if any(map(rests_on_matches, _fields(rule))):
        raise UnfitError(
            "rule", "this rule finds listed parties, and new ones too; name a party and an entry"
        )


def _fields(rule: Rule) -> Iterator[str]:
    for selection in selections(rule):
        yield from (field.name for clause in selection.clauses for field in clause.fields)


def _log(tx: Writing, what: str, key: int, actor: str) -> None:
    tx.log(f"suppression.{what}", actor, _SUBJECT.format(key), rows=[(SUPPRESSIONS, key)])
