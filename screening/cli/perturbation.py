"""`screening rules perturb`: which changes of a rule would its own tests not notice?"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from screening.cli.faults import FAULTY
from screening.cli.rule_folder import AsJson, RulesOption


def perturb(
    rule_ids: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="RULE", help="Rules, such as GDS-001; all of them without it.", show_default=False
        ),
    ] = None,
    rules: RulesOption = None,
    as_json: AsJson = False,
) -> None:
    """Change rules a little, and list the changes that no test of theirs notices.

    Every constant is shifted, every clause dropped and negated, `and` and `or` exchanged. Exit status 1
    when a change goes unnoticed.
    """
    from screening.cli.printing import counted, results
    from screening.perturb import perturb as perturbed
    from screening.rule_tests import bundled_screener

    found = perturbed(bundled_screener(Path(rules) if rules else None), rule_ids or ())
    page = results()
    if as_json:
        page.line(json.dumps(asdict(found), ensure_ascii=False))
    else:
        for change in found.unnoticed:
            page.line(f"{change.rule}: {change.change}", "red")
        tried = f"{counted(found.changes, 'change')} of {counted(found.rules, 'rule')}"
        page.line(f"{tried}: {len(found.unnoticed):,} unnoticed", "bold")
    if found.unnoticed:
        raise typer.Exit(FAULTY)
