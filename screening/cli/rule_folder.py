"""The rules that a command speaks of: the bundled ones, or those of a folder."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from screening.ruleset.loading import RuleSet

RulesOption = Annotated[
    str | None, typer.Option("--rules", metavar="DIR", help="A folder of rules instead of the bundled ones.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]


def load(rules: str | None) -> "RuleSet":
    """The rules of the folder, or the bundled ones."""
    from screening.ruleset.loading import load_rules

    return load_rules(Path(rules) if rules else None)
