"""`screening rescreen`: what a list change alters in earlier results."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from screening.cli.faults import FAULTY
from screening.cli.list_changes import STATES
from screening.cli.overwriting import refuse_overwriting
from screening.cli.screen import FailOn
from screening.cli.screened_by import NoBundledOption, WatchlistOption

if TYPE_CHECKING:
    from screening.rescreen import Altered


def rescreen(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE", help="The shipment files of that run.", show_default=False)
    ],
    alerts: Annotated[
        str,
        typer.Option(metavar="FILE", help="The .jsonl file of alerts of that run.", show_default=False),
    ],
    old: Annotated[
        str, typer.Option("--from", metavar="SNAPSHOT", help=f"The list then. {STATES}", show_default=False)
    ],
    new: Annotated[
        str, typer.Option("--to", metavar="SNAPSHOT", help="The list now: the same.", show_default=False)
    ],
    output: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Where altered shipments go as JSON lines, before and after; - is standard output.",
        ),
    ] = None,
    mapping: Annotated[str | None, typer.Option(metavar="FILE", help="The mapping file of that run.")] = None,
    rules: Annotated[str | None, typer.Option(metavar="DIR", help="The folder of rules of that run.")] = None,
    watchlist: WatchlistOption = None,
    no_bundled: NoBundledOption = False,
    exceptions: Annotated[
        str | None, typer.Option(metavar="DIR", help="The suppressions of that run.")
    ] = None,
    rates: Annotated[str | None, typer.Option(metavar="FILE", help="The exchange rates of that run.")] = None,
    fail_on: Annotated[
        FailOn | None,
        typer.Option(help="Exit with status 1 when an altered shipment is now at or above this."),
    ] = None,
) -> None:
    """Tell what a list change alters in earlier results.

    Only the shipments whose matches the change can alter are screened again. A shipment without an old
    alert is taken to have been clear, as the old list makes it.
    """
    from screening.cli.alerts_file import all_alerts
    from screening.cli.printing import remarks, results
    from screening.io.book import read_book
    from screening.io.mapping import read_mapping
    from screening.policy import at_or_above
    from screening.rescreen import rescreen
    from screening.run import Options, prepare
    from screening.watchlists.states import state_path

    refuse_overwriting([*files, alerts, old, new, mapping, rates, *(watchlist or ())], [output])
    paths = [str(state_path(name)) for name in (old, new)]
    before, after = (
        prepare(
            Options(
                sources=files,
                rules=rules,
                watchlists=[*(watchlist or ()), path],
                bundled=not no_bundled,
                exceptions=exceptions,
                rates=rates,
            )
        )
        for path in paths
    )
    book = read_book(files, read_mapping(mapping) if mapping else None)
    found = rescreen(book, before, after, all_alerts(alerts))
    if output:
        _write(output, found.altered)
    else:
        for one in found.altered:
            results().line(one.sentence)
    page = remarks()
    page.line(found.summary, "bold")
    if found.other_run:
        what = "with other rules, lists or options than these, or by another version"
        page.line(f"warning: {alerts} was made {what}; only what the list alters is told", "yellow")
    if found.unknown:
        page.line(f"warning: {found.unknown:,} old alerts are of no shipment in these files", "yellow")
    if fail_on and any(at_or_above(one.after.decision, fail_on.value) for one in found.altered):
        raise typer.Exit(FAULTY)


def _write(output: str, altered: Iterable["Altered"]) -> None:
    from screening.io.writers.atomic import whole_file
    from screening.io.writers.jsonl import write_jsonl

    with whole_file(output) as stream:
        write_jsonl(stream, (one.record for one in altered))
