"""What is PostgreSQL's alone: how a connection is made, and what holds for each."""

from typing import Any

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import URL

from screening.errors import StoreError
from screening.store.schema import PERSONAL

_WITHIN = 10
"""Seconds within which a server answers, or is taken for not there."""
_CONNECTIONS = 8
"""Kept by each process; twice as many are made when they are needed."""
_SETTINGS = (
    # An answered request is on the disk, whatever the server's own choice.
    "SET synchronous_commit = on",
    "SET lock_timeout = '30s'",
    # The program that a transaction waits for may be gone.
    "SET idle_in_transaction_session_timeout = '5min'",
)


def server_engine(url: URL) -> Engine:
    """The engine over the database of this URL."""
    try:
        engine = create_engine(
            url.set(drivername="postgresql+psycopg"),
            connect_args={"connect_timeout": _WITHIN, "application_name": "screening"},
            hide_parameters=True,
            max_overflow=_CONNECTIONS,
            pool_pre_ping=True,
            pool_size=_CONNECTIONS,
        )
    except ModuleNotFoundError as error:
        what = "the driver of PostgreSQL is not installed"
        place = url.render_as_string(hide_password=True)
        raise StoreError(place, what, "pip install 'diversion-screening[service]'") from error
    event.listen(engine, "connect", _prepared)
    return engine


def compact(engine: Engine) -> None:
    """Frees the room of rows that were replaced, for which the server would wait until it has time."""
    tables = ", ".join(sorted({column.table.name for column in PERSONAL}))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"VACUUM {tables}"))


def _prepared(driver: Any, _record: object) -> None:
    driver.autocommit = True
    for setting in _SETTINGS:
        driver.execute(setting)
    driver.autocommit = False
