"""The store that a command works on: the one that is named, or the one that the service keeps."""

from typing import TYPE_CHECKING

from screening.cli.serve import require_service

if TYPE_CHECKING:
    from screening.store.database import Database

ACTOR = "command line"
"""Who does what is done here, as the audit log names them."""


def opened_store(database: str | None, make: bool = False) -> "Database":
    """The store at this URL, or where the settings of the service say."""
    require_service()
    from screening.service.settings import Settings
    from screening.store.database import Database

    return Database.open(Settings.read(database=database).database.get_secret_value(), make)
