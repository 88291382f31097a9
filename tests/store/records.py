"""Screenings as the service posts them: records of the contract's form, made by hand."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import insert, select

from screening.ruleset.loading import RuleSet, load_rules
from screening.store import screenings
from screening.store.canonical import canonical
from screening.store.database import Database
from screening.store.schema import RUNS
from screening.store.shipments import ScreenedShipment
from screening.store.transaction import Writing
from screening.written import WrittenRecord, json_of

RUN = "0123456789abcdef"


@cache
def rules() -> RuleSet:
    """The bundled rules."""
    return load_rules()


def screened(
    shipment_id: str = "S1",
    *rule_ids: str,
    revision: int | None = None,
    line_number: int | None = None,
    **columns: str,
) -> ScreenedShipment:
    """A shipment on which these rules fired."""
    stated = {"shipment_id": shipment_id, "consignee_name": "Ertis Line LLP", **columns}
    findings = [
        {"rule": rule, "title": rule, "explanation": "Ertis Line LLP", "evidence": []} for rule in rule_ids
    ]
    record: dict[str, Any] = {
        "schema": 1,
        "shipment_id": shipment_id,
        "line_number": line_number,
        "revision": revision,
        "decision": "hold" if len(rule_ids) > 1 else "review" if rule_ids else "clear",
        "score": min(40 * len(rule_ids), 100),
        "score_parts": [{"rule": rule, "points": 40, "weight": 40} for rule in rule_ids],
        "findings": findings,
        "matches": [],
        "suppressed": [],
        "shipment": stated,
        "run": RUN,
    }
    return ScreenedShipment(canonical(stated), WrittenRecord(record, json_of(record)))


def add_run(tx: Writing) -> None:
    """The run of the records, where it is not there yet."""
    if tx.connection.execute(select(RUNS.c.id).where(RUNS.c.id == RUN)).first() is None:
        tx.connection.execute(insert(RUNS).values(id=RUN, at=tx.at, manifest="{}"))
        tx.log("run", "system", f"run/{RUN}", rows=[(RUNS, RUN)])


def post(database: Database, *posted: ScreenedShipment) -> list[int | None]:
    """The alerts of shipments that are posted in one request."""
    database.write(add_run)
    return database.write(lambda tx: screenings.record(tx, posted, rules(), "post", "key/orders"))


def rows_of(database: Database, table: Any) -> Sequence[Any]:
    """All rows of a table, in the order of their keys."""
    with database.reading() as tx:
        return tx.connection.execute(select(table).order_by(*table.primary_key.columns)).all()
