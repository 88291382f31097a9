"""What screenings make of alerts: one is opened for each line of a shipment that is above clear.

Of several screenings of a line that of the highest revision counts, and of equal ones the last. An alert
that is there stays as it is when a screening says the same again; where it says something else, the alert
shows it, and is open again when there is something that nobody has seen.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import delete, select, update

from screening.ruleset.loading import RuleSet
from screening.store.casework.difference import Difference, difference
from screening.store.casework.reopening import state_after
from screening.store.insertion import add, added
from screening.store.schema import ALERTS, FINDINGS, SCREENINGS, SHIPMENTS
from screening.store.seals import AT_ONCE, chunks
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
    changed: list[int]
    """Those that were opened or changed."""


def follow_up(tx: Writing, screened: Sequence[Screened], ruleset: RuleSet, actor: str) -> Alerts:
    """The alerts of the lines that were screened, as they stand after that."""
    deciding = _deciding(screened)
    there = {row["line"]: row for row in _alerts(tx, deciding)}
    new = [one for line, one in sorted(deciding.items()) if line not in there and one.above_clear]
    opened = _opened(tx, new)
    changed = [key for line, row in there.items() if (key := _followed(tx, row, deciding[line]))]
    by_line = {line: int(row["id"]) for line, row in there.items()} | opened
    written = {by_line[line]: one for line, one in deciding.items() if line in opened}
    written |= {by_line[line]: deciding[line] for line, row in there.items() if row["id"] in changed}
    _write_findings(tx, written, changed, ruleset)
    return Alerts(by_line, list(written))


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
        yield from map(dict, tx.connection.execute(query.where(ALERTS.c.line.in_(some))).mappings())


def _opened(tx: Writing, new: Sequence[Screened]) -> dict[str, int]:
    """The alerts of the lines that had none."""
    rows = [_row(tx, one) for one in new]
    return dict(added(tx.connection, ALERTS, rows, ALERTS.c.line, ALERTS.c.id))


def _row(tx: Writing, one: Screened) -> dict[str, Any]:
    standing = {"state": "open", "opened_at": tx.at, "version": 1}
    shipment_id = plain(one.told.record["shipment_id"])
    return {"line": one.told.line, "shipment_id": shipment_id, **standing, **_now(tx, one)}


def _now(tx: Writing, one: Screened) -> dict[str, Any]:
    """What an alert says of its latest screening."""
    record = one.told.record
    return {
        "shipment": one.shipment,
        "screening": one.number,
        "decision": record["decision"],
        "score": record["score"],
        "changed_at": tx.at,
    }


def _followed(tx: Writing, alert: Mapping[str, Any], one: Screened) -> int | None:
    """The alert's key when it is another now."""
    if one.told.revision < revision_rank(alert["revision"]):
        return None
    found = _difference(alert["record"], one)
    if not found.told:
        return None
    state = state_after(alert["state"], found)
    columns = {**_now(tx, one), "state": state, "version": alert["version"] + 1}
    tx.connection.execute(update(ALERTS).where(ALERTS.c.id == alert["id"]).values(columns))
    return int(alert["id"])


def _difference(before: str | None, one: Screened) -> Difference:
    was = json.loads(before) if before else None
    return difference(was, one.told.record if one.above_clear else None)


def _write_findings(
    tx: Writing, alerts: Mapping[int, Screened], changed: Sequence[int], ruleset: RuleSet
) -> None:
    """The rules of the alerts, in the place of those that changed ones had."""
    if changed:
        tx.connection.execute(delete(FINDINGS).where(FINDINGS.c.alert.in_(changed)))
    versions = {rule.id: (rule.version, rule.severity) for rule in ruleset.rules}
    rows = [
        {
            "alert": alert,
            "rule_version": versions[rule["rule"]][0],
            "severity": versions[rule["rule"]][1],
            **rule,
        }
        for alert, one in alerts.items()
        for rule in _rules(one.told.record)
    ]
    add(tx.connection, FINDINGS, rows)


def _rules(record: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Each rule that fired, once: with its points, and with what hides it."""
    hidden = {one["rule"]: one["exception"] for one in record["suppressed"]}
    points = {one["rule"]: one["points"] for one in record["score_parts"]}
    fired = dict.fromkeys([*(one["rule"] for one in record["findings"]), *hidden])
    for rule in fired:
        yield {"rule": rule, "points": points.get(rule, 0), "suppressed_by": hidden.get(rule)}
