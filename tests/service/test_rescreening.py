"""Lists and rules are taken up without a pause, and what they alter is screened again."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from screening.service.running import Service
from screening.service.settings import Settings
from screening.store.replaying import replay

SHIPMENTS = [
    {"shipment_id": "S1", "shipment_date": "2024-11-20", "consignee_name": "Kondor Avia"},
    {"shipment_id": "S2", "shipment_date": "2024-11-20", "consignee_name": "Bosphorus Textiles"},
]


@pytest.fixture
def listed(tmp_path: Path) -> Callable[..., None]:
    """Puts these names on the list of the site."""

    def write(*names: str) -> None:
        rows = "".join(f"{name},RU,test\n" for name in names)
        aside = tmp_path / "aside"
        aside.write_text("name,country,source\n" + rows)
        aside.replace(tmp_path / "mine.csv")

    write("Titan Mikro")
    return write


@pytest.fixture
def settings(settings: Settings, listed: Callable[..., None], tmp_path: Path) -> Settings:
    lists = (str(tmp_path / "mine.csv"),)
    return settings.model_copy(update={"watchlists": lists, "chores": True, "look_seconds": 0.1})


def until(told: Callable[[], Any]) -> Any:
    for _ in range(600):
        if found := told():
            return found
        time.sleep(0.05)
    raise AssertionError("it never came")


def done(client: TestClient) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = client.get("/rescreenings").json()["items"]
    return [item for item in items if item["state"] == "done"]


def alerts(client: TestClient) -> dict[str, tuple[str, str]]:
    return {a["shipment_id"]: (a["decision"], a["state"]) for a in client.get("/alerts").json()["items"]}


def test_what_a_list_alters_is_screened_again_and_nothing_else(
    client: TestClient, listed: Callable[..., None]
) -> None:
    assert [record["decision"] for record in client.post("/screen", json=SHIPMENTS).json()] == ["clear"] * 2
    listed("Titan Mikro", "Kondor Avia")
    told = until(lambda: done(client))
    assert told[0]["report"] == {"screened": 2, "altered": 1}
    assert alerts(client) == {"S1": ("hold", "open")}
    assert client.post("/screen", json=SHIPMENTS[0]).json()["decision"] == "hold"
    listed("Titan Mikro")
    until(lambda: len(done(client)) == 2)
    assert alerts(client)["S1"][0] == "clear"


def test_what_was_screened_again_is_given_again(client: TestClient, listed: Callable[..., None]) -> None:
    unnamed = [{k: v for k, v in one.items() if k != "shipment_id"} for one in SHIPMENTS]
    client.post("/screen", json=[*SHIPMENTS, *unnamed])
    client.post("/screen", json=SHIPMENTS[1])
    listed("Titan Mikro", "Kondor Avia")
    assert until(lambda: done(client))[0]["report"] == {"screened": 4, "altered": 2}
    database = client.app.state.service.database  # type: ignore[attr-defined]
    with database.reading() as tx:
        assert [replay(tx, item["id"]).same for item in client.get("/alerts").json()["items"]] == [True, True]


def test_a_list_that_cannot_be_read_changes_nothing(
    client: TestClient, tmp_path: Path, listed: Callable[..., None]
) -> None:
    service: Service = client.app.state.service  # type: ignore[attr-defined]
    before = service.screeners.current
    (tmp_path / "mine.csv").write_text("colour\nred\n")
    time.sleep(0.5)
    assert service.screeners.current is before
    listed("Kondor Avia")
    until(lambda: service.screeners.current is not before)


def test_only_official_lists_are_refreshed(client: TestClient) -> None:
    answer = client.post("/watchlists/refresh", json={"lists": ["ofac-sdn", "moon"]})
    assert answer.status_code == 422 and answer.json()["errors"][0]["pointer"] == "/lists/1"


def test_a_refresh_says_what_is_wrong(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path / "home"))
    assert client.post("/watchlists/refresh", json={}).status_code == 202
    (told,) = until(lambda: [i for i in client.get("/watchlists/refresh").json()["items"] if i["ended_at"]])
    assert told["state"] == "failed" and "no official list is imported" in told["fault"]
