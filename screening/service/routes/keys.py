"""API keys: made, listed and revoked by who administers."""

from datetime import datetime, timedelta
from typing import Annotated, Self

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field

from screening.service.access import Principal, Scope, needs
from screening.service.routing import router as _router
from screening.service.running import Running
from screening.service.shapes import WHOLE
from screening.store import keys

router = _router("keys")

Administrator = Annotated[Principal, needs("administer")]
KeyId = Annotated[str, Path(pattern="^[0-9a-f]{12}$", description="The public part of the key.")]


class KeyAsked(BaseModel):
    """What a new key is to be."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    name: str = Field(pattern=r"\S", max_length=200, examples=["order system"])
    scopes: list[Scope] = Field(min_length=1, max_length=4, examples=[["screen", "read"]])
    days: Annotated[int | None, WHOLE] = Field(
        None, strict=True, ge=1, le=3_650, description="Days that it is good for; for ever without"
    )


class KeyShown(BaseModel):
    """What is known of a key."""

    id: str = Field(examples=["5d1c0a4be2f7"])
    name: str = Field(examples=["order system"])
    scopes: list[Scope] = Field(examples=[["read", "screen"]])
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None

    @classmethod
    def of(cls, known: keys.Key, **more: str) -> Self:
        """The key, its scopes in the order of the alphabet."""
        told = {name: getattr(known, name) for name in known.__slots__}
        return cls.model_validate(told | {"scopes": sorted(known.scopes)} | more)


class KeyMade(KeyShown):
    """A new key, with the key itself: this once."""

    key: str = Field(examples=["scr_5d1c0a4be2f7_..."])


class Keys(BaseModel):
    """All keys, the oldest first; revoked ones too."""

    items: list[KeyShown]


@router.get("/keys")
def list_keys(service: Running, who: Administrator) -> Keys:
    """All keys, without what opens anything."""
    with service.database.reading() as tx:
        return Keys(items=[KeyShown.of(key) for key in keys.listed(tx)])


@router.post("/keys", status_code=201)
def create_key(asked: KeyAsked, service: Running, who: Administrator) -> KeyMade:
    """A new key. The answer is the only time that it is shown."""
    end = service.database.now() + timedelta(asked.days) if asked.days else None
    made = service.database.write(lambda tx: keys.create(tx, asked.name, asked.scopes, who.id, end))
    return KeyMade.of(made.key, key=made.text)


@router.delete("/keys/{key_id}")
def revoke_key(key_id: KeyId, service: Running, who: Administrator) -> KeyShown:
    """The key, revoked. Each worker goes on accepting it for some seconds at most."""
    return KeyShown.of(service.database.write(lambda tx: keys.revoke(tx, key_id, who.id)))
