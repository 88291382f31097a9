"""`python -m screening.seeds build [--check]`: build what rests on the founding articles.

`python -m screening.seeds places UNLOCODE.csv...` brings the places of routes up to date.
"""

import csv
from pathlib import Path
from typing import Annotated

import typer

from screening.errors import ScreeningError
from screening.resources import bundled
from screening.seeds.build import Folders, build, out_of_date
from screening.seeds.places import place_file, read_release, updated

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def seeds() -> None:
    """The founding articles, and what is built from them."""


@app.command("build")
def build_command(
    check: Annotated[bool, typer.Option("--check", help="Change nothing; name what is out of date.")] = False,
) -> None:
    """Build the watchlist files and the scenarios that rest on the articles."""
    folders = Folders.of_the_project()
    try:
        paths = out_of_date(folders) if check else build(folders)
    except ScreeningError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    for path in paths:
        typer.echo(f"{'out of date' if check else 'built'}: {path}")
    if check and paths:
        raise typer.Exit(1)


@app.command("places")
def places_command(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="The code list, as published.")],
) -> None:
    """Bring `watchlists/ports/places.csv` up to date from a release of UN/LOCODE."""
    path = bundled("watchlists") / "ports" / "places.csv"
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    try:
        release = read_release(files)
    except (ScreeningError, OSError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    for code in sorted({line["id"] for line in lines} - release.keys()):
        typer.echo(f"not in the release: {code}")
    path.write_text(place_file(updated(lines, release)), encoding="utf-8", newline="")
    typer.echo(f"up to date: {path}")


if __name__ == "__main__":
    app()
