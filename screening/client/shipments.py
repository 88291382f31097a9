"""Shipments screened as they are booked."""

from collections.abc import Mapping, Sequence
from typing import Any

from screening.client.shown import Screened, screened
from screening.client.subject import Subject
from screening.shipment import Shipment

Columns = Shipment | Mapping[str, Any]
"""A shipment: a model, or its columns by their names."""


class ScreeningShipments(Subject):
    """`POST /screen`."""

    def screen(self, shipment: Columns) -> Screened:
        """The result for one shipment, and the alert that stands for it."""
        return screened(self._sender.post("/screen", _columns(shipment)).json())

    def screen_many(self, shipments: Sequence[Columns]) -> list[Screened]:
        """The results in order. The shipments are one book, which rules over time see as a whole."""
        answer = self._sender.post("/screen", [_columns(shipment) for shipment in shipments])
        return [screened(record) for record in answer.json()]


def _columns(shipment: Columns) -> dict[str, Any]:
    if isinstance(shipment, Shipment):
        return shipment.model_dump(mode="json", exclude_none=True)
    return dict(shipment)
