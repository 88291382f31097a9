"""Suppressions by HTTP: in force with the next shipment, shown in its record, and ended by hand."""

from typing import Any

import pytest
from starlette.testclient import TestClient

SHIPMENT = {
    "shipment_id": "S1",
    "shipment_date": "2026-11-21",
    "consignee_name": "JSC Rosoboronexport",
    "country_of_destination": "AZ",
}


@pytest.fixture
def settled(client: TestClient) -> Any:
    """A suppression for everything that the shipment's party is found on."""
    found = client.post("/screen", json=SHIPMENT).json()["matches"]
    about = {"party": SHIPMENT["consignee_name"], "reason": "another firm", "expires": "2027-02-01"}
    made = [client.post("/suppressions", json={**about, "entry": match["id"]}) for match in found]
    assert {answer.status_code for answer in made} == {201}
    return made[0].json()


def rules(record: Any) -> set[str]:
    return {finding["rule"] for finding in record["findings"]}


def test_a_suppression_is_in_force_with_the_next_shipment(client: TestClient, settled: Any) -> None:
    record = client.post("/screen", json=SHIPMENT | {"shipment_id": "S2"}).json()
    assert "PTY-001" not in rules(record)
    assert {match["status"] for match in record["matches"]} == {"mistaken"}
    assert {s["exception"] for s in record["suppressed"] if s["rule"] == "PTY-001"} >= {"suppression/1"}


def test_an_ended_one_is_no_more(client: TestClient, settled: Any) -> None:
    for item in client.get("/suppressions").json()["items"]:
        assert client.delete(f"/suppressions/{item['id']}").json()["standing"] == "ended"
    assert "PTY-001" in rules(client.post("/screen", json=SHIPMENT).json())
    again = client.delete(f"/suppressions/{settled['id']}")
    assert (again.status_code, again.json()["current"]["standing"]) == (409, "ended")


def test_who_answers_for_it_is_who_made_it_unless_named(client: TestClient, settled: Any) -> None:
    assert client.get(f"/suppressions/{settled['id']}").json()["owner"] == "bootstrap key"


def test_what_is_settled_is_one_thing(client: TestClient) -> None:
    about = {"reason": "known", "expires": "2027-02-01"}
    for subject in (
        {},
        {"party": "A"},
        {"rule": "RTE-001"},
        {"party": "A", "entry": "x:1", "rule": "RTE-001"},
    ):
        assert client.post("/suppressions", json=about | subject).status_code == 422
    lane = {"rule": "RTE-001", "lane": {"from": "DE", "to": "AE", "hs6": "850440"}}
    assert client.post("/suppressions", json=about | lane).json()["lane"]["hs6"] == "850440"


def test_a_suppression_that_is_sent_twice_is_one(client: TestClient) -> None:
    about = {
        "reason": "known",
        "expires": "2027-02-01",
        "rule": "RTE-001",
        "lane": {"from": "DE", "to": "AE"},
    }
    twice = [client.post("/suppressions", json=about, headers={"Idempotency-Key": "s"}).json() for _ in "12"]
    assert twice[0] == twice[1]
    assert len(client.get("/suppressions").json()["items"]) == 1
