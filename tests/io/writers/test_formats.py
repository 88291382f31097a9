"""Alerts as JSON lines, CSV and Parquet."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from screening.errors import InputError
from screening.io.batch import LOOSE, REJECT
from screening.io.writers.formats import check_output, write_alerts
from screening.io.writers.rejects import write_rejects

ALERT: dict[str, Any] = {
    "run": "R",
    "schema": 1,
    "shipment_id": "S1",
    "line_number": None,
    "row": 17,
    "file": "shipments.csv",
    "decision": "hold",
    "score": 87,
    "score_parts": [{"rule": "GDS-011", "points": 40}],
    "findings": [
        {"rule": "GDS-011", "explanation": "Chips to Баку.", "red_flags": ["kyc", "a4"], "evidence": []},
        {"rule": "PTY-001", "explanation": "A listed firm.", "red_flags": ["kyc"], "evidence": []},
    ],
    "matches": [
        {
            "role": "consignee",
            "name": "ACME OOO",
            "id": "us:1",
            "matched_name": "Acme",
            "watchlist": "us",
            "score": 0.94,
        }
    ],
    "not_evaluated": [{"rule": "PTY-004", "missing": ["consignee.registered_on"]}],
    "would_clear": ["another consignee"],
    "shipment": {"shipment_id": "S1", "exporter_name": "=1+1", "decision": "theirs", "note": "a\u2028b"},
    "later": 1,
}
OTHER = ALERT | {"shipment_id": "S2", "shipment": {"exporter_name": "B", "more": "x"}}


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def test_a_json_line_is_the_record_in_the_contracts_order(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    write_alerts(path, [ALERT, OTHER])
    first, second = path.read_text(encoding="utf-8").splitlines()
    assert json.loads(first) == ALERT and json.loads(second) == OTHER
    assert list(json.loads(first))[:3] == ["schema", "shipment_id", "line_number"]
    assert list(json.loads(first))[-2:] == ["run", "later"]
    assert "Баку" in first


def test_an_alert_is_one_row_of_a_table_with_the_shipments_columns_after_it(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_alerts(path, [ALERT, OTHER])
    first, second = table(path)
    assert (first["decision"], first["score"], first["rules"]) == ("hold", "87", "GDS-011; PTY-001")
    assert first["explanation"] == "Chips to Баку. A listed firm."
    assert first["matches"] == "consignee ACME OOO = Acme (us, us:1, 0.94)"
    assert first["red_flags"] == "kyc; a4"
    assert first["shipment.decision"] == "theirs"
    assert (second["more"], second["note"]) == ("x", "")


def test_a_table_names_earlier_shipments_and_why_a_rule_was_open(tmp_path: Path) -> None:
    findings = [{**found, "related_shipments": ["S0", "S00"]} for found in ALERT["findings"]]
    late = {"rule": "PAT-001", "missing": ["book.reach"], "reason": "the book reaches back only to 2024"}
    write_alerts(tmp_path / "a.csv", [ALERT | {"findings": findings, "not_evaluated": [late]}, ALERT])
    first, second = table(tmp_path / "a.csv")
    assert (first["related_shipments"], second["related_shipments"]) == ("S0; S00", "")
    assert first["not_evaluated"] == "PAT-001 (the book reaches back only to 2024)"
    assert second["not_evaluated"] == "PTY-004 (missing consignee.registered_on)"


def test_a_cell_of_a_stranger_is_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_alerts(path, [ALERT | {"shipment": {"exporter_name": "=1+1", "@header": "x"}}])
    (row,) = table(path)
    assert (row["exporter_name"], row["'@header"]) == ("'=1+1", "x")


def test_a_table_is_written_record_by_record_where_the_columns_are_known(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_alerts(path, (record for record in [ALERT, OTHER]), columns=["exporter_name", "more"])
    assert [row["more"] for row in table(path)] == ["", "x"]


def test_parquet_holds_the_flat_columns_and_the_record(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    write_alerts(path, [ALERT, OTHER])
    frame = pl.read_parquet(path)
    assert frame.select("shipment_id", "score", "row").rows() == [("S1", 87, 17), ("S2", 87, 17)]
    assert frame["exporter_name"].to_list() == ["=1+1", "B"]
    assert json.loads(frame["record"][0]) == ALERT


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.parquet"])
def test_the_same_records_give_the_same_bytes_and_none_give_a_file(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    contents = []
    for records in ([ALERT, OTHER], [ALERT, OTHER], []):
        write_alerts(path, records)
        contents.append(path.read_bytes())
    assert contents[0] == contents[1] != contents[2]


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.parquet"])
def test_a_record_that_fails_leaves_no_file(tmp_path: Path, name: str) -> None:
    def records() -> Any:
        yield ALERT
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_alerts(tmp_path / name, records(), columns=["exporter_name", "decision", "note"])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "told"),
    [("a.xlsx", 'the ending ".xlsx" is no output format; use .jsonl'), ("a", "a name without an ending")],
)
def test_an_ending_that_is_not_known_is_refused(tmp_path: Path, name: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        check_output(tmp_path / name)


def test_standard_output_and_devices_take_json_lines() -> None:
    check_output("-")
    check_output("/dev/null")
    with pytest.raises(InputError, match="no space left on device"):
        write_alerts("/dev/full", [ALERT])


def test_rejects_are_a_table_with_their_place_and_reason(tmp_path: Path) -> None:
    path = tmp_path / "a.rejects.csv"
    row = ["f.csv", 2, None, "value", "=cmd()\n" + "x" * 500, '"=cmd()" is not a number', ["loose"]]
    frame = pl.DataFrame([row], schema={**REJECT, **LOOSE}, orient="row")
    write_rejects(path, [frame])
    (reject,) = table(path)
    assert list(reject) == ["file", "row", "line", "column", "value", "reason", "listed"]
    assert reject["value"].startswith("'=cmd() xxx") and len(reject["value"]) < 100
    assert (reject["row"], reject["line"], reject["listed"]) == ("2", "", "")


def test_a_listed_name_of_a_reject_is_shown(tmp_path: Path) -> None:
    frame = pl.DataFrame(schema=REJECT).clear(1).with_columns(listed=pl.lit("exporter Acme = Acme (us)"))
    write_rejects(tmp_path / "r.csv", [frame])
    assert table(tmp_path / "r.csv")[0]["listed"] == "exporter Acme = Acme (us)"
