"""`screening history`: what a history of shipments holds, and what it is to hold no longer."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from screening.history.history import History
    from screening.watchlists.lists import ListCatalogue

app = typer.Typer(help="Earlier shipments: show, forget, prune.", no_args_is_help=True)

Place = Annotated[
    str,
    typer.Argument(metavar="FILE", help="The history that `screen --history` keeps.", show_default=False),
]


@app.command("show")
def show(place: Place) -> None:
    """Show what a history holds."""
    from screening.cli.printing import counted, results

    with _opened(place) as history:
        held = history.holding()
    page = results()
    page.line(f"{counted(held.shipments, 'shipment')} of {counted(held.runs, 'run')}", "bold")
    page.line(f"dated from {held.first or 'no day'} to {held.last or 'no day'}")
    page.line(f"reaches back to {held.begins or 'no day'}")
    page.line(f"kept for {counted(held.keep_days, 'day')} before the newest one")
    if held.bytes:
        page.line(f"{held.bytes / 1e6:,.1f} MB in {counted(held.parts, 'part')}")


@app.command("forget")
def forget(
    place: Place,
    party: Annotated[
        str, typer.Option(metavar="NAME", help="The party, in any spelling of its name.", show_default=False)
    ],
) -> None:
    """Delete what tells of a party.

    Its names, addresses, identifiers and contacts, in every role. The shipments stay, without them.
    """
    from screening.cli.printing import counted, results

    with _opened(place) as history:
        rows = history.forget(party, _lists())
    results().line(f"{party} was deleted from {counted(rows, 'shipment')}")


@app.command("prune")
def prune(
    place: Place,
    keep: Annotated[
        int | None,
        typer.Option(
            min=1,
            metavar="DAYS",
            help="For how many days shipments are kept from now on.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Delete the shipments that are too old.

    Judged by the newest day of any shipment in it.
    """
    from screening.cli.printing import counted, results

    with _opened(place, keep) as history:
        rows = history.prune(_lists())
    results().line(f"{counted(rows, 'shipment')} deleted")


def _opened(place: str, keep: int | None = None) -> "History":
    from screening.history.history import History

    return History(place, keep, make=False)


def _lists() -> "ListCatalogue":
    from screening.watchlists.lists import ListCatalogue

    return ListCatalogue.load()
