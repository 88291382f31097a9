"""The main job: what is written, what is told, and what the exit status says."""

import csv
import json
from pathlib import Path

import pytest

from screening.run import NO_CLEARANCE
from tests.cli.conftest import DEMO, Run, table

ROW = {
    "shipment_id": "S1",
    "shipment_date": "2023-05-05",
    "exporter_name": "Alpha GmbH",
    "exporter_country": "TR",
    "consignee_name": "OOO Beta",
    "consignee_country": "RU",
    "hs_code": "854231",
    "country_of_destination": "RU",
}


def test_alerts_go_to_the_output_and_the_summary_to_standard_error(run: Run) -> None:
    result = run("screen", DEMO, "--output", "a.jsonl")
    assert (result.exit_code, result.stdout) == (0, "")
    decisions = {json.loads(line)["decision"] for line in Path("a.jsonl").read_text("utf-8").splitlines()}
    assert decisions == {"review", "hold"}
    assert NO_CLEARANCE in result.stderr
    assert "PTY-001" in result.stderr and "a.jsonl.manifest.json" in result.stderr


def test_standard_output_holds_nothing_but_records(run: Run) -> None:
    result = run("screen", "-", "--all", "--output", "-", given=table(ROW, {**ROW, "shipment_id": "S2"}))
    assert result.exit_code == 0
    assert [json.loads(line)["shipment_id"] for line in result.stdout.splitlines()] == ["S1", "S2"]


def test_every_row_is_accounted_for(run: Run) -> None:
    rows = [ROW, {**ROW, "shipment_id": "S2", "hs_code": "abc"}, {**ROW, "consignee_country": "Wakanda"}]
    Path("in.csv").write_text(table(*rows), "utf-8")
    told = run("screen", "in.csv").stderr
    assert "3 rows = 0 cleared + 0 review + 1 hold + 2 rejected + 0 superseded" in told
    assert '"abc" is not an HS code' in told and "Wakanda" in told


def test_a_reject_tells_of_listed_names_on_it(run: Run) -> None:
    Path("in.csv").write_text(table({**ROW, "hs_code": "85", "consignee_name": "Rosoboronexport"}), "utf-8")
    assert "consignee Rosoboronexport = ROSOBORONEKSPORT" in run("screen", "in.csv").stderr


@pytest.mark.parametrize(
    ("cells", "threshold", "status"),
    [
        ({}, "hold", 1),
        ({}, "review", 1),
        ({"hs_code": "610910"}, "review", 0),
        ({"hs_code": "abc"}, "review", 1),
        ({"hs_code": "abc"}, "hold", 0),
    ],
)
def test_the_exit_status_says_what_was_found(
    run: Run, cells: dict[str, str], threshold: str, status: int
) -> None:
    Path("in.csv").write_text(table({**ROW, **cells}), "utf-8")
    assert run("screen", "in.csv", "--fail-on", threshold).exit_code == status


def test_the_number_of_workers_changes_no_byte(run: Run) -> None:
    for workers in ("1", "2", "64"):
        assert run("screen", DEMO, "--output", f"{workers}.jsonl", "--workers", workers).exit_code == 0
    assert len({Path(f"{n}.jsonl").read_bytes() for n in (1, 2, 64)}) == 1


def test_no_worker_is_too_few(run: Run) -> None:
    assert run("screen", DEMO, "--workers", "0").exit_code == 2


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nothing.csv"], "error: nothing.csv: no such file"),
        (["in.csv", "--output", "a.html"], 'error: a.html: the ending ".html" is no output format'),
        (["in.csv", "--output", "no/a.csv"], "error: no/a.csv: the folder no is not there"),
        (["in.csv", "--watchlist", "no.csv"], "error: no.csv: there is no such file"),
        (["in.csv", "--rules", "no"], "error: no: is no folder of rules"),
        (["in.csv", "--mapping", "no.yaml"], "error: no.yaml: "),
        (["in.csv", "--exceptions", "no"], "error: no: is no folder of exceptions"),
        (["in.csv", "--rates", "no.csv"], "error: no.csv: no such file"),
        (["in.csv", "--output", "in.csv"], "error: in.csv: would be overwritten"),
        (["in.csv", "--output", "a.csv", "--rejects", "a.csv"], "error: a.csv: would be overwritten"),
    ],
)
def test_what_cannot_be_used_is_one_line(run: Run, words: list[str], told: str) -> None:
    Path("in.csv").write_text(table(ROW), "utf-8")
    result = run("screen", *words)
    assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (2, "", 1)
    assert result.stderr.startswith(told)
    assert Path("in.csv").read_text("utf-8").startswith("shipment_id")


def test_every_fault_of_a_rule_has_its_line(run: Run) -> None:
    Path("rules").mkdir()
    for number in range(30):
        Path(f"rules/r{number:02}.yaml").write_text("id: X\n", "utf-8")
    result = run("screen", DEMO, "--rules", "rules")
    assert result.exit_code == 2
    lines = result.stderr.splitlines()
    assert lines[0].startswith("error: r00.yaml:1: ")
    assert lines[-1].startswith("error: and ") and len(lines) == 21


def test_one_own_list_alone_is_enough(run: Run) -> None:
    Path("own.csv").write_text("name\nAlpha\n", "utf-8")
    Path("in.csv").write_text(
        table({**ROW, "consignee_country": "DE", "country_of_destination": "DE"}), "utf-8"
    )
    result = run("screen", "in.csv", "--watchlist", "own.csv", "--no-bundled", "--output", "a.csv")
    (alert,) = csv.DictReader(Path("a.csv").read_text("utf-8-sig").splitlines())
    assert "PTY-001" in str(alert)
    assert "own: 1 entry, named: own.csv" in result.stderr
    assert "listed-for-diversion" not in result.stderr


def test_strangers_text_cannot_move_the_cursor(run: Run) -> None:
    Path("in.csv").write_text(table({**ROW, "consignee_name": "Evil [bold]\u202etxt"}), "utf-8")
    told = run("screen", "in.csv").stderr
    assert "Evil [bold]\\u202etxt" in told
    assert "\u202e" not in told and "\x1b" not in told


def test_rules_that_want_a_column_are_told_once(run: Run) -> None:
    told = run("screen", DEMO).stderr
    assert told.count("bank_country") == 1
    assert "PTY-009" in told
