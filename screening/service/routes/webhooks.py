"""Webhooks by HTTP: who is told of alerts, and what could not be delivered."""

import datetime as dt
from typing import Annotated

from fastapi import Path, Query
from pydantic import BaseModel, ConfigDict, Field

from screening.service.access import Principal, needs
from screening.service.routes.alerts import MOST_ROWS
from screening.service.routing import router as _router
from screening.service.running import Running
from screening.store import deliveries, webhooks
from screening.store.alert_pages import MOST_SHOWN
from screening.store.deliveries import DeliveryState
from screening.store.refusals import UnfitError
from screening.store.webhooks import EVENTS, Event

router = _router("webhooks")

Administrator = Annotated[Principal, needs("administer")]
HookNumber = Annotated[int, Path(ge=1, le=MOST_ROWS, description="The number of the webhook.")]
DeliveryNumber = Annotated[int, Path(ge=1, le=MOST_ROWS, description="The number of the delivery.")]


_NAME = r"[A-Za-z0-9]([A-Za-z0-9.-]{0,250}[A-Za-z0-9])?"
_PORT = "[1-9][0-9]{0,3}|[1-5][0-9]{4}"
_GROUP = "[0-9a-f]{1,4}"
_NUMBERED = "|".join(
    [
        f"({_GROUP}:){{7}}{_GROUP}",
        *(f"({_GROUP}:){{1,{before}}}(:{_GROUP}){{1,{7 - before}}}" for before in range(1, 7)),
        f"::({_GROUP}:){{0,5}}{_GROUP}",
    ]
)
"""IPv6, as long as it is or with its zeros left out."""
ADDRESS = rf"^https?://({_NAME}|\[({_NUMBERED})\])(:({_PORT}))?(/[!-~]{{0,1500}})?$"
"""What the address of a webhook looks like: written out, since no two libraries agree on what a URL is."""


class WebhookAsked(BaseModel):
    """Who is to be told of what."""

    model_config = ConfigDict(extra="forbid")

    url: str = Field(pattern=ADDRESS, examples=["https://orders.example.com/hooks/screening"])
    events: list[Event] = Field(list(EVENTS), min_length=1, max_length=len(EVENTS))


class WebhookShown(BaseModel):
    """Who is told of what."""

    id: int = Field(examples=[3])
    url: str = Field(examples=["https://orders.example.com/hooks/screening"])
    events: list[Event]
    created_at: dt.datetime
    ended_at: dt.datetime | None


class WebhookMade(WebhookShown):
    """A new webhook, with the secret that signs what it is told: this once."""

    secret: str = Field(examples=["whsec_..."])


class WebhooksShown(BaseModel):
    """All webhooks, the oldest first; ended ones too."""

    items: list[WebhookShown]


class DeliveryShown(BaseModel):
    """Something that a webhook is told."""

    id: int = Field(examples=[41])
    webhook: int = Field(examples=[3])
    alert: int | None = Field(examples=[12])
    event: Event
    created_at: dt.datetime
    state: DeliveryState
    attempts: int
    due_at: dt.datetime = Field(description="When it is tried next, or was taken last")
    answer: str | None = Field(description="What came of the last attempt", examples=["status 503"])


class DeliveryPage(BaseModel):
    """Some deliveries; `next` is the cursor of the next page, null on the last."""

    items: list[DeliveryShown]
    next: str | None


class DeliveryAgain(BaseModel):
    """A delivery that is due again."""

    id: int
    state: DeliveryState
    attempts: int
    due_at: dt.datetime


@router.get("/webhooks")
def list_webhooks(service: Running, who: Administrator) -> WebhooksShown:
    """All webhooks, without their secrets."""
    with service.database.reading() as tx:
        return WebhooksShown.model_validate({"items": webhooks.listed(tx)})


@router.post("/webhooks", status_code=201)
def subscribe(asked: WebhookAsked, service: Running, who: Administrator) -> WebhookMade:
    """A new webhook. The answer is the only time that its secret is shown.

    Each message is signed as the Standard Webhooks specification says: `webhook-id`, `webhook-timestamp` and
    `webhook-signature`. A message may come more than once, with the same id, and in any order.
    """
    if not asked.url.startswith("https:") and not service.settings.webhooks_private:
        raise UnfitError("url", "is no https address, which this service is set to send to alone")
    made = service.database.write(lambda tx: webhooks.subscribe(tx, asked.url, asked.events, who.id))
    return WebhookMade.model_validate(made)


@router.delete("/webhooks/{webhook}")
def end_webhook(webhook: HookNumber, service: Running, who: Administrator) -> WebhookShown:
    """The webhook, which is told nothing any more."""
    return WebhookShown.model_validate(service.database.write(lambda tx: webhooks.end(tx, webhook, who.id)))


@router.get("/deliveries")
def list_deliveries(
    service: Running,
    who: Administrator,
    state: Annotated[DeliveryState | None, Query(description="`dead`: given up")] = None,
    limit: Annotated[int, Query(ge=1, le=MOST_SHOWN)] = 50,
    cursor: Annotated[str | None, Query(max_length=1_000)] = None,
) -> DeliveryPage:
    """What webhooks are told, the newest first."""
    with service.database.reading() as tx:
        page = deliveries.page_of_deliveries(tx, state, limit, cursor)
    return DeliveryPage.model_validate({"items": page.items, "next": page.next})


@router.post(
    "/deliveries/{delivery}/redelivery",
    status_code=202,
    responses={409: {"description": "It was not given up, or its webhook was ended"}},
)
def send_again(delivery: DeliveryNumber, service: Running, who: Administrator) -> DeliveryAgain:
    """A delivery that was given up, due again."""
    found = service.database.write(lambda tx: deliveries.send_again(tx, delivery, who.id))
    return DeliveryAgain.model_validate(found)
