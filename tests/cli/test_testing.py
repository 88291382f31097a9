"""The tests as a build would run them: what fails is a sentence, and the status says so."""

import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest

from screening.resources import bundled
from tests.cli.conftest import Run

STORY = "chips-turkey-to-russia"


@pytest.fixture
def story(tmp_path: Path) -> Path:
    return Path(shutil.copytree(bundled("scenarios") / STORY, tmp_path / "stories" / STORY))


def test_everything_bundled_passes(run: Run) -> None:
    result = run("test")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.endswith(" passed, 0 failed\n")


def test_a_story_that_comes_out_otherwise_is_exit_status_1(run: Run, story: Path) -> None:
    expected = story / "expected.yaml"
    expected.write_text(expected.read_text("utf-8").replace("decision: hold", "decision: clear"), "utf-8")
    result = run("test", story, "--junit", "out.xml")
    assert result.exit_code == 1
    assert "expected clear, got hold" in result.stdout
    assert "1 test: 0 passed, 1 failed" in result.stdout
    assert ElementTree.parse("out.xml").getroot().get("failures") == "1"


def test_stories_are_judged_by_the_rules_that_are_named(run: Run, story: Path) -> None:
    shutil.copytree(bundled("rules"), "rules", ignore=shutil.ignore_patterns("gds-001*", "cmb-*"))
    assert run("test", story).exit_code == 0
    assert run("test", story, "--rules", "rules").exit_code == 1


def test_a_path_that_holds_no_test_is_one_line(run: Run) -> None:
    result = run("test", "nothing")
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)


def test_a_junit_file_that_cannot_be_written_is_told_before_any_work(run: Run, story: Path) -> None:
    result = run("test", story, "--junit", "no/out.xml")
    assert (result.exit_code, result.stdout) == (2, "")
