"""Whether alerts are found by what their records say: the log vouches for the records, not for an index."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, select

from screening.store.openings import fired_rules
from screening.store.schema import ALERTS, FINDINGS, SCREENINGS
from screening.store.seals import AT_ONCE, chunks
from screening.store.vouched import Fault

Rules = set[tuple[str, int, str | None]]


def findings_apart(connection: Connection) -> Iterator[Fault]:
    """The alerts that are listed with other rules than their record has."""
    query = select(ALERTS.c.id, SCREENINGS.c.record).join(SCREENINGS, SCREENINGS.c.id == ALERTS.c.screening)
    known = query.where(SCREENINGS.c.record.is_not(None)).order_by(ALERTS.c.id)
    rows = connection.execute(known, execution_options={"yield_per": AT_ONCE})
    for some in chunks(rows, AT_ONCE):
        listed = _listed(connection, [row.id for row in some])
        for alert, record in some:
            if listed[alert] != _told(record):
                yield Fault(f"alerts/{alert}", "is listed with other rules than those of its record")


def _listed(connection: Connection, alerts: Sequence[int]) -> defaultdict[int, Rules]:
    found: defaultdict[int, Rules] = defaultdict(set)
    for row in connection.execute(select(FINDINGS).where(FINDINGS.c.alert.in_(alerts))):
        found[row.alert].add((row.rule, row.points, row.suppressed_by))
    return found


def _told(record: str) -> Rules:
    told: Any = json.loads(record)
    return {(one["rule"], one["points"], one["suppressed_by"]) for one in fired_rules(told)}
