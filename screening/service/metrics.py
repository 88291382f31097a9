"""What Prometheus is told: counts of the workers together, and how things stand at the moment of asking.

Worker processes count into files of one folder (`PROMETHEUS_MULTIPROC_DIR`, which `screening serve` sets),
so that whichever of them is asked tells of all.
"""

import os
from collections.abc import Iterable, Iterator
from datetime import date

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import REGISTRY, Collector

from screening.store.waiting import Work
from screening.watchlists.entry import Snapshot

FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0, 60.0)

REQUESTS = Counter("screening_requests", "Requests answered", ["method", "route", "status"])
SECONDS = Histogram(
    "screening_request_seconds", "Seconds until a request was answered", ["route"], buckets=_BUCKETS
)
ALERTS = Counter("screening_alerts", "Alerts raised or changed, by each rule that fired", ["rule"])
SHIPMENTS = Counter("screening_shipments", "Shipments screened", ["decision"])
WAITING = Gauge("screening_waiting", "Requests that wait to be screened", multiprocess_mode="livesum")


def observe(method: str, route: str, status: int, seconds: float) -> None:
    """Counts a request. Unknown methods share one label: a stranger may make up as many as he likes."""
    REQUESTS.labels(method if method in METHODS else "other", route, str(status)).inc()
    SECONDS.labels(route).observe(seconds)


def alerted(rules: Iterable[str]) -> None:
    """Counts an alert with each rule that fired."""
    for rule in rules:
        ALERTS.labels(rule).inc()


class Standing(Collector):
    """How things stand now: read from lists and store when somebody asks, so that no worker tells of old."""

    def __init__(self, lists: Iterable[Snapshot], queue: Iterable[Work], today: date) -> None:
        self._lists = lists
        self._queue = queue
        self._today = today

    def collect(self) -> Iterator[Metric]:
        """The figures."""
        ages = GaugeMetricFamily("screening_list_age_days", "Age of each watchlist", labels=["list"])
        entries = GaugeMetricFamily("screening_list_entries", "Entries of each watchlist", labels=["list"])
        for snapshot in self._lists:
            entries.add_metric([snapshot.name], len(snapshot.entries))
            if snapshot.date:
                ages.add_metric([snapshot.name], max((self._today - snapshot.date).days, 0))
        queue = GaugeMetricFamily("screening_queue", "Work by kind and state", labels=["kind", "state"])
        for kind, state, size in self._queue:
            queue.add_metric([kind, state], size)
        yield from (ages, entries, queue)


def exposition(standing: Standing) -> bytes:
    """All figures in the format that Prometheus reads."""
    now = CollectorRegistry()
    now.register(standing)
    return generate_latest(_counted()) + generate_latest(now)


def _counted() -> CollectorRegistry:
    """What the workers have counted: all of them where there is a folder for it, else this process."""
    if FOLDER_VARIABLE not in os.environ:
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry
