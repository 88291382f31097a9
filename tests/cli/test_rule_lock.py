"""Rules are locked at their version, and a lock that they broke is not written over."""

from pathlib import Path

from tests.cli.conftest import Run
from tests.ruleset.made_rules import folder_of, match_text


def test_a_folder_that_is_locked_is_sound(run: Run, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, [match_text()])
    assert run("rules", "lock", folder).stdout == "1 rule locked\n"
    assert run("rules", "lint", folder).exit_code == 0


def test_a_change_under_one_version_is_refused(run: Run, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, [match_text()])
    run("rules", "lock", folder)
    before = (folder / "rules.lock").read_text(encoding="utf-8")
    result = run("rules", "lock", folder_of(tmp_path, [match_text(weight=11)]))
    assert result.exit_code == 1 and "raise `version` to 2" in result.stdout
    assert (folder / "rules.lock").read_text(encoding="utf-8") == before


def test_a_new_version_is_locked_beside_the_others(run: Run, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, [match_text()])
    run("rules", "lock", folder)
    folder_of(tmp_path, [match_text(weight=11, version=2), match_text(id="GDS-902", weight=12)])
    assert run("rules", "lint", folder).exit_code == 1
    assert run("rules", "lock", folder).stdout == "2 rules locked\n"


def test_the_lint_tells_of_a_lock_that_can_not_be_read(run: Run, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, {"gds-901-a.yaml": match_text(), "rules.lock": "GDS-901\n"})
    assert "rules.lock:1: " in run("rules", "lint", folder).stdout
