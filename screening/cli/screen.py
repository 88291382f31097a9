"""`screening screen`: the main job, from shipment files to alerts."""

import gc
import os
import sys
from enum import StrEnum
from typing import Annotated

import typer

from screening.cli.faults import FAULTY
from screening.cli.overwriting import refuse_overwriting
from screening.cli.rule_folder import RulesOption
from screening.cli.screened_by import ExceptionsOption, NoBundledOption, RatesOption, WatchlistOption
from screening.errors import UsageError


class FailOn(StrEnum):
    """The decision from which the exit status is 1."""

    REVIEW = "review"
    HOLD = "hold"


def screen(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE", help="Shipment files; - is standard input.", show_default=False),
    ],
    output: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Where the alerts go: .jsonl, .csv or .parquet; - is JSON lines on standard output.",
        ),
    ] = None,
    rejects: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help="Where rows go that can't be read; beside the output unless named."
        ),
    ] = None,
    mapping: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="A mapping file: column names, date format, decimal comma."),
    ] = None,
    rules: RulesOption = None,
    watchlist: WatchlistOption = None,
    no_bundled: NoBundledOption = False,
    workers: Annotated[
        int | None,
        typer.Option(
            min=1, metavar="N", help="Cores to use; all of them unless named. The result is the same."
        ),
    ] = None,
    batch_rows: Annotated[
        int | None,
        typer.Option(
            min=1, metavar="N", help="Rows held at once by each core; fewer need less memory, not less time."
        ),
    ] = None,
    exceptions: ExceptionsOption = None,
    rates: RatesOption = None,
    history: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Earlier shipments, which rules over time look back to: a file that is made and added to, "
            "or the URL of a database.",
        ),
    ] = None,
    history_keep: Annotated[
        int | None,
        typer.Option(
            min=1, metavar="DAYS", help="For how many days the history keeps shipments; 1,830 unless named."
        ),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Write clear shipments too.")] = False,
    fail_on: Annotated[
        FailOn | None,
        typer.Option(help="Exit with status 1 when a shipment is at or above this; rejects count as review."),
    ] = None,
) -> None:
    """Screen shipment files and write the alerts.

    Each alert comes with its evidence. A summary goes to standard error, and nothing but results to
    standard output.
    """
    if history_keep is not None and history is None:
        raise UsageError("--history-keep says nothing without --history")
    cores = workers or os.cpu_count() or 1
    # A history holds the book of a run, and one process works on it with all cores.
    processes = cores if history is None else 1
    use_cores(cores // processes)
    from screening.passes.mates import Mates

    # They load the code while it is loaded here.
    with Mates(processes - 1) as mates:
        mates.start_for(files)
        from screening.cli.printing import remarks
        from screening.cli.progress import watched
        from screening.cli.summary import print_summary
        from screening.run import Options, prepare, run

        options = Options(
            sources=files,
            output=output,
            rejects=rejects,
            mapping=mapping,
            rules=rules,
            watchlists=watchlist or (),
            bundled=not no_bundled,
            exceptions=exceptions,
            rates=rates,
            everything=everything,
            workers=cores,
            batch_rows=batch_rows,
            history=history,
            history_keep=history_keep,
        )
        refuse_overwriting(
            [*files, mapping, rates, history, *options.watchlists],
            [output, options.rejects_path, options.manifest_path],
        )
        mates.prepare(options)
        screener = prepare(options)
        # What stands until the end need not be looked through for what is of no more use.
        gc.freeze()
        with watched("Screening") as progress:
            report = run(options, screener, progress, mates)
        print_summary(remarks(), report, screener, options)
    if fail_on is not None and report.reaches(fail_on.value):
        raise typer.Exit(FAULTY)


def use_cores(count: int) -> None:
    """Limits the columns' engine to so many cores, which it asks for once, when it is loaded."""
    if "polars" not in sys.modules:
        os.environ["POLARS_MAX_THREADS"] = str(min(count, os.cpu_count() or 1))
