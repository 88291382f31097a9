"""Alerts as a store keeps them, made for tests without screening anything."""

import json
from typing import Any

from sqlalchemy import insert, select

from screening.store.alert_facts import destination, party_keys
from screening.store.schema import ALERT_PARTIES, ALERTS, FINDINGS, RUNS, SCREENINGS, SHIPMENTS
from screening.store.transaction import Writing

RUN = "0123456789abcdef"


def record(
    decision: str = "hold", score: int = 90, rules: tuple[str, ...] = ("PTY-001",), **more: Any
) -> Any:
    """An alert record with what the store asks of one."""
    findings = [{"rule": rule, "title": f"about {rule}"} for rule in rules]
    parts = {"schema": 1, "shipment_id": "S1", "line_number": None, "decision": decision, "score": score}
    shipment = {"consignee_name": "Altyn TOO", "country_of_destination": "Kazakhstan"}
    return {**parts, "findings": findings, "matches": [], "suppressed": [], "shipment": shipment, **more}


def kept_alert(tx: Writing, shipment_id: str = "S1", **told: Any) -> int:
    """The number of a new alert, open since the transaction began."""
    result = record(**{"shipment_id": shipment_id, **told})
    screening = kept_screening(tx, result)
    columns = {name: result[name] for name in ("shipment_id", "decision", "score")}
    alert: int = _kept(
        tx,
        ALERTS,
        line=json.dumps([shipment_id, None]),
        shipment=screening,
        screening=screening,
        destination=destination(result["shipment"]),
        state="open",
        opened_at=tx.at,
        changed_at=tx.at,
        deadline=tx.at,
        version=1,
        **columns,
    )
    about = {"alert": alert, "rule_version": 1, "severity": "high", "points": 30}
    _all(tx, FINDINGS, [{**about, "rule": finding["rule"]} for finding in result["findings"]])
    _all(tx, ALERT_PARTIES, [{"alert": alert, "party": key} for key in party_keys(result["shipment"])])
    tx.log("test", "tests", f"alert/{alert}", rows=[(ALERTS, alert)])
    return alert


def kept_screening(tx: Writing, result: dict[str, Any]) -> int:
    """The number of a screening that gave this record, of a shipment with the same number."""
    if tx.connection.execute(select(RUNS.c.id)).first() is None:
        tx.connection.execute(insert(RUNS).values(id=RUN, at=tx.at, manifest="{}"))
    identity = json.dumps([result["shipment_id"], None, None])
    known = tx.connection.execute(select(SHIPMENTS.c.id).where(SHIPMENTS.c.identity == identity)).all()
    content = json.dumps(result["shipment"])
    about = {"identity": identity, "version": len(known) + 1, "shipment_id": result["shipment_id"]}
    shipment = _kept(tx, SHIPMENTS, received_at=tx.at, salt="s", content=content, **about)
    judged = {name: result[name] for name in ("decision", "score")}
    told = {"record": json.dumps(result), "at": tx.at, "cause": "post", "actor": "tests", "salt": "s"}
    return _kept(tx, SCREENINGS, shipment=shipment, run=RUN, **told, **judged)


def _kept(tx: Writing, table: Any, **values: Any) -> int:
    key: int = tx.connection.execute(insert(table).values(**values).returning(table.c.id)).scalar_one()
    return key


def _all(tx: Writing, table: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        tx.connection.execute(insert(table), rows)
