"""Shipments posted to be screened: each is answered with its alert record, and kept."""

from collections.abc import Callable, Sequence
from typing import Annotated

from fastapi import Depends, Request, Response

from screening.service import keeping, metrics
from screening.service.access import Principal, needs
from screening.service.desk import Judged
from screening.service.openapi import json_answer, json_body
from screening.service.posted import read_posted
from screening.service.repeated import MayRepeat
from screening.service.routing import refuse_other_media
from screening.service.routing import router as _router
from screening.service.running import Running, Service
from screening.store.transaction import Writing
from screening.written import json_of

router = _router("screening")


async def _body(request: Request) -> bytes:
    refuse_other_media(request)
    return await request.body()


_ONE_OR_MANY = {
    "requestBody": json_body("Shipment", "shipment", many=True),
    "responses": {200: json_answer("Record", "record", many=True)},
}


@router.post("/screen", responses={422: {}}, openapi_extra=_ONE_OR_MANY)
def screen(
    body: Annotated[bytes, Depends(_body)],
    service: Running,
    repeated: MayRepeat,
    who: Annotated[Principal, needs("screen")],
) -> Response:
    """The alert record of a shipment, or those of a list, each with the `alert` that stands for it.

    The shipments of a list are one book, which rules over time see as a whole.
    """
    answer = repeated.answer(service.database, body, lambda: _judged(body, service, who.id))
    return Response(answer, media_type="application/json")


def _judged(body: bytes, service: Service, actor: str) -> Callable[[Writing], str]:
    """The shipments judged; what is left is to keep them and to tell their alerts."""
    posted = read_posted(body, service.settings.most_shipments)
    with metrics.WAITING.track_inprogress():
        judged = service.desk.screen(posted.told, service.settings.answer_seconds)
    keeping.count(judged.records)
    policy = service.judge.policy

    def kept(tx: Writing) -> str:
        alerts = keeping.keep(tx, posted.told, judged, "post", actor, policy)
        lines = _lines(judged, alerts)
        return lines[0] if posted.alone else f"[{','.join(lines)}]"

    return kept


def _lines(judged: Judged, alerts: Sequence[int | None]) -> list[str]:
    """The records as they are written, which costs less than writing them again."""
    pairs = zip(judged.records, alerts, strict=True)
    return [f'{record.line[:-1]}, "alert": {json_of(alert)}}}' for record, alert in pairs]
