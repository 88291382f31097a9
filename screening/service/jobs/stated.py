"""What the rows of a file state, as whoever posts shipments states it: in the contract's own notation.

What is kept is read again without the mapping of its file, to be screened again or replayed: `31.12.2024`
would be no date then, and `1.200` another amount.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from screening.io.notation import PLAIN, Notation
from screening.io.values import typed_values
from screening.shipment import COLUMNS, Kind
from screening.store.canonical import canonical
from screening.store.shipments import ScreenedShipment
from screening.written import WrittenRecord

Row = Mapping[str, Any]
_NOTED = (Kind.DATE, Kind.AMOUNT)
"""What a mapping may say another notation of."""


def as_posted(records: Sequence[WrittenRecord], notation: Notation) -> list[ScreenedShipment]:
    """The shipments of these records, whose file was read by that notation."""
    rows = _plain([record["shipment"] for record in records], notation)
    return [_shipment(record, row) for record, row in zip(records, rows, strict=True)]


def _shipment(record: WrittenRecord, row: Row) -> ScreenedShipment:
    stated = {name: cell for name, cell in row.items() if cell is not None}
    return ScreenedShipment(canonical({"shipment_id": record["shipment_id"], **stated}), record)


def _plain(rows: Sequence[Row], notation: Notation) -> Sequence[Row]:
    if notation == PLAIN:
        return rows
    names = {name for row in rows for name in row if name in COLUMNS and COLUMNS[name].kind in _NOTED}
    read = typed_values({name: [row.get(name) for row in rows] for name in names}, notation)
    assert read is not None, "a row that can't be read is a reject, and no record"
    return [
        row | {name: _text(values[at]) for name, values in read.items() if name in row}
        for at, row in enumerate(map(dict, rows))
    ]


def _text(value: Any) -> str | None:
    """The value as the contract writes it: a day, or a number without an exponent."""
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f")
    return None if value is None else str(value)
