"""`python -m screening.seeds build [--check]`: build what rests on the founding articles."""

from typing import Annotated

import typer

from screening.errors import ScreeningError
from screening.seeds.build import Folders, build, out_of_date

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


if __name__ == "__main__":
    app()
