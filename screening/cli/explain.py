"""`screening explain`: one alert in full, for whoever has to decide about it."""

from typing import Annotated

import typer


def explain(
    shipment_id: Annotated[
        str,
        typer.Argument(metavar="SHIPMENT_ID", help="The shipment, as its file calls it.", show_default=False),
    ],
    alerts: Annotated[
        str, typer.Option(metavar="FILE", help="The .jsonl file of alerts.", show_default=False)
    ],
    rules: Annotated[
        str | None,
        typer.Option(
            metavar="DIR", help="The folder of rules of that run, where it was not the bundled one."
        ),
    ] = None,
) -> None:
    """Show one alert in full.

    Its rules, their evidence and sources, and what would have cleared it.
    """
    from pathlib import Path

    from screening.cli.alerts_file import alerts_of
    from screening.cli.explanation import print_explanation
    from screening.cli.printing import results
    from screening.ruleset.loading import load_rules

    found = alerts_of(shipment_id, alerts)
    ruleset = load_rules(Path(rules) if rules else None)
    page = results()
    for number, result in enumerate(found):
        if number:
            page.line()
        print_explanation(page, result, ruleset)
