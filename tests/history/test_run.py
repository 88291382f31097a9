"""A run over files looks back to its history, and its manifest says which one that was."""

import json
from pathlib import Path
from typing import Any

import pytest

from screening.history import parts
from tests.history.books import Row, csv_file, row
from tests.history.runs import screened_to


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def screened(name: str, *rows: Row, history: str | None = "h.db") -> list[dict[str, Any]]:
    csv_file(Path(), f"{name}.csv", rows)
    screened_to(f"{name}.csv", f"{name}.jsonl", history)
    return [json.loads(line) for line in Path(f"{name}.jsonl").read_text("utf-8").splitlines()]


def lane(day: str, country: str, name: str) -> Row:
    return row(shipment_id=name, shipment_date=day, exporter_name="Alpha GmbH", consignee_country=country)


def shifted(history: str | None) -> dict[str, Any]:
    """The record of a shipment that starts a lane, days after another one stopped."""
    files = {
        "old": [lane("2024-01-01", "DE", "A")],
        "stops": [lane(f"2024-02-0{n}", "RU", f"R{n}") for n in (1, 2)],
    }
    for name, rows in files.items():
        screened(name, *rows, history=history)
    (record,) = screened("starts", lane("2024-02-20", "KZ", "K"), history=history)
    return record


def test_a_lane_that_stopped_in_one_file_and_started_in_another_is_found(folder: Path) -> None:
    found = {finding["rule"]: finding for finding in shifted("h.db")["findings"]}
    assert found["PAT-003"]["related_shipments"] == ["R1", "R2"]
    assert "PAT-003" not in {finding["rule"] for finding in shifted(None)["findings"]}


def test_a_history_of_other_code_is_keyed_anew() -> None:
    with pytest.MonkeyPatch.context() as other:
        other.setattr(parts, "code_digest", lambda: "0" * 64)
        screened("a", row(shipment_id="A"))
    (record,) = screened("b", row(shipment_id="B"))
    assert record["findings"][0]["related_shipments"] == ["A"]


def test_the_manifest_says_which_history_it_was() -> None:
    screened("a", row(shipment_id="A"), row(shipment_id="X", consignee_name="Other"))
    screened("b", row(shipment_id="B"))
    told = json.loads(Path("b.jsonl.manifest.json").read_text("utf-8"))["history"]
    digest = told.pop("sha256")
    assert told == {"run": 2, "begins": "2024-03-01", "shipments": 2, "earlier": 1}
    assert len(digest) == 64


def test_two_histories_of_the_same_files_are_the_same_to_a_run() -> None:
    manifests = []
    for place in ("one.db", "two.db"):
        screened("a", row(shipment_id="A"), history=place)
        screened("b", row(shipment_id="B"), history=place)
        manifests.append(Path("b.jsonl.manifest.json").read_bytes())
    assert manifests[0] == manifests[1]


def test_a_late_revision_is_counted_as_superseded() -> None:
    screened("a", row(shipment_id="A", revision="2"))
    assert screened("b", row(shipment_id="A", revision="1")) == []
    told = json.loads(Path("b.jsonl.manifest.json").read_text("utf-8"))["counts"]
    assert (told["rows"], told["superseded"]) == (1, 1)


def test_a_file_without_a_row_adds_nothing() -> None:
    screened("a", row(shipment_id="A"))
    assert screened("b") == []
    assert screened("c", row(shipment_id="C", shipment_date="nonsense")) == []
    assert json.loads(Path("c.jsonl.manifest.json").read_text("utf-8"))["history"]["run"] == 2


def test_results_on_standard_output_enter_the_history_too(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    csv_file(Path(), "a.csv", [row(shipment_id="A")])
    screened_to("a.csv", "-", "h.db")
    assert json.loads(capsysbinary.readouterr().out)["shipment_id"] == "A"
    assert screened("b", row(shipment_id="B"))[0]["findings"][0]["related_shipments"] == ["A"]
