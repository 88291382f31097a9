"""Shipments that a program already holds become the same batches as the rows of a file."""

import pickle
from typing import Any

import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.errors import InputError, ShipmentError, UsageError
from screening.io.memory import joined, shipment_batch, table_batches, told
from screening.shipment import Shipment

ROWS = pl.DataFrame({"Shipper": ["A", "B"], "HTS": ["854231", "010121"]})
SEVERAL = [
    Shipment(),
    Shipment(shipment_id="S1", transit_countries=["KZ"], value=1.5),
    Shipment(hs_code="8542.31", shipment_date="2024-05-01", line_number=2),
]


class Foreign:
    """A table of another library, which Arrow can take over."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return ROWS.to_arrow().__arrow_c_stream__(requested_schema)


@pytest.mark.parametrize("table", [ROWS, ROWS.to_arrow(), ROWS.to_arrow().to_batches()[0], Foreign()])
def test_any_table_that_arrow_can_take_over_is_read(table: Any) -> None:
    (batch,) = table_batches(table)
    assert batch.typed["exporter_name"].to_list() == ["A", "B"]


@pytest.mark.parametrize("nothing", [None, [], {"a": 1}, "shipments.csv"])
def test_what_is_no_table_is_refused_by_its_kind(nothing: Any) -> None:
    with pytest.raises(UsageError, match="is no table of columns; give a pyarrow or polars table"):
        table_batches(nothing)


def test_a_type_that_only_polars_has_is_refused() -> None:
    with pytest.raises(InputError, match="a type that Arrow does not know"):
        table_batches(ROWS.with_columns(value=pl.lit(1).cast(pl.Int128)))


@pytest.mark.parametrize("half", [{"consignee_name": "\ud800"}, {"transit_countries": ["\ud800"]}])
def test_half_a_character_in_a_shipment_is_told_by_its_field(half: dict[str, Any]) -> None:
    with pytest.raises(InputError, match=rf"shipment: 1, {next(iter(half))}: .* holds half a character"):
        shipment_batch([Shipment(**half)])


def test_a_table_of_no_columns_is_refused() -> None:
    with pytest.raises(InputError, match="no column that we know"):
        list(table_batches(pa.table({})))


def test_a_shipment_says_what_the_row_of_a_file_says() -> None:
    row = {
        "value": " 5.0",
        "hs_code": "8542.31",
        "revised_on": "2024-01-05",
        "line_number": "3",
        "their own": "x",
    }
    more = {"exporter_name": " Acme ", "no_reexport_clause": "hayır", "port_of_loading": "tr ist"}
    cells = pl.DataFrame([row | more])
    (by_file,) = table_batches(cells)
    for count in (1, 3):
        batch = shipment_batch([Shipment(**row, **more)] * count)
        typed = batch.typed.select(by_file.typed.columns)
        assert typed[count - 1 :].drop("row").equals(by_file.typed.drop("row"))
        assert typed.schema == by_file.typed.schema
        assert batch.cells.select(cells.columns)[:1].equals(cells)


def test_a_column_at_none_is_unknown_and_a_blank_one_states_that_there_is_none() -> None:
    batch = shipment_batch([Shipment(), Shipment(transit_countries=" "), Shipment(transit_countries=["KZ"])])
    assert batch.typed["transit_countries"].to_list() == [None, [], ["KZ"]]
    assert batch.typed["shipment_id"].to_list() == ["shipment#1", "shipment#2", "shipment#3"]


def test_no_shipments_are_a_batch_of_no_rows() -> None:
    assert shipment_batch([]).typed.schema == shipment_batch([Shipment()]).typed.schema


def test_every_value_that_cannot_be_read_is_told() -> None:
    one, other = Shipment(shipment_id="S1", value=-1, hs_code="x"), Shipment(exporter_name="a\0")
    with pytest.raises(
        InputError, match=r"S1, hs_code: .*S1, value: .*negative.*2, exporter_name: .*U\+0000"
    ):
        shipment_batch([one, other])


def test_a_fault_is_told_by_the_place_of_its_shipment_too() -> None:
    with pytest.raises(ShipmentError) as refused:
        shipment_batch([Shipment(), Shipment(shipment_id="S2", hs_code="x")])
    (fault,) = refused.value.faults
    assert (fault.at, fault.shipment_id, fault.column) == (1, "S2", "hs_code")
    assert pickle.loads(pickle.dumps(refused.value)).faults == (fault,)


def test_shipments_of_several_callers_are_numbered_by_each() -> None:
    parts = [told([Shipment(hs_code="854231"), Shipment()]), told([Shipment(shipment_id="S9", value=3)])]
    batch = joined(parts)
    assert batch.typed["row"].to_list() == [1, 2, 1]
    assert batch.typed["shipment_id"].to_list() == ["shipment#1", "shipment#2", "S9"]
    assert batch.cells["hs_code"].to_list() == ["854231", None, None]


@given(st.lists(st.lists(st.sampled_from(SEVERAL), max_size=3), min_size=1, max_size=4))
def test_joined_callers_say_what_each_says_alone(callers: list[list[Shipment]]) -> None:
    parts = [told(shipments) for shipments in callers]
    alone = [joined([part]) for part in parts]
    whole = joined(parts)
    assert whole.typed.equals(pl.concat([batch.typed for batch in alone]))
    assert whole.cells.equals(pl.concat([batch.cells for batch in alone]))
