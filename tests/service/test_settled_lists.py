"""What is settled of a list entry outlasts the list's next edition, and hides nobody new on it."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from screening.service.settings import Settings

HEAD = "id,name,country,type,listed_on\n"
ENTRY = "{},Silk Orient Trading,KZ,organisation,2020-01-01\n"
SHIPMENT = {"shipment_id": "S1", "shipment_date": "2026-11-20", "consignee_name": "Silk Orient Trading TOO"}
Edition = Callable[..., None]


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    """Puts entries with these numbers on the list of the site."""

    def put(*numbers: str) -> None:
        aside = tmp_path / "aside"
        aside.write_text(HEAD + "".join(map(ENTRY.format, numbers)))
        aside.replace(tmp_path / "own.csv")

    put("E-1")
    return put


@pytest.fixture
def settings(settings: Settings, edition: Edition, tmp_path: Path) -> Settings:
    own = {"watchlists": (str(tmp_path / "own.csv"),), "bundled": False, "look_seconds": 0.1, "chores": True}
    return settings.model_copy(update=own)


@pytest.fixture
def settled(client: TestClient) -> int:
    """The alert of a shipment whose party is said not to be the listed one."""
    alert = client.post("/screen", json=SHIPMENT).json()["alert"]
    about = {"party": SHIPMENT["consignee_name"], "entry": "own:E-1", "reason": "another"}
    assert client.post("/suppressions", json={**about, "expires": "2027-03-01"}).status_code == 201
    return int(alert)


def found(client: TestClient, number: int) -> dict[str, str]:
    posted = client.post("/screen", json=SHIPMENT | {"shipment_id": f"T{number}"}).json()
    return {match["id"]: match["status"] for match in posted["matches"]}


def until(client: TestClient, wanted: dict[str, str]) -> None:
    for number in range(200):
        if (told := found(client, number)) == wanted:
            return
        time.sleep(0.05)
    raise AssertionError(told)


def test_an_entry_with_another_number_is_still_settled(
    client: TestClient, settled: int, edition: Edition
) -> None:
    assert found(client, 0) == {"own:E-1": "mistaken"}
    edition("E-9")
    until(client, {"own:E-9": "mistaken"})
    assert client.get("/suppressions/1").json()["entry"] == "own:E-9"


def test_the_same_name_under_a_second_number_is_a_finding(
    client: TestClient, settled: int, edition: Edition
) -> None:
    edition("E-1", "E-2")
    until(client, {"own:E-1": "mistaken", "own:E-2": "in_force"})


def test_a_release_falls_with_an_entry_that_nobody_saw(
    client: TestClient, settled: int, edition: Edition
) -> None:
    client.post("/screen", json=SHIPMENT)
    seen = client.get(f"/alerts/{settled}").json()
    release = {"version": seen["version"], "action": "release", "reason": "no_longer_found"}
    assert client.post(f"/alerts/{settled}/decisions", json=release).json()["state"] == "released"
    edition("E-1", "E-2")
    told = _opened_again(client, settled)
    came = told["decisions"][-1]["difference"]["matches"]["came"]
    assert {match["id"]: match["status"] for match in came}["own:E-2"] == "in_force"


def _opened_again(client: TestClient, alert: int) -> Any:
    for _ in range(200):
        if (told := client.get(f"/alerts/{alert}").json())["state"] == "open":
            return told
        time.sleep(0.05)
    raise AssertionError(told["state"])
