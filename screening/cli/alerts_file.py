"""An alerts file read again: the records of one shipment, as the results that they were."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from rapidfuzz import process

from screening.cli.printing import counted
from screening.errors import InputError
from screening.io.sources import access_fault
from screening.result import Screening

_NEAR = 5
_REMEDY = "name the .jsonl file that `screening screen --output` wrote"


def alerts_of(shipment_id: str, path: str) -> list[Screening]:
    """The results of that shipment, its lines and revisions in the order of the file.

    InputError when there is none, and when the file holds no alert records.
    """
    found, others = [], set()
    for where, record in _records(path):
        if record["shipment_id"] == shipment_id:
            found.append(_screening(where, record))
        else:
            others.add(record["shipment_id"])
    if not found:
        raise InputError(path, f"holds no alert of the shipment {shipment_id!r}", _near(shipment_id, others))
    return found


def all_alerts(path: str) -> Iterator[Screening]:
    """Every result in the file, in its order; InputError where it holds something else."""
    return (_screening(where, record) for where, record in _records(path))


def _near(shipment_id: str, others: set[str]) -> str:
    near = [name for name, _, _ in process.extract(shipment_id, sorted(others), limit=_NEAR, score_cutoff=50)]
    if near:
        return f"did you mean {', '.join(near)}?"
    clear = "clear shipments are in it only with `screening screen --all`"
    return f"{counted(len(others), 'other alert')} in it; {clear}" if others else f"it is empty; {clear}"


def _records(path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every record with its place."""
    try:
        with Path(path).open("rb") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    where = f"{path}, line {number}"
                    yield where, _record(where, line)
    except IsADirectoryError:
        raise InputError(path, "is a folder, not a file", _REMEDY) from None
    except OSError as error:
        raise access_fault(path, error) from error


def _record(where: str, line: bytes) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        raise InputError(where, "is no line of JSON", _REMEDY) from None
    if not isinstance(record, dict) or not isinstance(record.get("shipment_id"), str):
        raise InputError(where, "is no alert record", _REMEDY)
    return record


def _screening(where: str, record: dict[str, Any]) -> Screening:
    """The record as a result; keys of a later version are set aside."""
    record = {"schema_version" if key == "schema" else key: value for key, value in record.items()}
    _refuse_packed_cells(where, record.get("shipment"))
    try:
        return Screening.model_validate(record)
    except ValidationError as error:
        for fault in error.errors():
            if fault["type"] == "extra_forbidden":
                _drop(record, fault["loc"])
    try:
        return Screening.model_validate(record)
    except ValidationError as error:
        what = ".".join(map(str, error.errors()[0]["loc"]))
        raise InputError(where, f"is no alert record: {what}: {error.errors()[0]['msg']}", _REMEDY) from None


def _refuse_packed_cells(where: str, cells: Any) -> None:
    """Cells are what a row of a table says: no lists, no objects."""
    for name, value in cells.items() if isinstance(cells, dict) else ():
        if isinstance(value, dict | list):
            raise InputError(where, f"is no alert record: shipment.{name[:40]}: is no plain value", _REMEDY)


def _drop(record: Any, place: tuple[str | int, ...]) -> None:
    for key in place[:-1]:
        record = record[key]
    del record[place[-1]]
