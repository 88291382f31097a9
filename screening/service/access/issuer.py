"""The keys of an OpenID Connect issuer, fetched when they are needed and remembered.

A token that names a key that is not known makes us ask again, since issuers change their keys; but not
more often than once in a while, else anybody could make us ask as often as he likes. While the issuer does
not answer, the keys that were had go on being used for a day.
"""

import threading
from typing import Any
from urllib.parse import urlsplit

import httpx
from jwt import PyJWK, PyJWKSet
from jwt.exceptions import PyJWTError

from screening.errors import UsageError
from screening.service.clock import Monotonic
from screening.service.problems import Problem

CONFIGURATION = "/.well-known/openid-configuration"
FRESH_SECONDS = 600.0
USABLE_SECONDS = 86_400.0
PAUSE_SECONDS = 15.0
_LARGEST = 1_000_000
_TIMEOUT = httpx.Timeout(5.0)


class IssuerKeys:
    """The public keys with which an issuer signs, by their id."""

    def __init__(
        self, issuer: str, address: str | None, now: Monotonic, client: httpx.Client | None = None
    ) -> None:
        """`address`: where the keys are; the issuer's configuration document says so otherwise."""
        self._issuer = issuer
        self._address = _safe(address) if address else None
        self._now = now
        self._client = client or httpx.Client(timeout=_TIMEOUT, follow_redirects=False)
        self._keys: dict[str | None, PyJWK] = {}
        self._had_at = float("-inf")
        self._asked_at = float("-inf")
        self._asking = threading.Lock()

    def key(self, identity: str | None) -> PyJWK | None:
        """The key of this id; None where the issuer has none. Raises Problem 503 when nobody can tell."""
        age = self._now() - self._had_at
        if identity not in self._keys or age > FRESH_SECONDS:
            self._ask_again()
        if self._now() - self._had_at > USABLE_SECONDS:
            raise Problem(503, "the issuer of tokens can't be reached now", headers={"Retry-After": "15"})
        return self._keys.get(identity)

    def _ask_again(self) -> None:
        with self._asking:
            if self._now() - self._asked_at < PAUSE_SECONDS:
                return
            self._asked_at = self._now()
            try:
                self._keys = self._fetched()
                self._had_at = self._now()
            except (httpx.HTTPError, PyJWTError, ValueError, TypeError, KeyError):
                # What was had goes on being used; `key` tells when it is too old for that.
                return

    def _fetched(self) -> dict[str | None, PyJWK]:
        if self._address is None:
            told = self._json(self._issuer.rstrip("/") + CONFIGURATION)
            if told["issuer"] != self._issuer:
                raise ValueError("the configuration is of another issuer")
            self._address = _safe(told["jwks_uri"])
        keys = PyJWKSet.from_dict(self._json(self._address)).keys
        signing = [key for key in keys if key.public_key_use in (None, "sig")]
        return {key.key_id: key for key in signing}

    def _json(self, address: str) -> dict[str, Any]:
        answer = self._client.get(address)
        answer.raise_for_status()
        if len(answer.content) > _LARGEST:
            raise ValueError("too large for keys")
        found: dict[str, Any] = answer.json()
        return found


def _safe(address: str) -> str:
    """The address of keys: whoever could change them on the way could let himself in."""
    parts = urlsplit(address)
    local = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if parts.scheme != "https" and not (parts.scheme == "http" and local):
        raise UsageError(f"{address}: the keys of an issuer come by https")
    return address
