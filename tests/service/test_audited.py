"""Whatever is done by HTTP stands in the audit log, which proves the store and names nobody's business."""

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from screening.service.running import Service
from screening.store.audit import Verification, verify
from screening.store.database import Database
from screening.store.forgetting import forget_party
from screening.store.schema import AUDIT

LISTED = {
    "shipment_id": "S1",
    "shipment_date": "2026-11-21",
    "consignee_name": "JSC Rosoboronexport",
    "end_user_name": "Ivan Petrov",
}


@pytest.fixture
def database(client: TestClient) -> Database:
    """The store of a service by which much was done."""
    service: Service = client.app.state.service  # type: ignore[attr-defined]
    alert = client.post("/screen", json=LISTED).json()["alert"]
    client.post("/screen", json=[LISTED | {"goods_description": "bearings"}, {"shipment_id": "S2"}])
    version = client.get(f"/alerts/{alert}").json()["version"]
    step = {"version": version, "action": "comment", "comment": "Ivan Petrov called"}
    assert client.post(f"/alerts/{alert}/decisions", json=step).status_code == 201
    key = client.post("/keys", json={"name": "orders", "scopes": ["screen"]}).json()["id"]
    assert client.delete(f"/keys/{key}").status_code == 200
    return service.database


def verified(database: Database) -> Verification:
    with database.reading() as tx:
        return verify(tx)


def test_the_log_proves_what_was_done(database: Database) -> None:
    assert verified(database).faults == []
    with database.reading() as tx:
        kinds = set(tx.connection.execute(select(AUDIT.c.kind)).scalars())
    assert {"screened", "run", "rules.used", "watchlist.used", "alert.comment", "key.revoked"} <= kinds


def test_the_log_names_nobody(database: Database) -> None:
    with database.reading() as tx:
        told = "".join(tx.connection.execute(select(AUDIT.c.subject + AUDIT.c.body)).scalars())
    assert "Petrov" not in told
    assert "Rosoboronexport" not in told


def test_a_person_is_forgotten_and_the_log_proves_what_is_left(
    client: TestClient, database: Database
) -> None:
    assert forget_party(database, "Petrov, Ivan", "ada") == 2
    assert verified(database).faults == []
    shown = client.get("/alerts/1").text
    assert "Petrov" not in shown
    assert '"decision":"hold"' in shown
