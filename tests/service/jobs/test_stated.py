"""What a file states by a mapping is kept as the contract writes it, and says the same without it."""

import datetime as dt
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from screening.io.notation import PLAIN, Notation
from screening.io.values import typed_values
from screening.service.jobs.stated import as_posted
from screening.store.restated import restated
from screening.written import WrittenRecord

GERMAN = Notation("%d.%m.%Y", ",", ".")
ROW = {
    "shipment_date": "20.11.2024",
    "value": "1.200,50",
    "hs_code": "8542.31",
    "Anmerkung": "1,5",
    "quantity": None,
}


def record(row: dict[str, Any]) -> WrittenRecord:
    return WrittenRecord({"shipment_id": "S1", "shipment": row}, "")


def kept(row: dict[str, Any], notation: Notation) -> dict[str, Any]:
    (shipment,) = as_posted([record(row)], notation)
    told: dict[str, Any] = json.loads(shipment.content)
    return told


def test_dates_and_amounts_are_kept_in_the_contracts_notation() -> None:
    plain = {"shipment_date": "2024-11-20", "value": "1200.5"}
    assert kept(ROW, GERMAN) == {"shipment_id": "S1", "hs_code": "8542.31", "Anmerkung": "1,5"} | plain


def test_without_a_mapping_cells_are_kept_as_they_stand() -> None:
    assert kept(ROW, PLAIN) == {"shipment_id": "S1"} | {k: v for k, v in ROW.items() if v is not None}


@given(st.dates(min_value=dt.date(1900, 1, 1)), st.floats(0, 1e18))
def test_what_is_kept_says_the_same_when_it_is_read_again(day: dt.date, amount: float) -> None:
    cell = f"{amount:.6f}".replace(".", ",")
    content = as_posted([record({"shipment_date": f"{day:%d.%m.%Y}", "value": cell})], GERMAN)[0].content
    was = typed_values({"shipment_date": [f"{day:%d.%m.%Y}"], "value": [cell]}, GERMAN)
    assert was is not None and restated([content]).values | was == restated([content]).values
