"""What was judged goes into the store: in the transaction of its request, with its alerts."""

from collections import Counter
from collections.abc import Sequence
from itertools import chain

from screening.io.memory import Told
from screening.service import metrics
from screening.service.desk import Judged
from screening.store import runs, screenings
from screening.store.canonical import canonical
from screening.store.casework.policy import WorkPolicy
from screening.store.screenings import Cause
from screening.store.shipments import ScreenedShipment
from screening.store.transaction import Writing


def keep(
    tx: Writing, told: Told, judged: Judged, cause: Cause, actor: str, policy: WorkPolicy
) -> list[int | None]:
    """The alert of each shipment, None where it never had one; all of them are in the store."""
    runs.keep(tx, judged.screener)
    contents = map(canonical, _stated(told))
    screened = list(map(ScreenedShipment, contents, judged.records))
    return screenings.record(tx, screened, judged.screener.ruleset, cause, actor, policy)


def _stated(told: Told) -> list[dict[str, str]]:
    """What each shipment states of itself, and what it is called where it does not say so."""
    rows: list[dict[str, str]] = [{"shipment_id": own} for own in told.ids]
    for name, cells in told.texts.items():
        for row, cell in zip(rows, cells, strict=True):
            if cell is not None:
                row[name] = cell
    return rows


def count(judged: Judged) -> None:
    """Adds what was judged to the figures of the service."""
    for decision, shipments in Counter(record["decision"] for record in judged.records).items():
        metrics.SHIPMENTS.labels(decision).inc(shipments)
    alerts = (record for record in judged.records if record["decision"] != "clear")
    metrics.alerted(chain.from_iterable(map(_rules, alerts)))


def _rules(record: dict[str, Sequence[dict[str, str]]]) -> list[str]:
    return [finding["rule"] for finding in record["findings"]]
