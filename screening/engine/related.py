"""The earlier shipments that a finding over time rests on, and what was measured of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

MAX_RELATED = 20


class Other(NamedTuple):
    """A row that a finding rests on: its day and the text of its shipment's id."""

    day: date
    shipment: str


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured for one row; None where the rule measures nothing of the kind."""

    count: int
    """Rows, or different values where the rule counts those; of a sequence, rows of its first step."""
    sum: float | None = None
    ratio: float | None = None
    first: date | None = None
    """The first and the last day of the rows that `count` speaks of."""
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Related:
    """The other shipments behind one finding, at most MAX_RELATED of them by date and id."""

    shipments: tuple[str, ...]
    total: int
    measured: Measured


def related(others: Iterable[Other], own: str, measured: Measured) -> Related:
    """The distinct shipments of these rows but the row's own, in order of date and id."""
    ids = dict.fromkeys(other.shipment for other in sorted(others) if other.shipment != own)
    return Related(tuple(ids)[:MAX_RELATED], len(ids), measured)
