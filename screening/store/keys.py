"""API keys: shown once when they are made, known by their hash from then on.

A key is `scr_ID_SECRET`. The secret has 256 random bits, which nobody can try through, so one round of
SHA-256 keeps it as safe as the slow hashes do that passwords need, and checking it costs no request its time.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest
from typing import Any

from sqlalchemy import RowMapping, insert, select, update

from screening.store.clock import utc_text
from screening.store.refusals import UnfitError, UnknownError
from screening.store.schema import KEYS
from screening.store.transaction import Reading, Writing

SCOPES = ("screen", "read", "decide", "administer")
"""What a key may be for; each is for itself, and `administer` does not hold the others."""
PREFIX = "scr"
"""What keys begin with, so that tools that look for secrets in files know them."""
_NAME_LENGTH = 200
_MASK = "0" * 64


@dataclass(frozen=True, slots=True)
class Key:
    """What is known of a key, which is not the key itself."""

    id: str
    name: str
    scopes: frozenset[str]
    created_at: str
    expires_at: str | None = None
    revoked_at: str | None = None

    def holds(self, at: str) -> bool:
        """True when it is neither revoked nor expired at that time."""
        return self.revoked_at is None and (self.expires_at is None or at < self.expires_at)


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key that was just made, with its text, which is told now and never again."""

    key: Key
    text: str = field(repr=False)


def create(
    tx: Writing, name: str, scopes: Iterable[str], actor: str, expires: datetime | None = None
) -> NewKey:
    """A new key. UnfitError for a scope that there is not, no scope, no name, and an end that is past."""
    asked = _checked(tx, name, frozenset(scopes), expires)
    identity = secrets.token_hex(6)
    return _kept(tx, Key(identity, name.strip(), asked, tx.at, _end(expires)), _text(identity), actor)


def check(tx: Reading, text: str) -> Key | None:
    """The key of this text; None where there is none, and where it holds no longer."""
    row = _row(tx, _identity(text) or "")
    # The same work for a key that is not there: the time of the answer tells nobody which ids are.
    same = compare_digest(_hash(text), row["hash"] if row else _MASK)
    if row is None or not same:
        return None
    key = _key(row)
    return key if key.holds(tx.at) else None


def listed(tx: Reading) -> list[Key]:
    """All keys, the oldest first."""
    rows = tx.connection.execute(select(KEYS).order_by(KEYS.c.created_at, KEYS.c.id)).mappings()
    return [_key(row) for row in rows]


def revoke(tx: Writing, identity: str, actor: str) -> Key:
    """The key, which holds no longer. UnknownError when there is no such key."""
    row = _row(tx, identity)
    if row is None:
        raise UnknownError(f"there is no key {identity}")
    if row["revoked_at"] is None:
        tx.connection.execute(update(KEYS).where(KEYS.c.id == identity).values(revoked_at=tx.at))
        tx.log("key.revoked", actor, f"key/{identity}", rows=[(KEYS, identity)])
    revoked = _row(tx, identity)
    assert revoked is not None
    return _key(revoked)


def _checked(tx: Writing, name: str, scopes: frozenset[str], expires: datetime | None) -> frozenset[str]:
    if unknown := sorted(scopes - set(SCOPES)):
        raise UnfitError("scopes", f"there is no scope {unknown[0]!r}; there are {', '.join(SCOPES)}")
    if not scopes:
        raise UnfitError("scopes", f"a key needs a scope: {', '.join(SCOPES)}")
    if not 0 < len(name.strip()) <= _NAME_LENGTH:
        raise UnfitError("name", f"a key needs a name, of at most {_NAME_LENGTH} letters")
    if expires is not None and utc_text(expires) <= tx.at:
        raise UnfitError(
            "expires", f"a key that ended at {utc_text(expires)} opens nothing; give a later time"
        )
    return scopes


def _kept(tx: Writing, key: Key, text: str, actor: str) -> NewKey:
    row = {
        "id": key.id,
        "name": key.name,
        "hash": _hash(text),
        "scopes": " ".join(sorted(key.scopes)),
        "created_at": key.created_at,
        "expires_at": key.expires_at,
    }
    tx.connection.execute(insert(KEYS), row)
    body = {"name": key.name, "scopes": sorted(key.scopes), "expires_at": key.expires_at}
    tx.log("key.created", actor, f"key/{key.id}", body, rows=[(KEYS, key.id)])
    return NewKey(key, text)


def _row(tx: Reading, identity: str) -> RowMapping | None:
    return tx.connection.execute(select(KEYS).where(KEYS.c.id == identity)).mappings().one_or_none()


def _key(row: RowMapping) -> Key:
    told: dict[str, Any] = {name: row[name] for name in Key.__slots__}
    return Key(**told | {"scopes": frozenset(row["scopes"].split())})


def _text(identity: str) -> str:
    return f"{PREFIX}_{identity}_{secrets.token_hex(32)}"


def _identity(text: str) -> str | None:
    """The public part of a key; None of what is no key."""
    prefix, _, rest = text.partition("_")
    identity, _, secret = rest.partition("_")
    sound = prefix == PREFIX and identity.isalnum() and identity.isascii() and len(secret) >= 32
    return identity if sound and secret.isalnum() and secret.isascii() else None


def _hash(text: str) -> str:
    return sha256(text.encode(errors="replace")).hexdigest()


def _end(expires: datetime | None) -> str | None:
    return None if expires is None else utc_text(expires)
