"""Shipments as the store has them, told again as whoever posted them told them."""

import json
from collections.abc import Sequence
from dataclasses import replace

from screening.io.memory import Told, told
from screening.shipment import Shipment

UNNAMED = "content#"
"""Begins what a shipment is called that was posted without a name."""
_NAME = "shipment_id"


def restated(contents: Sequence[str]) -> Told:
    """What the shipments said, in their order. Raises ShipmentError where the code no longer takes one."""
    stated = [json.loads(content) for content in contents]
    names = [one[_NAME] for one in stated]
    said = [
        {column: cell for column, cell in one.items() if column != _NAME or not name.startswith(UNNAMED)}
        for one, name in zip(stated, names, strict=True)
    ]
    return replace(told(map(Shipment.model_validate, said)), ids=names)
