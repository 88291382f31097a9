"""The demo teaches what the tool does: alerts with their reasons, honest trade, lists, and what is next."""

from pathlib import Path

from screening.run import NO_CLEARANCE
from tests.cli.conftest import Run


def test_the_demo_shows_alerts_with_reasons_and_writes_nothing(run: Run, tmp_path: Path) -> None:
    result = run("demo")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "HOLD" in result.stdout and "REVIEW" in result.stdout
    assert "is on the Common High Priority List" in result.stdout
    assert list(tmp_path.iterdir()) == []


def test_the_demo_says_what_the_bundled_firms_are_not(run: Run) -> None:
    told = run("demo").stdout
    assert "They are not a sanctions list" in told
    assert "screening watchlists import FILE" in told
    assert NO_CLEARANCE in told


def test_the_demo_explains_a_known_name_that_is_no_alert(run: Run) -> None:
    assert "Baykar Makina Sanayi ve Ticaret A.Ş.: Turkish maker" in run("demo").stdout
