"""How much work there is, by kind and state: what an operator watches."""

from typing import NamedTuple

from sqlalchemy import func, select

from screening.store.schema import ALERTS, DELIVERIES, JOBS
from screening.store.transaction import Reading

_KINDS = {"alerts": ALERTS.c.state, "jobs": JOBS.c.state, "deliveries": DELIVERIES.c.state}


class Work(NamedTuple):
    """So many of a kind are in that state."""

    kind: str
    state: str
    size: int


def work_left(tx: Reading) -> list[Work]:
    """The work of each kind in each state that any is in."""
    return [
        Work(kind, state, size)
        for kind, column in _KINDS.items()
        for state, size in tx.connection.execute(select(column, func.count()).group_by(column))
    ]
