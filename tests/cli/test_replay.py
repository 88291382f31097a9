"""`screening replay` on the command line."""

import json
import sqlite3

import pytest
from starlette.testclient import TestClient

from screening.service.app import create_app
from screening.service.settings import Settings
from tests.cli.conftest import Run

URL = "sqlite:///store.db"
SHIPMENT = {"shipment_id": "S1", "shipment_date": "2026-11-02", "consignee_name": "JSC Rosoboronexport"}


@pytest.fixture
def alert(run: Run) -> int:
    """An alert in a store of the current folder."""
    settings = Settings.read({}, database=URL, bootstrap_key="a key of tests")
    with TestClient(create_app(settings), headers={"Authorization": "Bearer a key of tests"}) as client:
        return int(client.post("/screen", json=SHIPMENT).json()["alert"])


def test_the_same_result_comes_again(run: Run, alert: int) -> None:
    result = run("replay", str(alert), "--database", URL, "--output", "-")
    assert (result.exit_code, result.stderr) == (0, "the same result\n")
    assert json.loads(result.stdout)["shipment"]["consignee_name"] == "JSC Rosoboronexport"


def test_another_result_is_told_with_exit_status_1(run: Run, alert: int) -> None:
    with sqlite3.connect("store.db") as connection:
        connection.execute("""UPDATE screenings SET record = replace(record, '"hold"', '"review"')""")
    result = run("replay", str(alert), "--database", URL)
    assert result.exit_code == 1
    assert result.stderr == "decision: was 'review', is 'hold'\nanother result\n"


def test_an_alert_that_is_not_there_is_told_in_one_line(run: Run, alert: int) -> None:
    result = run("replay", "99", "--database", URL)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "there is no alert 99" in result.stderr


def test_the_list_of_rules_says_how_often_each_was_right(run: Run, alert: int) -> None:
    result = run("rules", "list", "--database", URL)
    (line,) = [line for line in result.stdout.splitlines() if "PTY-001" in line]
    assert " 1 " in line and "precision" in result.stdout
    assert "precision" not in run("rules", "list").stdout
