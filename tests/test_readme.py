"""The README shows what the program does: its demo, its Python example, its commands."""

import re
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from screening.cli import app

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def block(after: str) -> str:
    found = re.search(rf"{re.escape(after)}.*?```\w*\n(.*?)```", README, re.DOTALL)
    assert found is not None
    return found.group(1)


def test_the_demo_prints_what_the_readme_shows() -> None:
    printed = CliRunner().invoke(app, ["demo"]).output.splitlines()
    assert [line for line in block("<!-- demo").splitlines() if line not in printed] == []


def test_the_python_example_runs_and_raises_an_alert(capsys: pytest.CaptureFixture[str]) -> None:
    exec(block("From Python:"), {})  # the README's own code
    assert capsys.readouterr().out.startswith("review ")


def test_every_command_that_the_readme_names_exists() -> None:
    named = set(re.findall(r"^    screening (\w+)", README, re.MULTILINE))
    assert named and named <= set(getattr(get_command(app), "commands", {}))
