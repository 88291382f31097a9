"""`screening serve`: the service, until it is stopped."""

from importlib.util import find_spec
from typing import TYPE_CHECKING, Annotated

import typer

from screening.cli.rule_folder import RulesOption
from screening.cli.screened_by import ExceptionsOption, NoBundledOption, RatesOption, WatchlistOption
from screening.errors import UsageError

if TYPE_CHECKING:
    from screening.service.settings import Settings

_NO_TLS = (
    "warning: others can reach this address, and keys and shipments go over it as they are; let nobody but a "
    "proxy that speaks TLS reach it"
)
_SHORT = 32
_SHORT_KEY = f"warning: SCREENING_BOOTSTRAP_KEY has fewer than {_SHORT} letters; use random ones"
NEEDED = ("alembic", "fastapi", "httpx", "prometheus_client", "psycopg", "jwt", "python_multipart", "uvicorn")

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
    rules: RulesOption = None,
    watchlist: WatchlistOption = None,
    no_bundled: NoBundledOption = False,
    exceptions: ExceptionsOption = None,
    rates: RatesOption = None,
) -> None:
    """Serve screening over HTTP, with a store for alerts.

    Every other setting is a variable of the environment: see docs/service.md.
    """
    require_service()
    from screening.service.settings import Settings

    _serve(
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


def _serve(settings: "Settings") -> None:
    from screening.service import server

    with server.listening(settings) as socket:
        server.checked(settings)
        host, port = socket.getsockname()[:2]
        named = f"[{host}]" if ":" in host else host
        typer.echo(f"Serving at http://{named}:{port}; Ctrl-C ends it.")
        if not server.is_loopback(settings.host):
            typer.echo(_NO_TLS, err=True)
        if settings.bootstrap_key is not None and len(settings.bootstrap_key.get_secret_value()) < _SHORT:
            typer.echo(_SHORT_KEY, err=True)
        server.serve(settings, socket)


def require_service() -> None:
    """Raises UsageError where what the service needs is not installed."""
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        remedy = "install it with `pip install 'diversion-screening[service]'`"
        raise UsageError(f"the service is not installed (there is no {missing[0]}); {remedy}")
