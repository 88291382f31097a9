"""`screening replay` on the command line."""

import json
import sqlite3

from tests.cli.conftest import STORE, Run


def test_the_same_result_comes_again(run: Run, alert: int) -> None:
    result = run("replay", str(alert), "--database", STORE, "--output", "-")
    assert (result.exit_code, result.stderr) == (0, "the same result\n")
    assert json.loads(result.stdout)["shipment"]["consignee_name"] == "JSC Rosoboronexport"


def test_another_result_is_told_with_exit_status_1(run: Run, alert: int) -> None:
    with sqlite3.connect("store.db") as connection:
        connection.execute("""UPDATE screenings SET record = replace(record, '"hold"', '"review"')""")
    result = run("replay", str(alert), "--database", STORE)
    assert result.exit_code == 1
    assert result.stderr == "decision: was 'review', is 'hold'\nanother result\n"


def test_an_alert_that_is_not_there_is_told_in_one_line(run: Run, alert: int) -> None:
    result = run("replay", "99", "--database", STORE)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "there is no alert 99" in result.stderr
