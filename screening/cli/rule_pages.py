"""`screening rules pages`: a page for every rule, made from the rule itself."""

from pathlib import Path
from typing import Annotated

import typer

from screening.cli.faults import FAULTY
from screening.cli.rule_folder import RulesOption, load


def pages(
    folder: Annotated[
        str, typer.Argument(metavar="DIR", help="The folder that holds the pages and nothing else.")
    ],
    rules: RulesOption = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit status 1 when a page is not up to date.")
    ] = False,
) -> None:
    """Write a page for every rule, with an index by family and by red flag."""
    from screening.cli.printing import counted, results
    from screening.ruleset.pages import rule_pages, stale_pages, write_pages

    made, home, page = rule_pages(load(rules)), Path(folder), results()
    if not check:
        write_pages(made, home)
        page.line(f"{counted(len(made), 'page')} in {home}", "bold")
        return
    stale = stale_pages(made, home)
    for name in stale:
        page.line(f"{home / name}: is not up to date; `screening rules pages {home}` writes it", "red")
    if stale:
        raise typer.Exit(FAULTY)
