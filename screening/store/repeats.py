"""A request that is sent twice is done once: the second gets the first one's answer.

A client that got no answer can't know whether its request was carried out. It sends the request again with
the same `Idempotency-Key`. The key is claimed in the transaction that does the work, so that of requests at
the same time one does it, and the others wait for its answer, or find nothing done and do it.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, RowMapping, delete, insert, select, update

from screening.store.clock import utc_moment, utc_text
from screening.store.refusals import ConflictError
from screening.store.schema import REPEATS
from screening.store.transaction import Reading, Writing

REMEMBERED = timedelta(hours=24)
"""For how long a key is the same request's."""
_UNANSWERED = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that may be sent again."""

    principal: str
    key: str
    request: str
    """Digest of method, path and body: a key belongs to one request."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to a request."""

    status: int
    body: str


def answered(tx: Reading, asked: Asked) -> Answer | None:
    """What was answered to this request before; None where it was not sent yet.

    Raises ConflictError for a key that another request had.
    """
    row = tx.connection.execute(select(REPEATS).where(*_this(asked))).mappings().one_or_none()
    if row is None or row["at"] < _oldest(tx):
        return None
    return _same(row, asked)


def claim(tx: Writing, asked: Asked) -> Answer | None:
    """As `answered`; where there is no answer yet, the key is this request's from now on.

    Who does the work of the request then gives its answer to `keep`, in the same transaction.
    """
    tx.connection.execute(delete(REPEATS).where(REPEATS.c.at < _oldest(tx)))
    if (answer := answered(tx, asked)) is not None:
        return answer
    row = {"principal": asked.principal, "key": asked.key, "request": asked.request}
    tx.connection.execute(insert(REPEATS).values(**row, status=_UNANSWERED, answer="", at=tx.at))
    return None


def keep(tx: Writing, asked: Asked, answer: Answer) -> None:
    """Gives the answer to whoever sends the request again."""
    tx.connection.execute(
        update(REPEATS).where(*_this(asked)).values(status=answer.status, answer=answer.body)
    )


def _this(asked: Asked) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return REPEATS.c.principal == asked.principal, REPEATS.c.key == asked.key


def _oldest(tx: Reading) -> str:
    return utc_text(utc_moment(tx.at) - REMEMBERED)


def _same(row: RowMapping, asked: Asked) -> Answer:
    if row["request"] != asked.request:
        raise ConflictError("this Idempotency-Key was another request's; give each request its own", {})
    return Answer(row["status"], row["answer"])
