"""Pages are written from the rules, and a build can ask whether they still fit."""

from pathlib import Path

from tests.cli.conftest import Run
from tests.ruleset.made_rules import folder_of, match_text


def test_pages_that_were_just_written_are_up_to_date(run: Run, tmp_path: Path) -> None:
    rules = folder_of(tmp_path / "rules", [match_text()])
    assert run("rules", "pages", tmp_path / "pages", "--rules", rules).exit_code == 0
    assert run("rules", "pages", tmp_path / "pages", "--rules", rules, "--check").exit_code == 0


def test_a_rule_that_changed_is_a_stale_page(run: Run, tmp_path: Path) -> None:
    rules = folder_of(tmp_path / "rules", [match_text()])
    run("rules", "pages", tmp_path / "pages", "--rules", rules)
    folder_of(rules, [match_text(rationale="Another reason.")])
    result = run("rules", "pages", tmp_path / "pages", "--rules", rules, "--check")
    assert result.exit_code == 1 and "gds-901.md: is not up to date" in result.stdout
