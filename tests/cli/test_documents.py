"""The page of commands is complete: it names every command and option, and none that is not there."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from screening.cli import app

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"
SECTION = re.compile(r"^## `screening ([\w -]+?)(?: [A-Z\[].*)?`$", re.MULTILINE)


def commands(command: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    for name, one in getattr(command, "commands", {}).items():
        yield from commands(one, f"{path} {name}".strip())
    if path and not hasattr(command, "commands"):
        yield path, command


COMMANDS = dict(commands(get_command(app)))


def sections() -> dict[str, str]:
    parts = SECTION.split(PAGE.read_text("utf-8"))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_command_has_its_section_and_every_section_its_command() -> None:
    assert sections().keys() == COMMANDS.keys()


@pytest.mark.parametrize("path", COMMANDS)
def test_a_section_names_the_options_of_its_command_and_no_others(path: str) -> None:
    own = {name for p in COMMANDS[path].params for name in p.opts if name.startswith("--")} - {"--help"}
    told = set(re.findall(r"^\| `(--[\w-]+)", sections()[path], re.MULTILINE))
    assert told == own
