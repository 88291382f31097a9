"""What screenings make of alerts: one is opened for each line of a shipment that is above clear.

Of several screenings of a line that of the highest revision counts, and of equal ones the last. An alert
that is there stays as it is when a screening says the same again; where it says something else, the alert
shows it, and is open again when there is something that nobody has seen.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import delete, select

from screening.ruleset.loading import RuleSet
from screening.store import webhooks
from screening.store.alert_facts import destination, party_keys
from screening.store.canonical import canonical
from screening.store.casework.difference import Difference, difference
from screening.store.casework.moves import UNDECIDED
from screening.store.casework.policy import WorkPolicy
from screening.store.casework.reopening import state_after
from screening.store.clock import utc_moment, utc_text
from screening.store.decisions import Change, changed
from screening.store.insertion import add, added
from screening.store.schema import ALERT_PARTIES, ALERTS, FINDINGS, SCREENINGS, SHIPMENTS
from screening.store.seals import AT_ONCE, among, chunks
from screening.store.shipments import ScreenedShipment, plain, revision_rank
from screening.store.transaction import Reading, Writing


class Screened(NamedTuple):
    """A screening as the store has it."""

    told: ScreenedShipment
    shipment: int
    number: int

    @property
    def above_clear(self) -> bool:
        """Whether somebody has to look at it."""
        return bool(self.told.record["decision"] != "clear")


class Alerts(NamedTuple):
    """The alerts of some lines."""

    by_line: dict[str, int]
    opened: list[int]


def follow_up(
    tx: Writing, screened: Sequence[Screened], ruleset: RuleSet, policy: WorkPolicy, actor: str
) -> Alerts:
    """The alerts of the lines that were screened, as they stand after that."""
    deciding = _deciding(screened)
    there = {row["line"]: row for row in _alerts(tx, deciding)}
    new = [one for line, one in sorted(deciding.items()) if line not in there and one.above_clear]
    opened = _opened(tx, new, policy)
    followed = [line for line, row in there.items() if _followed(tx, row, deciding[line], policy, actor)]
    by_line = {line: int(row["id"]) for line, row in there.items()} | opened
    _forget_facts(tx, [by_line[line] for line in followed])
    _write_facts(tx, {by_line[line]: deciding[line].told.record for line in (*followed, *opened)}, ruleset)
    webhooks.tell(tx, "alert.opened", opened.values())
    webhooks.tell(tx, "alert.changed", [by_line[line] for line in followed])
    return Alerts(by_line, list(opened.values()))


def _deciding(screened: Iterable[Screened]) -> dict[str, Screened]:
    """Of each line the screening that counts."""
    found: dict[str, Screened] = {}
    for one in screened:
        other = found.get(one.told.line)
        if other is None or one.told.revision >= other.told.revision:
            found[one.told.line] = one
    return found


def _alerts(tx: Reading, lines: Iterable[str]) -> Iterator[Mapping[str, Any]]:
    """The alerts of these lines, with the revision and the record that they stand for; nobody else's now."""
    besides = (SHIPMENTS.c.revision, SCREENINGS.c.record)
    query = select(ALERTS, *besides).join(SHIPMENTS, SHIPMENTS.c.id == ALERTS.c.shipment)
    query = query.join(SCREENINGS, SCREENINGS.c.id == ALERTS.c.screening)
    query = query.order_by(ALERTS.c.line).with_for_update(of=ALERTS)
    for some in chunks(sorted(lines), AT_ONCE):
        yield from map(dict, tx.connection.execute(query.where(among(ALERTS.c.line, some))).mappings())


def _opened(tx: Writing, new: Sequence[Screened], policy: WorkPolicy) -> dict[str, int]:
    """The alerts of the lines that had none."""
    rows = [_row(tx, one, policy) for one in new]
    return dict(added(tx.connection, ALERTS, rows, ALERTS.c.line, ALERTS.c.id))


def _row(tx: Writing, one: Screened, policy: WorkPolicy) -> dict[str, Any]:
    return {
        "line": one.told.line,
        "shipment_id": plain(one.told.record["shipment_id"]),
        **_now(one),
        "state": "open",
        "deadline": _due(tx, one, policy),
        "opened_at": tx.at,
        "changed_at": tx.at,
        "version": 1,
    }


def _now(one: Screened) -> dict[str, Any]:
    """What an alert says of its latest screening."""
    record = one.told.record
    return {
        "shipment": one.shipment,
        "screening": one.number,
        "destination": destination(record["shipment"]),
        "decision": record["decision"],
        "score": record["score"],
    }


def _due(tx: Writing, one: Screened, policy: WorkPolicy) -> str | None:
    due = policy.deadline(one.told.record["decision"], utc_moment(tx.at))
    return utc_text(due) if due else None


def _followed(tx: Writing, alert: Mapping[str, Any], one: Screened, policy: WorkPolicy, actor: str) -> bool:
    """Whether the alert is another now."""
    if one.told.revision < revision_rank(alert["revision"]):
        return False
    found = _difference(alert["record"], one)
    if not found.told:
        return False
    columns = _now(one) | _standing(tx, alert, one, found, policy)
    changed(tx, dict(alert), Change("rescreened", columns, difference=canonical(found.told)), actor)
    return True


def _difference(before: str | None, one: Screened) -> Difference:
    was = json.loads(before) if before else None
    return difference(was, one.told.record if one.above_clear else None)


def _standing(
    tx: Writing, alert: Mapping[str, Any], one: Screened, found: Difference, policy: WorkPolicy
) -> dict[str, Any]:
    """What becomes of the work on the alert: what was proposed and is due rests on what was seen."""
    state = state_after(alert["state"], found)
    columns: dict[str, Any] = {"state": state}
    if found.something_came:
        columns["proposal"] = None
    if state != alert["state"] or (state in UNDECIDED and one.told.record["decision"] != alert["decision"]):
        due = _due(tx, one, policy)
        columns["deadline"] = min(due, alert["deadline"] or due) if due else None
    return columns


def _forget_facts(tx: Writing, alerts: Sequence[int]) -> None:
    if alerts:
        for table in (FINDINGS, ALERT_PARTIES):
            tx.connection.execute(delete(table).where(table.c.alert.in_(alerts)))


def _write_facts(tx: Writing, records: Mapping[int, Mapping[str, Any]], ruleset: RuleSet) -> None:
    """By what the alerts are found: their rules, and the names on them."""
    if not records:
        return
    rules = {rule.id: {"rule_version": rule.version, "severity": rule.severity} for rule in ruleset.rules}
    findings = (
        {"alert": alert, **rules[fired["rule"]], **fired}
        for alert, record in records.items()
        for fired in fired_rules(record)
    )
    names = (
        {"alert": alert, "party": party}
        for alert, record in records.items()
        for party in sorted(party_keys(record["shipment"]))
    )
    add(tx.connection, FINDINGS, list(findings))
    add(tx.connection, ALERT_PARTIES, list(names))


def fired_rules(record: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Each rule that fired, once: with its points, and with what hides it."""
    hidden = {one["rule"]: one["exception"] for one in record["suppressed"]}
    points = {one["rule"]: one["points"] for one in record["score_parts"]}
    fired = dict.fromkeys([*(one["rule"] for one in record["findings"]), *hidden])
    for rule in fired:
        yield {"rule": rule, "points": points.get(rule, 0), "suppressed_by": hidden.get(rule)}
