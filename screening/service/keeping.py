"""What was judged goes into the store: in the transaction of its request, with its alerts."""

from collections import Counter
from collections.abc import Sequence

from screening.io.memory import Told
from screening.screener import Screener
from screening.service import metrics
from screening.service.desk import Judged
from screening.store import runs, screenings
from screening.store.canonical import canonical
from screening.store.casework.policy import WorkPolicy
from screening.store.screenings import Cause
from screening.store.shipments import ScreenedShipment
from screening.store.transaction import Writing
from screening.written import WrittenRecord


def keep(
    tx: Writing, told: Told, judged: Judged, cause: Cause, actor: str, policy: WorkPolicy
) -> list[int | None]:
    """The alert of each shipment, None where it never had one; all of them are in the store."""
    contents = map(canonical, _stated(told))
    screened = list(map(ScreenedShipment, contents, judged.records))
    return keep_screened(tx, screened, judged.screener, cause, actor, policy)


def keep_screened(
    tx: Writing,
    screened: Sequence[ScreenedShipment],
    screener: Screener,
    cause: Cause,
    actor: str,
    policy: WorkPolicy,
) -> list[int | None]:
    """The alert of each shipment that this screener judged; all of them are in the store."""
    runs.keep(tx, screener)
    return screenings.record(tx, screened, screener.ruleset, cause, actor, policy)


def _stated(told: Told) -> list[dict[str, str]]:
    """What each shipment states of itself, and what it is called where it does not say so."""
    rows: list[dict[str, str]] = [{"shipment_id": own} for own in told.ids]
    for name, cells in told.texts.items():
        for row, cell in zip(rows, cells, strict=True):
            if cell is not None:
                row[name] = cell
    return rows


def count(records: Sequence[WrittenRecord]) -> None:
    """Adds shipments to the figures of the service, by their decisions and the rules that fired."""
    for decision, shipments in Counter(record["decision"] for record in records).items():
        metrics.SHIPMENTS.labels(decision).inc(shipments)
    alerts = (record for record in records if record["decision"] != "clear")
    metrics.alerted(finding["rule"] for record in alerts for finding in record["findings"])
