"""A request that may be sent twice: with the header `Idempotency-Key`, the second is answered as the first.

What is dear is done before the transaction, and once more at worst, by requests at the same time; what it
comes to is written once.
"""

from collections.abc import Callable
from hashlib import sha256
from typing import Annotated

from fastapi import Depends, Header, Request

from screening.service.access import Principal
from screening.store import repeats
from screening.store.database import Database
from screening.store.repeats import Answer, Asked
from screening.store.transaction import Writing

_Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=200,
        pattern="^[!-~]+$",
        description="Yours alone for this request: when it comes again within a day, nothing is done twice",
    ),
]


class Repeatable:
    """A request, and the key that its sender gave it."""

    def __init__(self, request: Request, key: str | None) -> None:
        principal: Principal = request.state.principal
        self._principal = principal.id
        self._key = key
        self._place = f"{request.method} {request.url.path}?{request.url.query}"

    def answer(self, database: Database, body: bytes, prepare: Callable[[], Callable[[Writing], str]]) -> str:
        """The answer to the request: that of the first time, or what comes of it now.

        `prepare` does what needs no transaction, and gives the work that writes and tells the answer.
        """
        if self._key is None:
            return database.write(prepare())
        asked = Asked(self._principal, self._key, sha256(self._place.encode() + b"\n" + body).hexdigest())
        with database.reading() as tx:
            known = repeats.answered(tx, asked)
        return known.body if known else database.write(_once(asked, prepare()))


def _once(asked: Asked, work: Callable[[Writing], str]) -> Callable[[Writing], str]:
    def done(tx: Writing) -> str:
        known = repeats.claim(tx, asked)
        if known is not None:
            return known.body
        answer = work(tx)
        repeats.keep(tx, asked, Answer(200, answer))
        return answer

    return done


async def _repeatable(request: Request, key: _Key = None) -> Repeatable:
    # Not in a thread of its own, where the framework would make an object of the class.
    return Repeatable(request, key)


MayRepeat = Annotated[Repeatable, Depends(_repeatable)]
"""The parameter of a route by which it answers repeated requests."""
