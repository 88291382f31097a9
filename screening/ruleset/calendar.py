"""Whether days can follow one another as a rule says: bounds on dates, and on the days between them."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import product
from math import ceil, floor, inf

from screening.fields import FIELDS, FieldType
from screening.ruleset.clauses import Operator
from screening.ruleset.literals import Literal

Bound = tuple[str, str, float]
"""(a, b, n): a is at most n days after b."""

_ORIGIN = ""
"""Stands for day 0, so that a date is a number of days after it."""


def days_agree(facts: Iterable[Literal]) -> bool:
    """True when there are days for all date fields that keep every bound."""
    bounds = [bound for fact in facts for bound in _bounds(fact)]
    names = sorted({name for a, b, _ in bounds for name in (a, b)})
    apart = dict.fromkeys(product(names, names), inf)
    for a, b, days in bounds:
        apart[a, b] = min(apart[a, b], days)
    for through, a, b in product(names, names, names):
        apart[a, b] = min(apart[a, b], apart[a, through] + apart[through, b])
    return all(apart[name, name] >= 0 for name in names)


def _bounds(fact: Literal) -> Iterator[Bound]:
    if FIELDS[fact.field].type is FieldType.DATE:
        yield from _date_bounds(fact)
    elif fact.field.endswith(".days_registered") and isinstance(fact.operand, float):
        yield from _age_bounds(fact, fact.field.replace("days_registered", "registered_on"), fact.operand)


def _date_bounds(fact: Literal) -> Iterator[Bound]:
    if isinstance(fact.operand, date):
        other, day = _ORIGIN, fact.operand.toordinal()
    elif fact.other is not None:
        other, day = fact.other, 0
    else:
        return
    match fact.relation, fact.truth:
        case Operator.ON_OR_BEFORE, True:
            yield fact.field, other, day
        case Operator.ON_OR_BEFORE, False:
            yield other, fact.field, -day - 1
        case Operator.ON_OR_AFTER, True:
            yield other, fact.field, -day
        case Operator.ON_OR_AFTER, False:
            yield fact.field, other, day - 1


def _age_bounds(fact: Literal, registered: str, days: float) -> Iterator[Bound]:
    """The days from a registration to the shipment, which are whole."""
    shipped = "shipment.date"
    match fact.relation, fact.truth:
        case (Operator.AT_MOST, True):
            yield shipped, registered, floor(days)
        case (Operator.AT_MOST, False):
            yield registered, shipped, -floor(days) - 1
        case (Operator.AT_LEAST, True):
            yield registered, shipped, -ceil(days)
        case (Operator.AT_LEAST, False):
            yield shipped, registered, ceil(days) - 1
        case (Operator.IS, True):
            yield shipped, registered, floor(days)
            yield registered, shipped, -ceil(days)
