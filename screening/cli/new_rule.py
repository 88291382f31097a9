"""`screening rules new`: a rule from what its writer says, asked for or given as options."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from screening.cli.faults import FAULTY

_CLAUSE = 'Clause, such as `chips: field: goods.hs6, in: ["854231"], say: "HS {value}"`'


def _option(prompt: str, told: str) -> typer.models.OptionInfo:
    found: typer.models.OptionInfo = typer.Option(prompt=prompt, help=told, show_default=False)
    return found


def new(
    family: Annotated[str, _option("Family (PTY, GDS, DOC, RTE)", "The family: PTY, GDS, DOC or RTE.")],
    title: Annotated[str, _option("Title", "What the rule finds, in a few words.")],
    severity: Annotated[str, _option("Severity (low, medium, high, critical)", "How grave it is.")],
    weight: Annotated[int, _option("Weight", "Points, in the band of the severity.")],
    rationale: Annotated[str, _option("Why is this suspicious", "Why this is suspicious.")],
    red_flags: Annotated[str, _option("Red flags, by id, with commas", "Published red flags, with commas.")],
    wrong: Annotated[str, _option("When is it wrong", "An honest way in which the rule is wrong.")],
    hit: Annotated[str, _option('A shipment that it finds (hs_code: "854231", ...)', "A shipment it finds.")],
    clear: Annotated[str, _option("The nearest that it does not find", "The nearest that it does not.")],
    clause: Annotated[
        list[str] | None, typer.Option(help=f"{_CLAUSE}; may be repeated.", show_default=False)
    ] = None,
    condition: Annotated[str, typer.Option(help="Clause names with and, or, not; all without it.")] = "",
    rules: Annotated[str, typer.Option(metavar="DIR", help="The folder of rules.")] = "rules",
) -> None:
    """Write a new rule over one shipment, as an experimental one.

    What is not given as an option is asked for. The rule gets the next free number of its family, and
    is written when the lint has nothing to say; else its faults are told, and exit status 1.
    """
    from screening.cli.printing import results
    from screening.ruleset.drafting import Draft, file_name, next_id
    from screening.ruleset.reading import read_folder
    from screening.soundness import add_rule

    folder = Path(rules)
    draft = Draft(
        id=next_id(family.upper(), [rule.id for rule in read_folder(folder).rules]),
        title=title,
        severity=severity,
        weight=weight,
        rationale=rationale,
        red_flags=[flag.strip() for flag in red_flags.split(",")],
        false_positives=[wrong],
        clauses=clause or _asked_clauses(),
        condition=condition,
        hit=hit,
        clear=clear,
        created=date.today(),
    )
    page, path = results(), folder / file_name(draft.id, title)
    faults = add_rule(folder, path, draft)
    for fault in faults:
        page.line(str(fault), "red")
    if faults:
        raise typer.Exit(FAULTY)
    page.line(f"{draft.id} stands in {path}", "bold")


def _asked_clauses() -> list[str]:
    """The clauses that are typed in, until one is blank."""
    found: list[str] = []
    while said := typer.prompt(f"{_CLAUSE}; blank ends", default="", show_default=False):
        found.append(said)
    return found
