"""Where a page of a list ended, as a text that says nothing to whoever carries it.

It holds the place after which the next page begins, by the values that the list is sorted by: rows that
come or go meanwhile move no other row to another page. It belongs to one filter and one order.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from screening.store.refusals import UnfitError

Value = int | str
_MOST_CHARACTERS = 1_000
_OF_ANOTHER = "is no cursor of this list, filter and order; leave it out to start from the first page"


@dataclass(frozen=True, slots=True)
class Place:
    """The row that a page ended with: the value that it is sorted by, and its id."""

    value: Value
    id: int


def cursor(place: Place, asked: str) -> str:
    """The place as text; `asked` tells filter and order of the list."""
    told = json.dumps([_digest(asked), place.value, place.id], separators=(",", ":"))
    return urlsafe_b64encode(told.encode()).decode().rstrip("=")


def place_of(text: str, asked: str, kind: type[Value]) -> Place:
    """The place that a cursor holds, sorted by values of a kind. Raises UnfitError for any other text."""
    match _read(text):
        case [digest, value, int(number)] if digest == _digest(asked) and type(value) is kind:
            return Place(value, number)
        case _:
            raise UnfitError("cursor", _OF_ANOTHER)


def _read(text: str) -> Any:
    if len(text) > _MOST_CHARACTERS:
        return None
    try:
        return json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (NotBase64, ValueError, RecursionError):
        return None


def _digest(asked: str) -> str:
    return sha256(asked.encode()).hexdigest()[:12]
