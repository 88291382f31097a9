"""What a list change alters in earlier results, from the command line."""

import json
from pathlib import Path

import pytest
from typer.testing import Result

from tests.cli.conftest import Run, table

ROW = {"consignee_name": "Zyxwv Microelectronics", "consignee_country": "RU", "hs_code": "854231"}
ARGUMENTS = ("--from", "old.csv", "--to", "new.csv", "--no-bundled", "--alerts", "alerts.jsonl")


@pytest.fixture
def rescreened(run: Run) -> Result:
    """The result of a run in which the consignee of one of two shipments comes onto a list."""
    prepared(run)
    return run("rescreen", "book.csv", *ARGUMENTS, "--output", "altered.jsonl")


def prepared(run: Run, *options: str) -> None:
    rows = [ROW | {"shipment_id": "S1"}, ROW | {"shipment_id": "S2", "consignee_name": "Bosphorus Textiles"}]
    Path("book.csv").write_text(table(*rows), "utf-8")
    Path("old.csv").write_text("id,name\n1,Ostrich\n", "utf-8")
    Path("new.csv").write_text("id,name\n1,Ostrich\n2,Zyxwv Microelectronics\n", "utf-8")
    told = run(
        "screen", "book.csv", "--watchlist", "old.csv", "--no-bundled", "--output", "alerts.jsonl", *options
    )
    assert told.exit_code == 0, told.stderr


def test_an_altered_shipment_stands_there_before_and_after(rescreened: Result) -> None:
    (record,) = map(json.loads, Path("altered.jsonl").read_text("utf-8").splitlines())
    assert record["shipment_id"] == "S1"
    assert record["before"]["matches"] == [] and record["after"]["matches"][0]["id"] == "new:2"
    assert rescreened.stdout == "" and "2 shipments, 1 of them screened again: 1 altered" in rescreened.stderr


def test_what_is_altered_is_what_a_full_run_gives(run: Run, rescreened: Result) -> None:
    run("screen", "book.csv", "--watchlist", "new.csv", "--no-bundled", "--output", "full.jsonl")
    (record,) = map(json.loads, Path("altered.jsonl").read_text("utf-8").splitlines())
    assert record["after"] == json.loads(Path("full.jsonl").read_text("utf-8").splitlines()[0])


@pytest.mark.parametrize("option", [(), ("--all",)])
def test_without_an_output_a_sentence_tells_each(run: Run, option: tuple[str, ...]) -> None:
    prepared(run, *option)
    result = run("rescreen", "book.csv", *ARGUMENTS)
    assert result.stdout.startswith("S1: ") and "matches Zyxwv Microelectronics (new:2" in result.stdout
    assert "warning" not in result.stderr and result.exit_code == 0


def test_alerts_of_another_run_are_told_of(run: Run) -> None:
    prepared(run)
    Path("old.csv").write_text("id,name\n1,Pelican\n", "utf-8")
    assert "alerts.jsonl was made with other rules" in run("rescreen", "book.csv", *ARGUMENTS).stderr


def test_an_altered_shipment_may_fail_the_run(run: Run) -> None:
    prepared(run)
    assert run("rescreen", "book.csv", *ARGUMENTS, "--fail-on", "review").exit_code == 1


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("--output", "alerts.jsonl"), "would be overwritten"),
        (("--to", "nothing"), "is no file and no imported list"),
        (("--alerts", "book.csv"), "is no line of JSON"),
        (("--alerts", "nothing.jsonl"), "nothing.jsonl"),
    ],
)
def test_what_can_not_be_used_is_one_line(run: Run, words: tuple[str, ...], what: str) -> None:
    prepared(run)
    result = run("rescreen", "book.csv", *ARGUMENTS, *words)
    assert result.exit_code == 2 and what in result.stderr and len(result.stderr.splitlines()) == 1
