"""Shipments that a program already holds become the same batches as the rows of a file."""

from typing import Any

import polars as pl
import pyarrow as pa
import pytest

from screening.errors import InputError, UsageError
from screening.io.memory import shipment_batch, table_batches
from screening.shipment import Shipment

ROWS = pl.DataFrame({"Shipper": ["A", "B"], "HTS": ["854231", "010121"]})


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


@pytest.mark.parametrize("given", [{"consignee_name": "\ud800"}, {"transit_countries": ["\ud800"]}])
def test_half_a_character_in_a_shipment_is_told_by_its_field(given: dict[str, Any]) -> None:
    with pytest.raises(InputError, match=rf"shipment: {next(iter(given))}: .* holds half a character"):
        shipment_batch([Shipment(**given)])


def test_a_table_of_no_columns_is_refused() -> None:
    with pytest.raises(InputError, match="no column that we know"):
        list(table_batches(pa.table({})))
