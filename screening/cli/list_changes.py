"""`screening watchlists diff` and `refresh`: what is new on a list, and the newest list."""

import json
from pathlib import Path
from typing import Annotated

import typer

from screening.cli.faults import UNUSABLE

STATES = "A list file, a folder of files that belong together, an imported list, or NAME@previous."


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help=STATES, show_default=False)],
    new: Annotated[
        str | None,
        typer.Argument(
            metavar="NEW",
            help="The same; without it, OLD names an imported list, which is compared with its state before.",
            show_default=False,
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole difference as JSON.")] = False,
) -> None:
    """Tell what a new state of a list changes.

    Entries added, removed and changed, a sentence each.
    """
    from screening.cli.printing import remarks, results
    from screening.watchlists.difference import difference
    from screening.watchlists.sources import read_list
    from screening.watchlists.states import PREVIOUS, state_path

    before, after = (old, new) if new is not None else (old + PREVIOUS, old)
    found = difference(*(read_list(state_path(name)) for name in (before, after)))
    if as_json:
        typer.echo(json.dumps(found.record, ensure_ascii=False, indent=2))
        return
    page = results()
    for sentence in found.sentences:
        page.line(sentence)
    remarks().line(found.summary, "bold")


def refresh(
    lists: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="LIST", help="Official lists, such as us-csl, eu, un, uk; the imported ones unless named."
        ),
    ] = None,
    allow_shrink: Annotated[
        bool, typer.Option("--allow-shrink", help="Take a list though it has far fewer entries than before.")
    ] = False,
    addresses: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help="A CSV file of list, file, format, url, instead of the bundled one."
        ),
    ] = None,
) -> None:
    """Download the newest official lists.

    A list is exchanged when it came whole and sound; otherwise the one in use stays, and a line says why.
    """
    from screening.cli.printing import remarks, results
    from screening.watchlists.refresh import ADDRESSES, refresh

    outcomes = refresh(lists or (), Path(addresses) if addresses else ADDRESSES, allow_shrink)
    failed = False
    for found in outcomes:
        failed |= found.outcome == "failed"
        (remarks() if found.outcome == "failed" else results()).line(found.sentence)
    if failed:
        raise typer.Exit(UNUSABLE)
