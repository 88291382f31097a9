"""`screening rules`: the rules as they are, whether they are sound, and the fields that they may name."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from screening.cli import indicators, new_rule, perturbation, rule_lock, rule_pages
from screening.cli.faults import FAULTY
from screening.cli.rule_folder import RulesOption, load

if TYPE_CHECKING:
    from screening.fields import Field

app = typer.Typer(
    help="The rules: what they are, whether they are sound, what they cover.", no_args_is_help=True
)

app.command("perturb")(perturbation.perturb)
app.command("coverage")(indicators.coverage)
app.command("lock")(rule_lock.lock)
app.command("new")(new_rule.new)
app.command("pages")(rule_pages.pages)


@app.command("list")
def list_rules(
    rules: RulesOption = None,
    database: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help="The store of the service: how often each was right.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """List the rules with weights and red flags.

    With a store of the service, also how often each was right, by what people decided on its alerts.
    """
    from screening.cli.printing import counted, results
    from screening.cli.rule_precision import COLUMNS, precision_of

    ruleset = load(rules)
    known = precision_of(database) if database else None
    page = results()
    page.table(
        ("id", "kind", "severity", "weight", "status", *(COLUMNS if known else ()), "title", "red flags"),
        (
            (
                *(r.id, r.kind, r.severity, r.weight, r.status),
                *(known(r) if known else ()),
                *(r.title, ", ".join(r.red_flags)),
            )
            for r in ruleset.rules
        ),
        right=("weight", *COLUMNS),
    )
    policy = ruleset.policy
    page.line(
        f"{counted(len(ruleset.rules), 'rule')}; review from {policy.review_at}, hold from {policy.hold_at}"
    )


@app.command("show")
def show_rule(
    rule_id: Annotated[
        str, typer.Argument(metavar="ID", help="The rule, such as GDS-001.", show_default=False)
    ],
    rules: RulesOption = None,
) -> None:
    """Show a rule as a checklist.

    Why it is there, what it looks for, when it is wrong, its red flags and its tests.
    """
    from screening.cli.checklist import print_rule
    from screening.cli.printing import results

    ruleset = load(rules)
    print_rule(results(), ruleset.rule(rule_id), ruleset)


@app.command("lint")
def lint_rules(
    folder: Annotated[
        str | None, typer.Argument(metavar="DIR", help="A folder of rules; the bundled ones without it.")
    ] = None,
) -> None:
    """Find what is wrong with rules.

    One fault a line, and exit status 1 when there is one.
    """
    from screening.cli.printing import counted, results
    from screening.resources import bundled
    from screening.ruleset.reading import rule_files
    from screening.soundness import faults_in

    home = Path(folder) if folder else bundled("rules")
    page, faults = results(), faults_in(home)
    for fault in faults:
        page.line(str(fault), "red")
    found = counted(len(faults), "fault") if faults else "no fault"
    page.line(f"{counted(len(rule_files(home)), 'rule')}, {found}", "bold")
    if faults:
        raise typer.Exit(FAULTY)


@app.command("fields")
def list_fields() -> None:
    """Print the catalogue of fields that a rule may name."""
    from screening.cli.printing import counted, results
    from screening.fields import FIELDS

    page = results()
    page.table(
        ("field", "type", "unit", "meaning", "columns, in the order asked", "a blank means"),
        ((f.name, f.type, f.unit, f.meaning, _columns(f), f.blank) for f in FIELDS.values()),
        whole=("field",),
    )
    page.line(f"{counted(len(FIELDS), 'field')}; a group after + is needed too")


def _columns(field: "Field") -> str:
    return " + ".join(", ".join(group) for group in field.needs)
