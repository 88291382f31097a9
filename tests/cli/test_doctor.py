"""What an installation is, told so that somebody far away could mend it."""

import platform
from pathlib import Path

import pytest

from screening.cli import doctor
from screening.version import version
from tests.cli.conftest import Run


def test_the_doctor_tells_versions_engine_and_lists(run: Run, home: Path) -> None:
    result = run("doctor")
    assert (result.exit_code, result.stderr) == (0, "")
    for part in (version(), platform.python_version(), "polars", str(home), "listed-for-diversion"):
        assert part in result.stdout


def test_the_doctor_names_the_command_that_brings_a_list(run: Run) -> None:
    told = run("doctor").stdout
    assert "no official list was imported; mend it with `screening watchlists import FILE`" in told
    assert "They are not a sanctions list" in told


def test_once_a_list_is_imported_none_is_missing(run: Run) -> None:
    Path("own.csv").write_text("name\nAlpha\n", "utf-8")
    run("watchlists", "import", "own.csv")
    assert "missing" not in run("doctor").stdout


def test_a_package_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "importlib.metadata.requires", lambda name: ["no-such-package>=1", 'x; extra == "dev"']
    )
    assert list(doctor.required()) == [("no-such-package", "not installed")]
