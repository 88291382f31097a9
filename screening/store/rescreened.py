"""The shipments of the store as they were last screened, to be screened again when rules or lists changed.

They come as the books that they were: the shipments of one request together, since rules over time saw them
so. Of a file, and of what was screened again before, only a part is there, and the book is not whole.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from screening.store.schema import SCREENINGS, SHIPMENTS
from screening.store.transaction import Reading

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Latest:
    """A shipment as it stands, and its last screening."""

    screening: int
    run: str
    content: str
    record: str | None
    """None of a clear one."""


@dataclass(frozen=True, slots=True)
class KeptBook:
    """Shipments that were screened together."""

    whole: bool
    shipments: tuple[Latest, ...]

    @property
    def last(self) -> int:
        """The number of its last screening."""
        return self.shipments[-1].screening


def books(tx: Reading, after: int, run: str) -> list[KeptBook]:
    """The next books after that screening, of what this run has not screened yet; none at the end."""
    rows = [*tx.connection.execute(_latest(run).where(SCREENINGS.c.id > after).limit(AT_ONCE))]
    if len(rows) == AT_ONCE:
        last = rows[-1]
        same = and_(SCREENINGS.c.at == last.at, SCREENINGS.c.actor == last.actor)
        rows += tx.connection.execute(_latest(run).where(SCREENINGS.c.id > last.id, same))
    return list(_books(rows))


def _books(rows: list[Any]) -> Iterator[KeptBook]:
    for (_, _, cause), some in groupby(rows, key=lambda row: (row.at, row.actor, row.cause)):
        shipments = tuple(Latest(row.id, row.run, row.content, row.record) for row in some)
        yield KeptBook(cause == "post", shipments)


def _latest(run: str) -> Select[Any]:
    """The last screening of each line's latest shipment, unless it was of this run."""
    again, other = SCREENINGS.alias(), SHIPMENTS.alias()
    newer_screening = select(again.c.id).where(
        again.c.shipment == SCREENINGS.c.shipment, again.c.id > SCREENINGS.c.id
    )
    mine, theirs = func.coalesce(SHIPMENTS.c.revision, -1), func.coalesce(other.c.revision, -1)
    newer_shipment = select(other.c.id).where(
        other.c.shipment_id == SHIPMENTS.c.shipment_id,
        other.c.line_number.is_not_distinct_from(SHIPMENTS.c.line_number),
        or_(theirs > mine, and_(theirs == mine, other.c.version > SHIPMENTS.c.version)),
    )
    return (
        select(SCREENINGS, SHIPMENTS.c.content)
        .join(SHIPMENTS, SHIPMENTS.c.id == SCREENINGS.c.shipment)
        .where(SHIPMENTS.c.content.is_not(None), SCREENINGS.c.run != run)
        .where(~newer_screening.exists(), ~newer_shipment.exists())
        .order_by(SCREENINGS.c.id)
    )
