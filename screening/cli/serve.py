"""`screening serve`: the service, until it is stopped."""

from importlib.util import find_spec
from typing import Annotated

import typer

from screening.cli.screen import NoBundledOption, WatchlistOption
from screening.errors import UsageError

NEEDED = ("alembic", "fastapi", "prometheus_client", "psycopg", "jwt", "python_multipart", "uvicorn")

DatabaseOption = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="URL",
        help="Where alerts are kept: a file of SQLite (sqlite:///FILE), or postgresql://USER@HOST/NAME; "
        "a file in your data folder, or SCREENING_DATABASE, unless named.",
    ),
]


def serve(
    host: Annotated[
        str | None, typer.Option(help="The address to listen at; 127.0.0.1 unless named.", metavar="HOST")
    ] = None,
    port: Annotated[
        int | None, typer.Option(help="The port to listen at; 8000 unless named.", metavar="PORT")
    ] = None,
    database: DatabaseOption = None,
    workers: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Processes that share requests; 1 unless named."),
    ] = None,
    rules: Annotated[
        str | None, typer.Option(metavar="DIR", help="A folder of rules instead of the bundled ones.")
    ] = None,
    watchlist: WatchlistOption = None,
    no_bundled: NoBundledOption = False,
    exceptions: Annotated[
        str | None, typer.Option(metavar="DIR", help="A folder with your suppressions of findings.")
    ] = None,
    rates: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Exchange rates by day: a CSV file with date, currency, usd."),
    ] = None,
) -> None:
    """Serve screening over HTTP, with a store for alerts.

    Every other setting is a variable of the environment: see docs/service.md.
    """
    require_service()
    from screening.service.server import serve as serve_settings
    from screening.service.settings import Settings

    serve_settings(
        Settings.read(
            host=host,
            port=port,
            database=database,
            workers=workers,
            rules=rules,
            watchlists=tuple(watchlist) if watchlist else None,
            bundled=False if no_bundled else None,
            exceptions=exceptions,
            rates=rates,
        )
    )


def require_service() -> None:
    """Raises UsageError where what the service needs is not installed."""
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        remedy = "install it with `pip install 'diversion-screening[service]'`"
        raise UsageError(f"the service is not installed (there is no {missing[0]}); {remedy}")
