"""A book for Spark: all scenarios, with rows that are told again or replaced, and that can't be read."""

import csv
from pathlib import Path

import pyarrow as pa

Row = dict[str, str]

_SCENARIOS = Path(__file__).parents[1] / "scenarios"


def scenario_rows() -> list[Row]:
    """The shipments of every scenario; those of one scenario have its name before their ids."""
    found: list[Row] = []
    for file in sorted(_SCENARIOS.glob("*/shipments.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            rows = [{k: v for k, v in row.items() if k and v} for row in csv.DictReader(lines)]
        for row in rows:
            stated = row.get("shipment_id")
            found.append(row | ({"shipment_id": f"{file.parent.name} {stated}"} if stated else {}))
    return found


def amended(rows: list[Row]) -> list[Row]:
    """A later revision of each row, to another consignee."""
    return [row | {"revision": "2", "consignee_name": f"Other {row['shipment_id']} LLC"} for row in rows]


def unreadable(rows: list[Row]) -> list[Row]:
    """The rows with a day that is none and a quantity of words, under ids of their own."""
    wrong = {"shipment_date": "31.02.2024", "quantity": "many"}
    return [row | wrong | {"shipment_id": f"{row['shipment_id']} unread"} for row in rows]


def book() -> pa.Table:
    """The rows of the scenarios; every ninth is told again, every seventh amended, every eleventh spoilt."""
    rows = scenario_rows()
    named = [row for row in rows if "shipment_id" in row and "revision" not in row]
    whole = [*rows, *named[::9], *amended(named[::7]), *unreadable(named[::11])]
    return table_of(whole)


def table_of(rows: list[Row]) -> pa.Table:
    """The rows as text, with their number in a column `number`."""
    names = dict.fromkeys(name for row in rows for name in row)
    columns = {name: [row.get(name, "") for row in rows] for name in names}
    return pa.table(columns | {"number": list(range(1, len(rows) + 1))})
