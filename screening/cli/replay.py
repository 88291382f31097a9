"""`screening replay`: a stored result given again, from what it rested on."""

from typing import TYPE_CHECKING, Annotated

import typer

from screening.cli.faults import FAULTY
from screening.cli.serve import DatabaseOption
from screening.cli.store_in_use import opened_store

if TYPE_CHECKING:
    from screening.store.replaying import Replay

_SHOWN = 100
"""Letters of a value that is another now."""


def replay(
    alert: Annotated[
        int, typer.Argument(metavar="ALERT", min=1, help="The number of the alert.", show_default=False)
    ],
    database: DatabaseOption = None,
    screening: Annotated[
        int | None,
        typer.Option(metavar="NUMBER", min=1, help="One of its earlier screenings; the latest unless named."),
    ] = None,
    file: Annotated[
        str | None, typer.Option(metavar="FILE", help="The file that a job screened.", show_default=False)
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Where the record as it is now goes; - is standard output.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Give an alert's result again, from the rules, lists and shipments that it rested on.

    Exit status 1 where it is another than the one that was kept.
    """
    opened = opened_store(database)
    from screening.io.writers.atomic import whole_file
    from screening.store.replaying import replay

    with opened as store, store.reading() as tx:
        found = replay(tx, alert, screening, file)
    if output is not None:
        with whole_file(output) as stream:
            stream.write(found.after.line.encode() + b"\n")
    _tell(found)


def _tell(found: "Replay") -> None:
    from screening.cli.printing import remarks

    page = remarks()
    if not found.same_code:
        page.line(f"the code is another than that of run {found.run}", "yellow")
    if found.same:
        page.line(
            "the same result, but for the name of the run" if not found.same_code else "the same result"
        )
        return
    for key, (was, now) in found.differences.items():
        page.line(f"{key}: was {_cut(was)}, is {_cut(now)}", "red")
    page.line("another result", "bold")
    raise typer.Exit(FAULTY)


def _cut(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "..."
