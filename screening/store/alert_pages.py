"""Alerts by the page: filtered, sorted, and each page beginning right after the one before.

A page is found by the values of the last row shown (`cursors.py`), never by counting rows: an alert that
is opened meanwhile moves no other to another page, and page one thousand costs what page one does.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from sqlalchemy import Column, ColumnElement, Select, exists, select, tuple_

from screening.parties import name_key
from screening.result import Decision
from screening.store.canonical import canonical
from screening.store.casework.moves import State
from screening.store.cursors import Place, Value, cursor, place_of
from screening.store.schema import ALERT_PARTIES, ALERTS, FINDINGS
from screening.store.transaction import Reading

Sort = Literal["-opened", "opened", "-changed", "-score", "deadline"]
MOST_SHOWN = 200

NOBODY = "nobody"
"""The assignee of alerts that have none."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which alerts are asked for; what is blank asks for nothing."""

    states: tuple[State, ...] = ()
    decisions: tuple[Decision, ...] = ()
    rule: str | None = None
    assignee: str | None = None
    shipment_id: str | None = None
    score_at_least: int | None = None
    party: str | None = None
    """A name of a party in any of its spellings."""
    destination: str | None = None
    opened_from: str | None = None
    opened_before: str | None = None
    due_before: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some alerts, and where the next ones begin."""

    items: list[dict[str, Any]]
    next: str | None


@dataclass(frozen=True, slots=True)
class _Order:
    column: Column[Any]
    kind: type[Value]
    falling: bool


_ORDERS: Mapping[Sort, _Order] = {
    "-opened": _Order(ALERTS.c.id, int, True),
    "opened": _Order(ALERTS.c.id, int, False),
    "-changed": _Order(ALERTS.c.changed_at, str, True),
    "-score": _Order(ALERTS.c.score, int, True),
    "deadline": _Order(ALERTS.c.deadline, str, False),
}


def page_of_alerts(
    tx: Reading, wanted: Filter, sort: Sort = "-opened", limit: int = 50, after: str | None = None
) -> Page:
    """The alerts that the filter lets through, in this order; `after` is the `next` of the page before.

    By deadline only those are shown that have one. Raises UnfitError for a cursor of another list.
    """
    order, asked = _ORDERS[sort], canonical(asdict(wanted)) + sort
    query = _sorted(_filtered(select(ALERTS), wanted), order)
    if after is not None:
        query = query.where(_follows(order, place_of(after, asked, order.kind)))
    rows = tx.connection.execute(query.limit(limit + 1)).mappings().all()
    shown = rows[:limit]
    rules = rules_of(tx, [row["id"] for row in shown])
    end = cursor(Place(shown[-1][order.column], shown[-1]["id"]), asked) if len(rows) > limit else None
    return Page([summary(dict(row), rules.get(row["id"], ())) for row in shown], end)


def summary(alert: Mapping[str, Any], rules: Iterable[str]) -> dict[str, Any]:
    """An alert as a list shows it: without a name of anybody."""
    return {
        "id": alert["id"],
        "shipment_id": alert["shipment_id"],
        "line_number": json.loads(alert["line"])[1],
        "destination": alert["destination"],
        "decision": alert["decision"],
        "score": alert["score"],
        "rules": list(rules),
        "state": alert["state"],
        "release_proposed": alert["proposal"] is not None,
        "assignee": alert["assignee"],
        "deadline": alert["deadline"],
        "opened_at": alert["opened_at"],
        "changed_at": alert["changed_at"],
        "version": alert["version"],
    }


def rules_of(tx: Reading, alerts: Collection[int]) -> Mapping[int, list[str]]:
    """The rules that the latest screening of each alert fired, the heaviest first."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    if alerts:
        order = FINDINGS.c.alert, FINDINGS.c.points.desc(), FINDINGS.c.rule
        query = select(FINDINGS.c.alert, FINDINGS.c.rule).where(FINDINGS.c.alert.in_(alerts))
        shown = query.where(FINDINGS.c.suppressed_by.is_(None)).order_by(*order)
        for alert, rule in tx.connection.execute(shown):
            found[alert].append(rule)
    return found


def _filtered(query: Select[Any], wanted: Filter) -> Select[Any]:
    conditions = (_CONDITIONS[name](value) for name, value in asdict(wanted).items() if value)
    return query.where(*conditions)


_CONDITIONS: Mapping[str, Callable[[Any], ColumnElement[bool]]] = {
    "states": ALERTS.c.state.in_,
    "decisions": ALERTS.c.decision.in_,
    "rule": lambda rule: exists().where(FINDINGS.c.alert == ALERTS.c.id, FINDINGS.c.rule == rule),
    "assignee": lambda who: ALERTS.c.assignee.is_(None) if who == NOBODY else ALERTS.c.assignee == who,
    "shipment_id": lambda shipment: ALERTS.c.shipment_id == shipment,
    "score_at_least": lambda score: ALERTS.c.score >= score,
    "party": lambda name: exists().where(
        ALERT_PARTIES.c.alert == ALERTS.c.id, ALERT_PARTIES.c.party == name_key(name)
    ),
    "destination": lambda country: ALERTS.c.destination == country,
    "opened_from": lambda moment: ALERTS.c.opened_at >= moment,
    "opened_before": lambda moment: ALERTS.c.opened_at < moment,
    "due_before": lambda moment: ALERTS.c.deadline < moment,
}


def _sorted(query: Select[Any], order: _Order) -> Select[Any]:
    place = (order.column, ALERTS.c.id)
    if order.falling:
        return query.order_by(*(column.desc() for column in place))
    return query.where(order.column.is_not(None)).order_by(*place)


def _follows(order: _Order, place: Place) -> ColumnElement[bool]:
    here, there = tuple_(order.column, ALERTS.c.id), tuple_(place.value, place.id)
    return here < there if order.falling else here > there
