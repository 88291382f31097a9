"""The tasks of Spark in one process: wherever rows stand, they say what the book says as a whole."""

import polars as pl
import pyarrow as pa
import pytest

from screening import Screener
from screening.io.book import bound
from screening.io.memory import table_batches
from tests.spark.book import book
from tests.spark.in_process import Cluster, numbered

TABLE = book()


@pytest.fixture(scope="module")
def wanted(screener: Screener) -> dict[int, tuple[str, str | None]]:
    whole = bound(table_batches(TABLE))
    parts = list(screener.screen_batches(whole, screener.timeline(whole)))
    lines = {record["row"]: record.line for part in parts for record in part.records(alerts_only=True)}
    rows = pl.concat([part.table for part in parts])
    return {row: (decision, lines.get(row)) for row, decision in rows.select("row", "decision").iter_rows()}


@pytest.mark.parametrize("partition", [97, 1_000])
def test_partitions_of_any_size_say_the_same(
    screener: Screener, wanted: dict[int, tuple[str, str | None]], partition: int
) -> None:
    told = Cluster(screener, numbered(TABLE), partition).screened()
    found = {row: (decision, record) for row, decision, record in _decided(told)}
    assert found == wanted


def test_rows_in_another_order_say_the_same(
    screener: Screener, wanted: dict[int, tuple[str, str | None]]
) -> None:
    turned = numbered(TABLE).take(pa.array(range(TABLE.num_rows - 1, -1, -1)))
    told = Cluster(screener, turned, 150).screened()
    assert {row: (decision, record) for row, decision, record in _decided(told)} == wanted


def _decided(told: pl.DataFrame) -> list[tuple[int, str, str | None]]:
    return told.select("row", "decision", "record").rows()
