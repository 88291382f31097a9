"""What Prometheus asks for; with a key of scope read, as `authorization` in its scrape configuration."""

from fastapi import Response
from prometheus_client import CONTENT_TYPE_LATEST

from screening.service.access import needs
from screening.service.metrics import Standing, exposition
from screening.service.routing import router as _router
from screening.service.running import Running
from screening.store.waiting import work_left

router = _router("metrics")


class Exposition(Response):
    """Figures as Prometheus reads them."""

    media_type = CONTENT_TYPE_LATEST


@router.get("/metrics", dependencies=[needs("read")], response_class=Exposition)
def show_metrics(service: Running) -> Exposition:
    """Requests, latency, alerts by rule, the age of each list, and what waits to be done."""
    with service.database.reading() as tx:
        queue = work_left(tx)
    standing = Standing(service.screeners.current.parties.snapshots, queue, service.database.now().date())
    return Exposition(exposition(standing))
