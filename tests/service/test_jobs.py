"""Files are screened behind the requests, and their alerts are in the store, each once."""

import io
import json
import time
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from sqlalchemy import func, select
from starlette.testclient import TestClient

from screening.service.jobs import work
from screening.service.jobs.ending import AGAIN
from screening.service.running import Service
from screening.service.settings import Settings
from screening.store.schema import ALERTS, SCREENINGS

CSV = "shipment_id,shipment_date,consignee_name\nS1,2024-11-20,Azu International Ltd Sti\n"
CSV += "S2,2024-11-20,Bakery\n"
BAD = CSV + "S3,20 Nov,Bakery\n"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"jobs_at_once": 1})


def queued(client: TestClient, file: str = CSV, **asked: Any) -> str:
    answer = client.post("/jobs", content=file.encode(), headers={"Content-Type": "text/csv"}, params=asked)
    assert answer.status_code == 202, answer.text
    assert answer.headers["location"] == f"/jobs/{answer.json()['id']}"
    return str(answer.json()["id"])


def ended(client: TestClient, job: str) -> dict[str, Any]:
    for _ in range(600):
        told: dict[str, Any] = client.get(f"/jobs/{job}").json()
        if told["state"] in ("done", "failed"):
            return told
        time.sleep(0.1)
    raise AssertionError(told)


def in_store(client: TestClient, table: Any) -> int:
    service: Service = client.app.state.service  # type: ignore[attr-defined]
    with service.database.reading() as tx:
        return tx.connection.scalar(select(func.count()).select_from(table)) or 0


def test_a_file_is_screened_and_its_alerts_are_kept(client: TestClient) -> None:
    job = queued(client, BAD, name="../my book.csv")
    told = ended(client, job)
    assert told["counts"] == {
        **{"rows": 3, "cleared": 1, "review": 0, "hold": 1, "rejected": 1, "superseded": 0}
    }
    lines = client.get(f"/jobs/{job}/result").text.splitlines()
    assert [json.loads(line)["shipment_id"] for line in lines] == ["S1"]
    assert json.loads(lines[0])["file"].endswith("my_book.csv") and told["file"] == "my_book.csv"
    table = pl.read_parquet(io.BytesIO(client.get(f"/jobs/{job}/result?format=parquet").content))
    assert table["shipment_id"].to_list() == ["S1"]
    assert "20 Nov" in client.get(f"/jobs/{job}/rejects").text
    assert (in_store(client, ALERTS), in_store(client, SCREENINGS)) == (1, 1)


def test_a_file_may_come_in_a_form(client: TestClient) -> None:
    answer = client.post("/jobs", files={"file": ("book.csv", CSV)}, params={"all": True})
    told = ended(client, answer.json()["id"])
    assert (told["file"], told["counts"]["rows"], told["all"]) == ("book.csv", 2, True)
    assert len(client.get(f"/jobs/{told['id']}/result").text.splitlines()) == 2


def test_a_file_that_cannot_be_read_fails_with_what_is_wrong(client: TestClient) -> None:
    told = ended(client, queued(client, "colour\nred\n"))
    assert told["state"] == "failed" and "no column that we know" in told["fault"]
    assert client.get(f"/jobs/{told['id']}/result").status_code == 409


def test_a_job_is_deleted_with_its_files(client: TestClient, tmp_path: Path) -> None:
    told = ended(client, queued(client))
    assert client.delete(f"/jobs/{told['id']}").status_code == 204
    assert client.get(f"/jobs/{told['id']}").status_code == 404
    assert list(tmp_path.glob("*.jobs/*")) == []


@pytest.mark.parametrize("form", [{"other": ("x", CSV)}, {"file": ("x", "")}])
def test_a_request_without_a_file_is_refused_and_leaves_nothing(
    client: TestClient, tmp_path: Path, form: Any
) -> None:
    assert client.post("/jobs", files=form).status_code == 422
    assert client.post("/jobs", content=b"").status_code == 422
    assert list(tmp_path.glob("*.jobs/*")) == []


def test_jobs_are_listed_page_by_page_the_newest_first(client: TestClient) -> None:
    made = [queued(client) for _ in range(3)]
    first = client.get("/jobs?limit=2").json()
    second = client.get("/jobs", params={"limit": 2, "cursor": first["next"]}).json()
    assert [job["id"] for page in (first, second) for job in page["items"]] == made[::-1]
    assert second["next"] is None


def test_a_process_that_cannot_reach_the_store_asks_to_be_started_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCREENING_DATABASE", str(tmp_path / "gone.sqlite"))
    monkeypatch.setattr("sys.argv", ["work", "0" * 24, "worker"])
    monkeypatch.setattr(work, "_end_with_parent", lambda: None)
    monkeypatch.setattr(work, "_give_way", lambda: None)
    with pytest.raises(SystemExit, match=str(AGAIN)):
        work.main()
