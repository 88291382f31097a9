"""One alert in full: everything that a decision about it needs, and errors that lead to the right file."""

import json
from pathlib import Path

import pytest

from screening.cli.alerts_file import alerts_of
from tests.cli.conftest import DEMO, Run


def test_an_alert_is_explained_from_score_to_source(run: Run, alerts: Path) -> None:
    result = run("explain", "D07", "--alerts", alerts)
    assert result.exit_code == 0
    for part in (
        "АО «Рособоронэкспорт»",
        "+90",
        "of its 90: the score ends at 100",
        "match: ROSOBORONEKSPORT OAO (listed-for-diversion:ofac-18782",
        "red flag: FinCEN and BIS",
        "the publication was read",
        "why it matters:",
        "it may be honest:",
        "What would have cleared it",
        "hs_code: 851762",
    ):
        assert part in result.stdout


def test_the_parts_of_the_score_add_up_on_the_page(run: Run, alerts: Path) -> None:
    lines = run("explain", "D21", "--alerts", alerts).stdout.splitlines()
    points = [int(line.split()[0]) for line in lines if line.strip().startswith("+")]
    (whole,) = (int(line.split()[0]) for line in lines if line.rstrip().endswith("in all"))
    assert sum(points) == whole


def test_a_clear_shipment_with_a_known_name_says_who_that_is(run: Run, alerts: Path) -> None:
    told = run("explain", "D02", "--alerts", alerts).stdout
    assert "No rule fired." in told
    assert "Known of the names, without weight" in told


def test_an_unknown_shipment_names_those_that_are_near(run: Run, alerts: Path) -> None:
    result = run("explain", "D7", "--alerts", alerts)
    assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (2, "", 1)
    assert "did you mean D07" in result.stderr


def test_an_unknown_shipment_like_no_other_is_told_why(run: Run, alerts: Path) -> None:
    assert "clear shipments are in it only with" in run("explain", "nobody", "--alerts", alerts).stderr


def test_every_line_and_revision_of_a_shipment_is_explained(run: Run, alerts: Path) -> None:
    record = json.loads(alerts.read_text("utf-8").splitlines()[6])
    lines = [json.dumps({**record, "line_number": number, "revision": 2}) for number in (1, 2)]
    Path("a.jsonl").write_text("\n".join(lines), "utf-8")
    told = run("explain", record["shipment_id"], "--alerts", "a.jsonl").stdout
    assert "D07, line 1, revision 2  HOLD" in told and "D07, line 2, revision 2  HOLD" in told


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"a": 1}', '{"shipment_id": "S1"}', '{"shipment_id": 1}', "a,b\n1,2\n", "\0"]
)
def test_a_file_that_holds_no_alerts_is_one_line(run: Run, content: str) -> None:
    Path("a.jsonl").write_text(content, "utf-8")
    result = run("explain", "S1", "--alerts", "a.jsonl")
    assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (2, "", 1)
    assert result.stderr.startswith("error: a.jsonl")


@pytest.mark.parametrize("path", ["missing.jsonl", ".", DEMO])
def test_a_path_that_is_no_file_of_alerts_is_one_line(run: Run, path: str | Path) -> None:
    result = run("explain", "S1", "--alerts", path)
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)


def test_a_rule_that_is_gone_is_said_to_be_gone(run: Run, alerts: Path) -> None:
    Path("a.jsonl").write_text(alerts.read_text("utf-8").replace("PTY-001", "PTY-999"), "utf-8")
    assert "have no such rule" in run("explain", "D07", "--alerts", "a.jsonl").stdout


def test_keys_of_a_later_version_are_set_aside(alerts: Path, tmp_path: Path) -> None:
    record = json.loads(alerts.read_text("utf-8").splitlines()[6])
    record["new_key"] = 1
    record["findings"][0]["evidence"][0]["newer_key"] = {"a": 1}
    (tmp_path / "a.jsonl").write_text(json.dumps(record), "utf-8")
    (result,) = alerts_of("D07", str(tmp_path / "a.jsonl"))
    assert result.score == record["score"]


def test_a_cell_that_is_a_list_is_no_record_of_a_row(run: Run, alerts: Path, tmp_path: Path) -> None:
    record = json.loads(alerts.read_text(encoding="utf-8").splitlines()[0])
    record["shipment"]["exporter_name"] = ["A Firm"]
    (tmp_path / "a.jsonl").write_text(json.dumps(record), encoding="utf-8")
    result = run("explain", record["shipment_id"], "--alerts", tmp_path / "a.jsonl")
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)
    assert "shipment.exporter_name: is no plain value" in result.stderr
