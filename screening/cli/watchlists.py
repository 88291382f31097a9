"""`screening watchlists`: what is looked out for, from where, how old; and a list of your own."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from screening.cli import list_changes
from screening.cli.faults import FAULTY
from screening.cli.screened_by import WatchlistOption

if TYPE_CHECKING:
    from screening.cli.list_facts import ListFacts
    from screening.cli.printing import Page

app = typer.Typer(help="The watchlists: list, show, import, diff, refresh, validate.", no_args_is_help=True)
SHOWN_ENTRIES = 5


@app.command("list")
def list_lists(watchlist: WatchlistOption = None) -> None:
    """List the lists, with dates and ages."""
    from screening.cli import lists_in_use
    from screening.cli.list_facts import catalogue_rows
    from screening.cli.printing import results
    from screening.watchlists.lists import ListCatalogue
    from screening.watchlists.loading import load_parties

    snapshots = load_parties([Path(path) for path in watchlist or ()])
    catalogue = ListCatalogue.load()
    page = results()
    page.line("Parties", "bold")
    page.table(lists_in_use.HEADERS, lists_in_use.list_rows(snapshots), right=lists_in_use.NUMBERS)
    page.heading("Countries and goods")
    page.table(
        ("list", "entries", "newest entry of", "sources"), catalogue_rows(catalogue), right=("entries",)
    )
    page.heading("Names that are only explained")
    page.line(f"{len(catalogue.context)} in context; they are no alert, and suppress nothing")
    page.line()
    page.line(lists_in_use.NO_SANCTIONS_LIST)
    lists_in_use.warn_of_old_lists(page)


@app.command("show")
def show_list(
    name_or_file: Annotated[
        str,
        typer.Argument(metavar="NAME_OR_FILE", help="A list by name, or a list file.", show_default=False),
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the counts, date and digest as JSON.")
    ] = False,
) -> None:
    """Show one list, or a list file.

    A loaded list by its name, a file, or a folder of files that belong together.
    """
    from screening.cli.list_facts import facts_of
    from screening.cli.printing import results

    facts = facts_of(name_or_file)
    if as_json:
        typer.echo(json.dumps(facts.counts))
    else:
        _print_facts(results(), facts)


def _print_facts(page: "Page", facts: "ListFacts") -> None:
    from screening.cli.lists_in_use import age

    page.line(facts.name, "bold")
    for key, value in facts.counts.items():
        page.line(f"{key}: {f'{value:,}' if isinstance(value, int) else value or 'unknown'}", indent=2)
    if facts.date:
        page.line(f"age: {age(facts.date)}", indent=2)
    page.line("files: " + ", ".join(map(str, facts.paths)), indent=2)
    page.heading("It begins with")
    for line in facts.first(SHOWN_ENTRIES):
        page.line(line, indent=2)


@app.command("import")
def import_file(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE", help="An official list file, or a CSV of your own.", show_default=False
        ),
    ],
    name: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="What to call it; its format or file says so otherwise."),
    ] = None,
    allow_shrink: Annotated[
        bool, typer.Option("--allow-shrink", help="Take it though it has far fewer entries than before.")
    ] = False,
) -> None:
    """Keep a list in your data folder; every run uses it from then on."""
    from screening.cli.lists_in_use import age, warn_of_old_lists
    from screening.cli.printing import counted, results
    from screening.watchlists.store import import_list

    kept = import_list(Path(file), name, allow_shrink)
    page = results()
    size = f"{counted(kept.entries, 'entry', 'entries')}, {counted(kept.names, 'name')}"
    page.line(f"Imported {kept.name} ({kept.format}): {size}, as of {kept.as_of} ({age(kept.as_of)} old).")
    page.line(f"It is kept in {kept.path}, and used from now on; --no-bundled leaves it out of a run.")
    warn_of_old_lists(page)


app.command("diff")(list_changes.diff)
app.command("refresh")(list_changes.refresh)


@app.command("validate")
def validate(
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILE", help="List files, or folders of them, to look at besides."),
    ] = None,
) -> None:
    """Find what is wrong with lists.

    The bundled and imported lists, and the files named; exit status 1 for any fault.
    """
    from screening.cli.list_facts import faults_of, imported_faults
    from screening.cli.printing import counted, results
    from screening.watchlists.validation import watchlist_faults

    page = results()
    faults = [
        *watchlist_faults(),
        *imported_faults(),
        *(f for name in files or () for f in faults_of(Path(name))),
    ]
    for fault in faults:
        page.line(fault, "red")
    looked = "the bundled lists" + (
        f" and {counted(len(files), 'file or folder', 'files or folders')}" if files else ""
    )
    page.line(f"{looked}: {counted(len(faults), 'fault') if faults else 'no fault'}", "bold")
    if faults:
        raise typer.Exit(FAULTY)
