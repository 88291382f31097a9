"""A store has the tables of this version when it is opened, however many processes open it at once."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from screening.errors import StoreError
from screening.store.schema import METADATA

NEWEST = "0002"
"""The revision that this version works with; a test holds that it is the newest of `migrations`."""
VERSION_TABLE = "screening_version"
FOLDER = Path(__file__).parent / "migrations"
_TURN = 7_305_114_020_116_019
"""The number of PostgreSQL's lock that who migrates holds; any number that nobody else uses."""


def migrate(connection: Connection, place: str, make: bool) -> None:
    """Brings the tables to this version, in the transaction of the connection.

    StoreError for a store of a newer version, and for a database that is no store.
    """
    if revision_of(connection) == NEWEST:
        return
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})
    revision = revision_of(connection)
    _refuse(connection, place, revision, make)
    if revision != NEWEST:
        _upgrade(connection)


def revision_of(connection: Connection) -> str | None:
    """The revision of the tables; None where there are none of ours."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    revision: str | None = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
    return revision


def _refuse(connection: Connection, place: str, revision: str | None, make: bool) -> None:
    if revision is not None and revision > NEWEST:
        what = f"of a newer version ({revision}; this one knows {NEWEST})"
        raise StoreError(place, what, "use the newer version of screening")
    if revision is not None:
        return
    there = set(inspect(connection).get_table_names())
    # A file is ours or another's; in a database of a server, tables of others may stand beside ours.
    others = there if connection.dialect.name == "sqlite" else there & METADATA.tables.keys()
    if others or not make:
        raise StoreError(place, "no store", "name the store that `screening serve` keeps, or a new one")


def _upgrade(connection: Connection) -> None:
    # Only a store that is new or old waits until this library is loaded.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
