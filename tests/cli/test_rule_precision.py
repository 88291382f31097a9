"""How often each rule was right, in the list of rules."""

from tests.cli.conftest import STORE, Run


def test_the_list_of_rules_says_how_often_each_was_right(run: Run, alert: int) -> None:
    result = run("rules", "list", "--database", STORE)
    (line,) = [line for line in result.stdout.splitlines() if "PTY-001" in line]
    assert " 1 " in line and "precision" in result.stdout
    assert "precision" not in run("rules", "list").stdout
