"""Shipments as a request posts them: one object, or a list of them, read with all faults told at once.

The names are those of the contract's columns, and other names are columns that are carried through. A value
is a text, a number or a truth, as JSON has them; what it means is read as a cell of a file would be.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from screening.errors import ShipmentError
from screening.io.memory import Told, told
from screening.service.problems import Problem, invalid, pointer
from screening.service.routing import strict_json
from screening.shipment import COLUMNS, Kind, Shipment
from screening.store.restated import UNNAMED

MOST_COLUMNS = 200
"""Columns of their own that the shipments of a request may have."""
LONGEST_NAME = 200
"""Characters of such a column's name."""

_Faults = dict[tuple[int, str | None], str]
"""Why, by the place of the shipment and the column; None is the shipment itself."""


@dataclass(frozen=True, slots=True)
class Posted:
    """The shipments of a request."""

    told: Told
    alone: bool
    """True for one object, which is answered with one."""


def read_posted(body: bytes, most: int) -> Posted:
    """The shipments in a body. Raises Problem for what is none: 400 and 422, with every fault.

    A shipment that has no `shipment_id` is called by its content, so that it is the same when it comes again.
    """
    value = strict_json(body)
    rows = value if isinstance(value, list) else [value]
    if len(rows) > most:
        what = f"{len(rows):,} shipments; a request may have {most:,}. Send a file to /jobs instead"
        raise Problem(422, what)
    alone = not isinstance(value, list)
    found = _named(_read(rows, alone))
    return Posted(found, alone)


def _read(rows: Sequence[Any], alone: bool) -> Told:
    faults: _Faults = {}
    shipments = [_shipment(at, row, faults) for at, row in enumerate(rows)]
    try:
        found = told(shipments)
    except ShipmentError as error:
        faults |= {(fault.at, fault.column): fault.reason for fault in error.faults}
    if faults:
        raise invalid(list(_in_order(faults, alone)))
    if len(found.more) > MOST_COLUMNS:
        raise Problem(422, f"{len(found.more):,} columns that we do not know; {MOST_COLUMNS} may be there")
    return found


def _shipment(at: int, row: Any, faults: _Faults) -> Shipment:
    """The shipment, without what is faulty in it."""
    if not isinstance(row, dict):
        faults[at, None] = "is no shipment; give an object of columns"
        return Shipment()
    wrong = dict(_misshapen(row))
    faults.update({(at, name): reason for name, reason in wrong.items()})
    return Shipment.model_validate(_without(row, wrong) if wrong else row)


_WANTED: dict[Kind | None, tuple[tuple[type, ...], str]] = {
    None: ((str, int, float, bool), "give a text or a number"),
    Kind.AMOUNT: ((str, int, float), "give a number, or a text that is one"),
    Kind.COUNT: ((str, int, float), "give a whole number, or a text that is one"),
    Kind.COUNTRIES: ((str, list), "give a list of countries"),
    Kind.YES_NO: ((str, bool), "give true or false"),
}
"""What JSON has for a cell of a kind, None for a column that we do not know, and how to ask for it."""
_TOO_LARGE = 1e18
_TEXT = ((str,), "give a text")


def _misshapen(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The columns whose value is of a type that says nothing there, and why.

    A number for a date would be read as seconds since 1970, and true for an amount as 1.
    """
    for name, value in row.items():
        kind = COLUMNS[name].kind if name in COLUMNS else None
        types, remedy = _WANTED.get(kind, _TEXT)
        odd = kind is Kind.COUNT and isinstance(value, float) and not _is_whole(value)
        if value is not None and (type(value) not in types or odd):
            yield name, f"can't be {_CALLED[type(value)]}; {remedy}"
        elif isinstance(value, list) and not all(isinstance(item, str) for item in value):
            yield name, f"holds something that is no text; {remedy}"
        elif kind is None and not 0 < len(name) <= LONGEST_NAME:
            yield name, f"the name of a column has 1 to {LONGEST_NAME} characters"


_CALLED: dict[type, str] = {
    str: "a text",
    int: "a number",
    float: "such a number",
    bool: "true or false",
    list: "a list",
    dict: "an object",
}


def _is_whole(number: float) -> bool:
    return number.is_integer() and abs(number) < _TOO_LARGE


def _without(row: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}


def _in_order(faults: _Faults, alone: bool) -> Iterator[dict[str, str]]:
    for at, name in sorted(faults, key=lambda place: (place[0], place[1] or "")):
        steps = (*(() if alone else (at,)), *(() if name is None else (name,)))
        yield {"pointer": pointer(steps), "detail": faults[at, name]}


def _named(found: Told) -> Told:
    """The shipments, those without a name called by what they say."""
    stated = found.values.get("shipment_id") or [None] * len(found.ids)
    ids = [own or f"{UNNAMED}{_digest(found, at)}" for at, own in enumerate(stated)]
    return replace(found, ids=ids)


def _digest(found: Told, at: int) -> str:
    said = [f"{name}={found.texts[name][at]}" for name in sorted(found.texts) if found.texts[name][at]]
    return sha256("\0".join(said).encode()).hexdigest()[:16]
