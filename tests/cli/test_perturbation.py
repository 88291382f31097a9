"""What no test of a rule would notice, as a build would ask for it."""

import json
from pathlib import Path

from tests.cli.conftest import Run
from tests.ruleset.made_rules import folder_of, match_text


def test_a_change_that_goes_unnoticed_is_a_line_and_exit_status_1(run: Run, tmp_path: Path) -> None:
    result = run("rules", "perturb", "--rules", folder_of(tmp_path, [match_text()]))
    assert result.exit_code == 1
    assert "GDS-901: when.neighbour: in without AZ" in result.stdout


def test_a_rule_that_is_held_by_its_tests_is_exit_status_0(run: Run) -> None:
    result = run("rules", "perturb", "GDS-001")
    assert result.exit_code == 0 and result.stdout.endswith("of 1 rule: 0 unnoticed\n")


def test_the_changes_are_told_as_json_too(run: Run, tmp_path: Path) -> None:
    result = run("rules", "perturb", "--json", "--rules", folder_of(tmp_path, [match_text()]))
    told = json.loads(result.stdout)
    assert {"rule": "GDS-901", "change": "when.neighbour: in without AZ"} in told["unnoticed"]
