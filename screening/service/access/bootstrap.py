"""The key that makes the first key: set in the environment, of every scope, and not kept anywhere."""

from hmac import compare_digest

from screening.service.access.principal import Principal
from screening.store.keys import SCOPES

BOOTSTRAP = Principal("bootstrap", "bootstrap key", frozenset(SCOPES))


class BootstrapKey:
    """Lets in who shows the bootstrap key."""

    def __init__(self, key: str) -> None:
        self._key = key.encode()

    def principal(self, credential: str) -> Principal | None:
        """The bootstrap principal for its key, compared in constant time."""
        shown = credential.encode("utf-8", "surrogateescape")
        return BOOTSTRAP if compare_digest(shown, self._key) else None
