"""Spark on two workers says what one process says of the same shipments."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from runpy import run_path
from typing import TYPE_CHECKING

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from screening import Screener
from screening.errors import InputError
from screening.io.book import Book, bound
from screening.io.memory import table_batches
from screening.screened import Screened
from tests.ruleset.made_rules import folder_of, match_text
from tests.spark.book import book
from tests.spark.conftest import REPOSITORY

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

# Spark's own code warns of what it will change one day.
pytestmark = pytest.mark.filterwarnings("default")

TABLE = book()


@dataclass(frozen=True)
class Local:
    """What one process says of the book."""

    screener: Screener
    book: Book
    parts: list[Screened]


@pytest.fixture(scope="module", autouse=True)
def lists(no_lists_of_the_user: Callable[[], AbstractContextManager[None]]) -> Iterator[None]:
    """The bundled lists alone."""
    with no_lists_of_the_user():
        yield


@pytest.fixture(scope="module")
def df(spark: "SparkSession") -> "DataFrame":
    return spark.createDataFrame(TABLE).repartition(3)


@pytest.fixture(scope="module")
def local(lists: None) -> Local:
    screener, whole = Screener(), bound(table_batches(TABLE))
    return Local(screener, whole, list(screener.screen_batches(whole, screener.timeline(whole))))


@pytest.fixture(scope="module")
def told(df: "DataFrame", lists: None) -> pl.DataFrame:
    from screening.spark import screen

    return frame(screen(df, row="number"))


def frame(df: "DataFrame") -> pl.DataFrame:
    return pl.DataFrame(pl.from_arrow(df.toArrow())).sort("row")


def test_each_shipment_has_the_outcome_that_it_has_in_one_process(told: pl.DataFrame, local: Local) -> None:
    wanted = pl.concat([part.table for part in local.parts]).sort("row")
    assert told.select(wanted.columns).rows() == wanted.rows()


def test_each_alert_is_the_record_that_one_process_writes(told: pl.DataFrame, local: Local) -> None:
    records = (record for part in local.parts for record in part.records(alerts_only=True))
    alerts = told.filter(pl.col("record").is_not_null())
    assert dict(alerts.select("row", "record").iter_rows()) == {r["row"]: r.line for r in records}


def test_the_book_has_what_a_cluster_must_get_right(told: pl.DataFrame, local: Local) -> None:
    fired = {rule for rules in told["rules"] for rule in rules}
    over_time = {rule.id for rule in local.screener.ruleset.window_rules}
    assert len(fired & over_time) >= 8
    assert "DOC-021" in fired, "a later revision is compared with the one before"
    assert local.book.superseded_rows > 50 < local.book.rejected


def test_the_rejects_are_those_of_one_process(df: "DataFrame", local: Local) -> None:
    from screening.spark import rejects

    columns = ["file", "row", "column", "value", "reason", "listed"]
    wanted = local.screener.with_listed(local.book.rejects).sort("row").select(columns)
    assert frame(rejects(df, row="number")).select(columns).rows() == wanted.rows()


def test_rows_without_numbers_are_numbered_from_one(spark: "SparkSession") -> None:
    from screening.spark import screen

    columns = {"exporter_name": [f"Firm {n}" for n in range(40)], "hs_code": ["854231"] * 40}
    found = frame(screen(spark.createDataFrame(pa.table(columns)).repartition(4), records=False))
    assert found["row"].to_list() == list(range(1, 41))
    assert found["shipment_id"].to_list() == [f"table#{n}" for n in range(1, 41)]
    assert found["record"].null_count() == 40


def test_own_rules_and_lists_go_to_the_executors(spark: "SparkSession", tmp_path: Path) -> None:
    from screening.spark import screen

    when = {"listed": {"field": "consignee.match.score", "at_least": "0.9"}}
    rules = folder_of(tmp_path / "rules", [match_text(when=when)])
    mine = tmp_path / "mine.csv"
    mine.write_text("name,country\nKaskad Elektronika,KZ\n", encoding="utf-8")
    table = pa.table({"shipment_id": ["S1", "S2"], "consignee_name": ["Kaskad Elektronika", "Rose Foods"]})
    found = frame(screen(spark.createDataFrame(table), rules, mine, bundled=False, row=None))
    wanted = Screener(rules, mine, bundled=False).screen_table(table)
    assert found["rules"].to_list() == wanted["rules"].to_pylist() == [["GDS-901"], []]


def test_the_example_job_accounts_for_every_row(spark: "SparkSession", tmp_path: Path, local: Local) -> None:
    pq.write_table(TABLE, tmp_path / "book.parquet")
    job = run_path(str(REPOSITORY / "docs" / "spark_job.py"))
    job["main"](str(tmp_path / "book.parquet"), str(tmp_path / "out"))
    rows = {name: pq.read_table(tmp_path / "out" / name).num_rows for name in ("outcomes", "rejects")}
    assert sum(rows.values()) + local.book.superseded_rows == TABLE.num_rows
    lines = sum(file.read_bytes().count(b"\n") for file in (tmp_path / "out" / "alerts").glob("*.txt"))
    assert lines == sum((part.decisions != "clear").sum() for part in local.parts)


def test_no_rows_are_no_shipments(spark: "SparkSession") -> None:
    from screening.spark import screen

    nothing = spark.createDataFrame(pa.table({"shipment_id": pa.array([], pa.string())}))
    assert frame(screen(nothing)).height == 0


def test_a_table_without_a_column_that_is_known_is_refused_before_anything_runs(
    spark: "SparkSession",
) -> None:
    from screening.spark import screen

    with pytest.raises(InputError, match="no column that we know"):
        screen(spark.createDataFrame(pa.table({"colour": ["red"]})))
