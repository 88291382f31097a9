"""A posted shipment is answered as the library judges it, and is in the store with its alert."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import func, select
from starlette.testclient import TestClient

from screening import Screener, Shipment
from screening.service.running import Service
from screening.store.schema import SCREENINGS

LISTED = {"shipment_id": "S1", "shipment_date": "2024-11-20", "consignee_name": "Azu International Ltd Sti"}
CLEAR = {"shipment_id": "S2", "exporter_name": "Harmonia Tekstil AS", "their_row": 7}


@pytest.fixture
def screener(client: TestClient) -> Screener:
    service: Service = client.app.state.service  # type: ignore[attr-defined]
    return service.screeners.current


def posted(client: TestClient, value: Any) -> Any:
    answer = client.post("/screen", json=value)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_one_shipment_is_answered_with_its_record_and_its_alert(
    client: TestClient, screener: Screener
) -> None:
    record = posted(client, LISTED)
    assert record.pop("alert") == 1
    assert record == screener.screen(Shipment.model_validate(LISTED)).record


def test_a_list_is_answered_in_its_order_as_one_book(client: TestClient, screener: Screener) -> None:
    records = posted(client, [CLEAR, LISTED])
    assert [record.pop("alert") for record in records] == [None, 1]
    shipments = map(Shipment.model_validate, [CLEAR, LISTED])
    assert records == [result.record for result in screener.screen_many(shipments)]


def test_the_same_shipment_again_has_the_same_alert(client: TestClient) -> None:
    assert posted(client, LISTED)["alert"] == posted(client, [LISTED, LISTED])[1]["alert"]


def test_no_shipments_are_answered_with_none(client: TestClient) -> None:
    assert posted(client, []) == []


def test_a_shipment_that_cannot_be_read_is_told_with_all_its_faults(client: TestClient) -> None:
    answer = client.post("/screen", json={"hs_code": "85.42", "value": -1})
    assert answer.status_code == 422
    assert [fault["pointer"] for fault in answer.json()["errors"]] == ["/hs_code", "/value"]


@pytest.mark.parametrize(("media", "status"), [("text/csv", 415), ("application/json", 400)])
def test_what_is_no_json_is_refused(client: TestClient, media: str, status: int) -> None:
    answer = client.post("/screen", content=b"shipment_id,hs_code", headers={"Content-Type": media})
    assert answer.status_code == status


def test_too_many_shipments_are_sent_to_the_jobs(client: TestClient) -> None:
    answer = client.post("/screen", json=[{}] * 1_001)
    assert answer.status_code == 422 and "/jobs" in answer.json()["detail"]


def test_a_repeated_request_is_answered_as_the_first_and_done_once(client: TestClient) -> None:
    key = {"Idempotency-Key": "order-17"}
    first = client.post("/screen", json=LISTED, headers=key)
    again = client.post("/screen", json=LISTED, headers=key)
    assert (again.status_code, again.content) == (200, first.content)
    assert screenings(client) == 1
    assert client.post("/screen", json=CLEAR, headers=key).status_code == 409


def test_of_the_same_request_at_the_same_time_one_is_done(client: TestClient) -> None:
    with ThreadPoolExecutor(8) as clients:
        key = {"Idempotency-Key": "order-18"}
        answers = list(
            clients.map(lambda _: client.post("/screen", json=[LISTED] * 3, headers=key), range(8))
        )
    assert {(a.status_code, a.content) for a in answers} == {(200, answers[0].content)}
    assert screenings(client) == 3


def screenings(client: TestClient) -> int:
    service: Service = client.app.state.service  # type: ignore[attr-defined]
    with service.database.reading() as tx:
        return tx.connection.scalar(select(func.count()).select_from(SCREENINGS)) or 0
