"""The keys that the store knows, as an authority."""

from screening.service.access.principal import Principal
from screening.store import keys
from screening.store.database import Database


class StoredKeys:
    """Lets in who shows a key that was made, has not expired and was not revoked."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def principal(self, credential: str) -> Principal | None:
        """Whose key it is, as `key:ID`."""
        if not credential.startswith(f"{keys.PREFIX}_"):
            return None
        with self._database.reading() as tx:
            key = keys.check(tx, credential)
        return None if key is None else Principal(f"key:{key.id}", key.name, key.scopes)
