"""What a command screens by besides the rules: its lists, exceptions and rates, as options."""

from typing import Annotated

import typer

WatchlistOption = Annotated[
    list[str] | None,
    typer.Option(
        "--watchlist",
        metavar="FILE_OR_DIR",
        help="A list for this run besides the bundled and imported ones: an official list file, a folder of "
        "them, or a CSV file with a column `name`. May be repeated.",
    ),
]
NoBundledOption = Annotated[
    bool,
    typer.Option(
        "--no-bundled",
        help="Leave out the bundled and imported firms, persons and vessels; goods and countries stay.",
    ),
]
ExceptionsOption = Annotated[
    str | None,
    typer.Option("--exceptions", metavar="DIR", help="A folder with your suppressions of findings."),
]
RatesOption = Annotated[
    str | None,
    typer.Option("--rates", metavar="FILE", help="Exchange rates: a CSV file of date, currency, usd."),
]
