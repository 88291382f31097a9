"""Fields are the same whether rows come alone or in a batch, and unknown where nothing is said."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.field_plan import COLUMN_TYPES
from screening.fields import FIELDS
from screening.io.memory import shipment_batch
from screening.shipment import COLUMNS, Shipment
from tests.shipments import ROWS, Row
from tests.told import ENRICHMENT, NOBODY, told

ALL = frozenset(FIELDS)


@settings(max_examples=30, deadline=None)
@given(st.lists(ROWS, min_size=2, max_size=6))
def test_a_row_has_the_same_fields_whatever_rows_stand_beside_it(rows: list[Row]) -> None:
    together = shipment_batch([Shipment(**row) for row in rows]).typed
    alone = [ENRICHMENT.of(together[at : at + 1], ALL, NOBODY) for at in range(together.height)]
    assert ENRICHMENT.of(together, ALL, NOBODY).equals(pl.concat(alone))


@pytest.mark.parametrize("height", [0, 1, 3])
def test_nothing_is_told_of_rows_that_say_nothing(height: int) -> None:
    blank = pl.DataFrame(
        [pl.Series(c.name, [None] * height, dtype=COLUMN_TYPES[c.kind]) for c in COLUMNS.values()]
    )
    fields = ENRICHMENT.of(blank, ALL, NOBODY)
    assert fields.height == height
    assert [name for name in fields.columns if fields[name].null_count() < height] == []


def test_an_absent_column_is_a_blank_one() -> None:
    row = shipment_batch([Shipment(consignee_name="Azu", hs_code="854231")]).typed
    present = row.select("row", "consignee_name", "hs_code")
    assert ENRICHMENT.of(row, ALL, NOBODY).equals(ENRICHMENT.of(present, ALL, NOBODY))


def test_a_field_follows_from_other_fields_that_nobody_wants() -> None:
    cells = {"value": 100.0, "currency": "USD", "quantity": 4.0}
    assert told("value.usd_per_unit", **cells) == 25.0


def test_fields_follow_from_those_that_were_made_before() -> None:
    row = shipment_batch([Shipment(value="100", currency="USD", quantity="4")]).typed
    made = pl.DataFrame({"value.usd": [60.0]})
    wanted = frozenset({"value.usd_per_unit"})
    assert ENRICHMENT.of(row, wanted, NOBODY, made)["value.usd_per_unit"].item() == 15.0


def test_the_day_of_the_shipment_is_always_there() -> None:
    rows = pl.DataFrame({"row": [1]})
    assert ENRICHMENT.of(rows, frozenset(), NOBODY).columns == ["shipment.date"]
