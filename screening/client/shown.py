"""What all that the service tells has in common, and the records that it screens shipments to."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict

from screening.result import Screening


class Shown(BaseModel):
    """Something that the service tells. Keys that a newer service adds are passed over."""

    model_config = ConfigDict(frozen=True, populate_by_name=True, defer_build=True)


class Screened(NamedTuple):
    """The answer for one shipment."""

    result: Screening
    alert: int | None
    """The alert that stands for the shipment's line; None for one that was always clear."""


def screened(record: Mapping[str, Any]) -> Screened:
    """The answer that a record of the service holds."""
    return Screened(result_of(record), record.get("alert"))


def result_of(record: Mapping[str, Any]) -> Screening:
    """The result that a record of the service holds."""
    told = {"schema_version" if name == "schema" else name: value for name, value in record.items()}
    return Screening.model_validate(told, extra="ignore")
