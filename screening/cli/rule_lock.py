"""`screening rules lock`: every rule at the version at which it stands."""

from pathlib import Path
from typing import Annotated

import typer

from screening.cli.faults import FAULTY


def lock(
    folder: Annotated[
        str | None, typer.Argument(metavar="DIR", help="A folder of rules; the bundled ones without it.")
    ] = None,
) -> None:
    """Write `rules.lock`: id, version and digest of every rule.

    A rule that finds or says something else than the lock has under its version is a line and exit
    status 1, and nothing is written: raise its version first.
    """
    from screening.cli.printing import counted, results
    from screening.resources import bundled
    from screening.ruleset.reading import rule_files
    from screening.soundness import write_lock

    home = Path(folder) if folder else bundled("rules")
    page, faults = results(), write_lock(home)
    for fault in faults:
        page.line(str(fault), "red")
    if faults:
        raise typer.Exit(FAULTY)
    page.line(f"{counted(len(rule_files(home)), 'rule')} locked", "bold")
