"""Who may come in, and who is told of alerts."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Literal

from pydantic import Field

from screening.client.pages import items, pages
from screening.client.shown import Shown
from screening.client.subject import Subject

Scope = Literal["screen", "read", "decide", "administer"]
Event = Literal["alert.opened", "alert.changed"]
DeliveryState = Literal["due", "done", "dead"]
EVERY_EVENT: tuple[Event, ...] = ("alert.opened", "alert.changed")


class Key(Shown):
    """What is known of a key."""

    id: str
    name: str
    scopes: tuple[Scope, ...]
    created_at: dt.datetime
    expires_at: dt.datetime | None
    revoked_at: dt.datetime | None


class NewKey(Key):
    """A new key, with the key itself: this once."""

    key: str = Field(repr=False)


class Webhook(Shown):
    """Who is told of what."""

    id: int
    url: str
    events: tuple[Event, ...]
    created_at: dt.datetime
    ended_at: dt.datetime | None


class NewWebhook(Webhook):
    """A new webhook, with the secret that signs what it is told: this once."""

    secret: str = Field(repr=False)


class DeliveryAgain(Shown):
    """A delivery that is due again."""

    id: int
    state: DeliveryState
    attempts: int
    due_at: dt.datetime


class Delivery(DeliveryAgain):
    """Something that a webhook is told."""

    webhook: int
    alert: int | None
    event: Event
    created_at: dt.datetime
    answer: str | None


class Administering(Subject):
    """`/keys`, `/webhooks` and `/deliveries`."""

    def list_keys(self) -> list[Key]:
        """All keys, the oldest first; revoked ones too."""
        return items(self._sender, "/keys", Key)

    def create_key(self, name: str, scopes: Sequence[Scope], *, days: int | None = None) -> NewKey:
        """A new key, good for so many days, or for ever. This is the only time that it is shown."""
        asked = {"name": name, "scopes": list(scopes), "days": days}
        return NewKey.model_validate_json(self._sender.post_once("/keys", asked).content)

    def revoke_key(self, key: str) -> Key:
        """The key with that id, which opens nothing any more some seconds from now."""
        return Key.model_validate_json(self._sender.delete(f"/keys/{key}").content)

    def list_webhooks(self) -> list[Webhook]:
        """All webhooks, the oldest first; ended ones too."""
        return items(self._sender, "/webhooks", Webhook)

    def subscribe(self, url: str, events: Sequence[Event] = EVERY_EVENT) -> NewWebhook:
        """A new webhook. This is the only time that its secret is shown."""
        asked = {"url": url, "events": list(events)}
        return NewWebhook.model_validate_json(self._sender.post_once("/webhooks", asked).content)

    def end_webhook(self, webhook: int) -> Webhook:
        """The webhook, which is told nothing any more."""
        return Webhook.model_validate_json(self._sender.delete(f"/webhooks/{webhook}").content)

    def list_deliveries(self, state: DeliveryState | None = None, limit: int = 50) -> Iterator[Delivery]:
        """What webhooks are told, the newest first; `dead` is what was given up."""
        return pages(self._sender, "/deliveries", Delivery, state=state, limit=limit)

    def send_again(self, delivery: int) -> DeliveryAgain:
        """A delivery that was given up, due again."""
        answer = self._sender.nudge(f"/deliveries/{delivery}/redelivery")
        return DeliveryAgain.model_validate_json(answer.content)
