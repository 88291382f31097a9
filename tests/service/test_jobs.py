"""Files are screened behind the requests, and their alerts are in the store, each once."""

import io
import json
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from sqlalchemy import Table, func, select
from starlette.testclient import TestClient

from screening.service.jobs import work
from screening.service.jobs.ending import AGAIN
from screening.service.jobs.expiry import remove_files
from screening.service.running import Service
from screening.service.settings import Settings
from screening.store.schema import ALERTS, SCREENINGS, SHIPMENTS

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


def in_store(client: TestClient, asked: Any) -> Any:
    """How many rows the table has, or what the column says in its first."""
    service: Service = client.app.state.service  # type: ignore[attr-defined]
    query = select(func.count()).select_from(asked) if isinstance(asked, Table) else select(asked)
    with service.database.reading() as tx:
        return tx.connection.scalar(query)


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


def test_of_a_job_whose_files_were_removed_the_result_is_gone_and_the_alerts_stay(client: TestClient) -> None:
    service: Service = client.app.state.service  # type: ignore[attr-defined]
    job = ended(client, queued(client))["id"]
    assert remove_files(service.settings, service.database, job, "system", "their days are over")
    assert client.get(f"/jobs/{job}").json()["files_removed_at"]
    for part in ("result", "rejects"):
        answer = client.get(f"/jobs/{job}/{part}")
        assert answer.status_code == 410 and "send the file again" in answer.json()["detail"]
    assert in_store(client, ALERTS) == 1


GERMAN = "Sendung;Datum;Empfänger\nS1;20.11.2024;Azu International Ltd Sti\n"
MAPPING = """
columns: {Sendung: shipment_id, Datum: shipment_date, Empfänger: consignee_name}
date_format: "%d.%m.%Y"
"""


def test_a_mapping_says_what_the_headers_of_the_file_mean(client: TestClient) -> None:
    form = {"file": ("book.csv", GERMAN), "mapping": ("any name", MAPPING)}
    told = ended(client, client.post("/jobs", files=form).json()["id"])
    assert (told["counts"]["rows"], told["counts"]["rejected"]) == (1, 0)
    assert client.get("/alerts/1").json()["record"]["shipment"]["shipment_date"] == "20.11.2024"
    assert '"shipment_date":"2024-11-20"' in in_store(client, SHIPMENTS.c.content)


@pytest.mark.parametrize(
    ("mapping", "told"),
    [
        ("columns: {Sendung: shipment}", 'mapping, line 1: "shipment" is not a column; did you mean'),
        ("", "not a mapping file"),
        ("#" * 1_000_001, "more than 1,000,000 bytes"),
    ],
)
def test_a_mapping_that_cannot_be_used_is_refused_at_once(
    client: TestClient, tmp_path: Path, mapping: str, told: str
) -> None:
    answer = client.post("/jobs", files={"file": ("book.csv", GERMAN), "mapping": ("m.yaml", mapping)})
    (fault,) = answer.json()["errors"]
    assert (answer.status_code, fault["pointer"]) == (422, "/mapping")
    assert told in fault["detail"] and str(tmp_path) not in answer.text
    assert list(tmp_path.glob("*.jobs/*")) == []


def keyed(client: TestClient, file: str = CSV, mapping: str = MAPPING, **asked: Any) -> Any:
    form = {"file": ("book.csv", file), "mapping": ("m.yaml", mapping)}
    return client.post("/jobs", files=form, params=asked, headers={"Idempotency-Key": "night-17"})


def test_a_file_that_is_sent_again_with_its_key_is_one_job(client: TestClient, tmp_path: Path) -> None:
    first, again = keyed(client), keyed(client)
    assert (again.status_code, again.content) == (202, first.content)
    assert again.headers["location"] == first.headers["location"]
    assert len(client.get("/jobs").json()["items"]) == len(list(tmp_path.glob("*.jobs/*"))) == 1


@pytest.mark.parametrize("other", [{"file": BAD}, {"mapping": "decimal: ','"}, {"all": True}])
def test_a_key_is_that_of_one_file(client: TestClient, tmp_path: Path, other: Any) -> None:
    keyed(client)
    answer = keyed(client, **other)
    assert answer.status_code == 409 and "Idempotency-Key" in answer.json()["detail"]
    assert len(client.get("/jobs").json()["items"]) == len(list(tmp_path.glob("*.jobs/*"))) == 1


def test_the_same_file_sent_by_many_at_once_is_one_job(client: TestClient, tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as clients:
        answers = list(clients.map(lambda _: keyed(client), range(8)))
    assert {(answer.status_code, answer.content) for answer in answers} == {(202, answers[0].content)}
    assert len(client.get("/jobs").json()["items"]) == len(list(tmp_path.glob("*.jobs/*"))) == 1


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
