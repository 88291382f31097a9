"""Alerts by HTTP: posted shipments are found, looked at, and decided on by two."""

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

SHIPMENT = {
    "shipment_id": "S1",
    "shipment_date": "2026-11-21",
    "consignee_name": "JSC Rosoboronexport",
    "country_of_destination": "Azerbaijan",
}
Asking = Callable[..., Any]


@pytest.fixture
def alert(client: TestClient) -> int:
    return int(client.post("/screen", json=SHIPMENT).json()["alert"])


@pytest.fixture
def key_of(client: TestClient) -> Callable[..., dict[str, str]]:
    """The header of somebody with a key of these scopes."""

    def made(*scopes: str) -> dict[str, str]:
        answer = client.post("/keys", json={"name": " ".join(scopes), "scopes": scopes}).json()
        return {"Authorization": f"Bearer {answer['key']}"}

    return made


@pytest.fixture
def decide(client: TestClient, alert: int) -> Asking:
    def decided(headers: dict[str, str] | None = None, **asked: Any) -> Any:
        seen = client.get(f"/alerts/{alert}").json()["version"]
        body = {"version": seen, **asked}
        return client.post(f"/alerts/{alert}/decisions", json=body, headers=headers)

    return decided


def test_an_alert_is_found_by_who_and_where(client: TestClient, alert: int) -> None:
    asked = {"party": "rosoboronexport", "destination": "AZ", "state": "open", "decision": "hold"}
    page = client.get("/alerts", params=asked).json()
    assert ([item["id"] for item in page["items"]], page["next"]) == ([alert], None)
    assert client.get("/alerts", params=asked | {"destination": "Kazakhstan"}).json()["items"] == []


def test_an_alert_shows_its_record_and_its_screenings(client: TestClient, alert: int) -> None:
    told = client.get(f"/alerts/{alert}").json()
    assert told["record"]["shipment"]["consignee_name"] == "JSC Rosoboronexport"
    assert [(s["cause"], s["decision"]) for s in told["screenings"]] == [("post", "hold")]
    assert (told["decisions"], told["version"], told["rules"][0]) == ([], 1, "PTY-001")


def test_a_release_of_a_hold_takes_two_keys(decide: Asking, key_of: Asking) -> None:
    ada, ben = key_of("read", "decide"), key_of("decide")
    release = {"action": "release", "reason": "other_particulars", "comment": "other city"}
    proposed = decide(ada, **release)
    assert (proposed.status_code, proposed.json()["release_proposed"]) == (201, True)
    assert decide(ada, **release).status_code == 403
    assert decide(ben, **release).json()["state"] == "released"


def test_who_saw_an_old_version_gets_the_alert_as_it_stands(decide: Asking) -> None:
    decide(action="escalate", reason="needs_counsel")
    answer = decide(action="comment", comment="late", version=1)
    assert answer.status_code == 409
    assert (answer.json()["current"]["state"], answer.json()["current"]["version"]) == ("escalated", 2)


def test_another_content_of_a_released_shipment_opens_it_again(
    client: TestClient, alert: int, decide: Asking, key_of: Asking
) -> None:
    for person in (key_of("decide"), key_of("decide")):
        decide(person, action="release", reason="licensed")
    changed = SHIPMENT | {"end_user_name": "Kalashnikov Concern"}
    assert client.post("/screen", json=changed).json()["alert"] == alert
    told = client.get(f"/alerts/{alert}").json()
    assert told["state"] == "open"
    assert told["decisions"][-1]["difference"]["shipment"]["end_user_name"]["after"] == "Kalashnikov Concern"


def test_a_page_ends_with_the_cursor_of_the_next(client: TestClient) -> None:
    client.post("/screen", json=[SHIPMENT | {"shipment_id": f"S{n}"} for n in range(5)])
    seen: list[str] = []
    cursor = None
    while cursor is not None or not seen:
        page = client.get("/alerts", params={"limit": 2, **({"cursor": cursor} if cursor else {})}).json()
        seen, cursor = [*seen, *(item["shipment_id"] for item in page["items"])], page["next"]
    assert sorted(seen) == [f"S{n}" for n in range(5)]


@pytest.mark.parametrize(
    "asked",
    [
        {"state": "closed"},
        {"limit": "0"},
        {"colour": "red"},
        {"opened_from": "0.5"},
        {"destination": "Atlantis"},
        {"rule": "GDS"},
    ],
)
def test_what_can_not_be_asked_for_is_told_with_its_parameter(
    client: TestClient, asked: dict[str, str]
) -> None:
    answer = client.get("/alerts", params=asked)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parameter"].startswith(next(iter(asked)))


def test_a_page_that_there_is_not_is_not_found(client: TestClient) -> None:
    answer = client.get("/alerts", params={"cursor": "abc"})
    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (404, "cursor")


def test_a_moment_before_the_calendar_is_its_beginning(client: TestClient) -> None:
    assert client.get("/alerts", params={"opened_from": "0001-01-01T00:00:00+10:00"}).status_code == 200


def test_a_reason_that_is_none_is_told_with_its_place(decide: Asking) -> None:
    answer = decide(action="block", reason="because")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (409, "/reason")


def test_there_are_reasons_for_every_action_that_asks_for_one(client: TestClient) -> None:
    listed = client.get("/reasons").json()["items"]
    assert {item["action"] for item in listed} == {"escalate", "release", "refuse", "block", "reopen"}


def test_an_alert_that_is_not_there_is_not_found(client: TestClient) -> None:
    assert client.get("/alerts/99").status_code == 404
    assert client.get("/alerts/0").status_code == 422
    assert client.get(f"/alerts/{2**70}").status_code == 422


def test_decisions_are_for_who_may_decide(alert: int, decide: Asking, key_of: Asking) -> None:
    assert decide(key_of("read", "screen", "administer"), action="review").status_code == 403


def test_rules_say_how_often_they_were_right(client: TestClient, decide: Asking) -> None:
    decide(action="block", reason="listed_party")
    (rule,) = [item for item in client.get("/rules").json()["items"] if item["id"] == "PTY-001"]
    assert rule["precision"] == {"alerts": 1, "right": 1, "wrong": 0, "share": 1.0}


def test_a_decision_that_is_sent_twice_is_taken_once(decide: Asking, key_of: Asking) -> None:
    again = key_of("decide") | {"Idempotency-Key": "d-1"}
    step = {"action": "escalate", "reason": "needs_counsel", "version": 1}
    first, second = decide(again, **step), decide(again, **step)
    assert (second.status_code, second.json()) == (201, first.json())
    assert decide(again, **step | {"reason": "likely_match"}).status_code == 409
