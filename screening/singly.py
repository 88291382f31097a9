"""Fields of a single row, told by its values without a query.

A service is sent one shipment at a time, and its figures, days and numbers are new each time: nothing that is
remembered helps. For one row a query costs a hundred times what it does. So a field that most shipments have
anew says here too what its expression says, by the same word lists and judges; the tests hold both together.
"""

import math
from collections.abc import Callable
from typing import Any, NamedTuple

Tell = Callable[..., Any]


class Singly(NamedTuple):
    """How a field follows from the values of a single row; None is unknown."""

    roots: tuple[str, ...]
    """The columns, facts and other fields that the field follows from."""
    tell: Tell
    """What it is by their values, in this order; NotImplemented where only its expression can tell."""


def where_known(tell: Tell) -> Tell:
    """The same, unknown where any of the values is."""
    return lambda *values: None if None in values else tell(*values)


def where_ascii(tell: Tell) -> Tell:
    """The same of a text in ASCII, unknown where it is blank; of another its expression tells."""
    return where_known(lambda text: tell(text) if text.isascii() else NotImplemented)


def quotient(one: float | None, other: float | None) -> float | None:
    """One figure by another that is none below zero."""
    if one is None or other is None:
        return None
    return one / other if other else one * math.inf
