"""A case: shipments that follow a fact, as they stand in the article's file, and what they must come to."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from screening.shipment import COLUMNS

Cell = str | int | date
Expected = Literal["alert", "review", "hold", "clear"]


def _known_columns(cells: dict[str, Cell]) -> dict[str, Cell]:
    unknown = [name for name in cells if name not in COLUMNS or name == "shipment_id"]
    if unknown:
        raise ValueError(f"no column that a case may set: {', '.join(unknown)}")
    return cells


Cells = Annotated[dict[str, Cell], AfterValidator(_known_columns)]


class CaseShipment(BaseModel):
    """One shipment of a case: what it adds to the case's common cells, and the decision it must get."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    id: Annotated[str, StringConstraints(pattern=r"^S[1-9][0-9]?$")]
    expect: Expected
    because: Annotated[str, StringConstraints(min_length=1)]
    cells: Cells = {}


class Case(BaseModel):
    """Shipments that follow one fact of an article; the builder makes a scenario of it."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    name: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    story: Annotated[str, StringConstraints(min_length=1)]
    cells: Cells = {}
    """What all shipments of the case have in common."""
    shipments: list[CaseShipment] = Field(min_length=1)

    @property
    def alerts(self) -> bool:
        """True when a shipment of the case must be flagged."""
        return any(shipment.expect != "clear" for shipment in self.shipments)

    def columns(self) -> tuple[str, ...]:
        """The columns that the case needs, in the contract's order."""
        named = {"shipment_id"}.union(self.cells, *(shipment.cells for shipment in self.shipments))
        return tuple(column for column in COLUMNS if column in named)

    def row(self, shipment: CaseShipment) -> tuple[str, ...]:
        """The cells of one shipment as text, in the order of `columns`."""
        cells = {"shipment_id": shipment.id, **self.cells, **shipment.cells}
        return tuple(_text(cells.get(column, "")) for column in self.columns())


def _text(cell: Cell) -> str:
    return cell.isoformat() if isinstance(cell, date) else str(cell)
