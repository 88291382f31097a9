"""Shipments in Parquet and Arrow mean what a CSV of the same rows means."""

import contextlib
import io
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as for_any
from hypothesis import strategies as st

from screening.errors import InputError
from screening.io.batch import MOST_TEXT, Batch
from screening.io.mapping import ColumnMapping
from screening.io.memory import table_batches
from screening.io.notation import Notation
from screening.io.pieces import read_pieces
from screening.io.readers import read_shipments

Given = Callable[..., Path]
Read = Callable[..., Batch]

ROWS = pl.DataFrame(
    {
        "Shipper": ["A", None, "C"],
        "HTS": ["854231", "85.42", "010121"],
        "ETD": [date(2024, 2, 29), None, date(1999, 1, 1)],
        "Value": [1200.5, -1.0, 0.0000001],
        "line": pl.Series([1, 2, None], dtype=pl.UInt8),
        "weight": ["x", "y", "z"],
    },
)
KINDS = pl.Series(["red", "blue", "red"], dtype=pl.Categorical)


def as_parquet(frame: pl.DataFrame) -> bytes:
    held = io.BytesIO()
    frame.write_parquet(held)
    return held.getvalue()


def as_arrow(frame: pl.DataFrame, stream: bool) -> bytes:
    held = io.BytesIO()
    frame.write_ipc_stream(held) if stream else frame.write_ipc(held)
    return held.getvalue()


def same(one: Batch, other: Batch) -> bool:
    return (
        one.typed.equals(other.typed)
        and one.cells.equals(other.cells)
        and one.present == other.present
        and one.rejects.drop("line").equals(other.rejects.drop("line"))
    )


def test_the_same_rows_are_the_same_whatever_the_format(read: Read) -> None:
    table = ROWS.with_columns(KINDS.alias("kind"))
    text = table.with_columns(
        pl.col("Value").replace_strict({1e-7: "0.0000001"}, default=pl.col("Value").cast(pl.String))
    )
    by_csv = read(text.write_csv())
    assert by_csv.rejects["row"].to_list() == [2]
    for content in (as_parquet(table), as_arrow(table, stream=True), as_arrow(table, stream=False)):
        assert same(read(content), by_csv)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@for_any(
    st.lists(
        st.fixed_dictionaries(
            {
                "shipper": st.text(st.sampled_from('ab ;"\n'), max_size=5),
                "etd": st.none() | st.dates(min_value=date(1000, 1, 1)),
                "qty": st.none() | st.integers(-5, 2**40),
                "hs": st.sampled_from(["854231", "85.42", "8542.31", ""]),
            }
        ),
        min_size=1,
        max_size=10,
    )
)
def test_parquet_equals_csv_of_the_same_rows(read: Read, rows: list[dict[str, object]]) -> None:
    schema = {"shipper": pl.String, "etd": pl.Date, "qty": pl.Int64, "hs": pl.String}
    frame = pl.DataFrame(rows, schema=schema)
    assert same(read(frame.write_csv(quote_style="always")), read(as_parquet(frame)))


NUMBERS = st.floats() | st.sampled_from([0.0, -0.0, 1e-7, 1e300, 0.1, 12.0])
WHOLE = st.integers(-5, 2**64 - 1) | st.sampled_from([0, 2**53 + 1, 10**18, 10**18 - 1])
DAYS = st.dates() | st.sampled_from([date(999, 12, 31), date(1000, 1, 1)])
OWN_TYPES: dict[str, st.SearchStrategy[pl.Series]] = {
    "value": st.lists(st.none() | NUMBERS, max_size=5).map(lambda v: pl.Series(v, dtype=pl.Float64)),
    "quantity": st.lists(st.none() | NUMBERS, max_size=5).map(lambda v: pl.Series(v, dtype=pl.Float32)),
    "net_weight_kg": st.lists(st.none() | WHOLE, max_size=5).map(
        lambda v: pl.Series(v, dtype=pl.UInt64, strict=False)
    ),
    "line_number": st.lists(st.none() | st.integers(-1, 127), max_size=5).map(
        lambda v: pl.Series(v, dtype=pl.Int8)
    ),
    "revision": st.lists(st.none() | WHOLE, max_size=5).map(
        lambda v: pl.Series(v, dtype=pl.UInt64, strict=False)
    ),
    "shipment_date": st.lists(st.none() | DAYS, max_size=5).map(lambda v: pl.Series(v, dtype=pl.Date)),
    "revised_on": st.lists(st.none() | st.datetimes(), max_size=5).map(
        lambda v: pl.Series(v, dtype=pl.Datetime("us"))
    ),
    "hs_code": st.lists(st.none() | st.integers(0, 10**7), max_size=5).map(
        lambda v: pl.Series(v, dtype=pl.Int32)
    ),
    "consignee_country": st.lists(
        st.none() | st.sampled_from(["KZ", " tr", "Narnia", "", "a\0"]), max_size=5
    ).map(lambda v: pl.Series(v, dtype=pl.Categorical)),
    "exporter_name": st.lists(
        st.none() | st.text(st.sampled_from('a \u00a0\t\0,"'), max_size=3), max_size=5
    ).map(lambda v: pl.Series(v, dtype=pl.String)),
    "transit_countries": st.lists(st.none() | st.lists(st.sampled_from(["KZ", "x", ""])), max_size=5).map(
        lambda v: pl.Series(v, dtype=pl.List(pl.String))
    ),
    "routed_export": st.lists(st.none() | st.booleans(), max_size=5).map(
        lambda v: pl.Series(v, dtype=pl.Boolean)
    ),
}
NOTATIONS = st.sampled_from(
    [
        ColumnMapping(),
        ColumnMapping(notation=Notation("%Y-%d-%m")),
        ColumnMapping(notation=Notation(None, ",", ".")),
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@for_any(st.fixed_dictionaries(OWN_TYPES), NOTATIONS)
def test_values_of_any_type_mean_what_their_text_means_in_csv(
    given: Given, columns: dict[str, pl.Series], mapping: ColumnMapping
) -> None:
    height = max(map(len, columns.values()))
    padded = {n: c.extend_constant(None, height - len(c)) for n, c in columns.items()}
    frame = pl.DataFrame({"their own": ["x"] * height, **padded})
    (piece,) = read_pieces(given(as_parquet(frame)), mapping)
    text = piece.part.raw("x").cells.write_csv(quote_style="always")
    (by_csv,) = read_shipments(given(text), mapping)
    assert same(piece.batch(), by_csv)
    for stream in (False, True):
        (by_arrow,) = read_shipments(given(as_arrow(frame, stream)), mapping)
        assert same(by_arrow, by_csv)


def test_typed_values_are_told_as_text(read: Read) -> None:
    frame = pl.DataFrame(
        {
            "value": [Decimal("1200.50")],
            "shipment_date": [datetime(2024, 1, 5, 10)],
            "transit_countries": [["KZ", "TR"]],
            "flag": [True],
            "nothing": pl.Series([None], dtype=pl.Null),
        }
    )
    batch = read(as_parquet(frame))
    assert batch.cells.rows() == [("1200.50", "2024-01-05T10:00:00", "KZ;TR", "true", "")]
    assert batch.typed["transit_countries"].to_list() == [["KZ", "TR"]]
    assert batch.typed["shipment_date"].to_list() == [date(2024, 1, 5)]


def test_an_hs_code_that_a_program_took_for_a_number_is_a_reject(read: Read) -> None:
    batch = read(as_parquet(pl.DataFrame({"hs_code": [854231.0, 10121.0]})))
    assert batch.rejects.height == 2
    assert "leading zero" in batch.rejects["reason"][0]


def test_a_column_of_objects_is_refused_by_name(given: Given) -> None:
    frame = pl.DataFrame({"Shipper": ["A"], "who": [{"name": "B"}]})
    with pytest.raises(InputError, match='column "who" holds struct'):
        list(read_shipments(given(as_parquet(frame), "a.parquet")))


def as_read(column: pa.Array, name: str = "ETD") -> Batch:
    (batch,) = table_batches(pa.table({name: column, "Shipper": ["A"] * len(column)}))
    return batch


@pytest.mark.parametrize(
    ("kind", "most"),
    [
        (pa.date32(), 2**31 - 1),
        (pa.date64(), 86_400_000 * 10**11),
        (pa.timestamp("ms"), 2**63 - 1),
        (pa.timestamp("us", "UTC"), 2**63 - 1),
    ],
)
def test_a_day_beyond_every_calendar_makes_its_row_a_reject(kind: pa.DataType, most: int) -> None:
    numbers = pa.array([most, 0, None, -most], pa.int32() if kind.bit_width == 32 else pa.int64())
    batch = as_read(numbers.cast(kind))
    assert batch.rejects["row"].to_list() == [1, 4]
    assert "is not an ISO 8601 date" in batch.rejects["reason"][0]


def test_seconds_that_do_not_fit_are_refused_and_never_another_day() -> None:
    with pytest.raises(InputError, match="out of bounds"):
        as_read(pa.array([2**62], pa.timestamp("s")))


@pytest.mark.parametrize("kind", [pa.decimal256(60, 10), pa.decimal256(60, -2), pa.decimal128(5, -2)])
def test_a_decimal_of_any_width_is_a_plain_number(kind: pa.DataType) -> None:
    assert as_read(pa.array([Decimal(1200), None], kind), "value").typed["value"].to_list() == [1200.0, None]


def test_a_time_zone_that_nobody_knows_is_told() -> None:
    with pytest.raises(InputError, match='column "ETD" is in the time zone "Mars/Olympus", which nobody'):
        as_read(pa.array([0], pa.timestamp("us", "Mars/Olympus")))


def test_a_name_within_a_column_that_is_no_text_is_refused(given: Given) -> None:
    content = as_arrow(pl.DataFrame({"Shipper": ["A"], "transit_countries": [["KZ"]]}), stream=False)
    with pytest.raises(InputError, match="damaged, or not what its first bytes say"):
        list(read_shipments(given(content.replace(b"item", b"it\xffm"), "a.arrow")))


def test_a_length_without_end_is_refused(given: Given) -> None:
    content = as_arrow(pl.DataFrame({"Shipper": ["A"]}), stream=True)
    for at in range(len(content)):
        endless = content[:at] + b"\x7f" + content[at + 1 :]
        with contextlib.suppress(InputError):
            list(read_shipments(given(endless, "a.arrow")))


def test_text_that_is_no_text_and_an_index_to_nowhere_are_refused() -> None:
    ends = pa.py_buffer(b"\0\0\0\0\1\0\0\0")
    text = pa.Array.from_buffers(pa.string(), 1, [None, ends, pa.py_buffer(b"\xff")])
    for broken in (text, pa.DictionaryArray.from_arrays(pa.array([7]), ["x"], safe=False)):
        with pytest.raises(InputError, match="damaged, or not what its first bytes say"):
            as_read(broken)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@for_any(st.booleans(), st.integers(0, 10_000), st.integers(1, 255))
def test_a_file_with_a_wrong_byte_is_read_or_refused(given: Given, stream: bool, at: int, bits: int) -> None:
    content = bytearray(as_arrow(ROWS, stream))
    content[at % len(content)] ^= bits
    with contextlib.suppress(InputError):
        list(read_shipments(given(bytes(content), "a.arrow")))


@pytest.mark.parametrize("cut", [8, 60, 200])
def test_a_file_cut_short_is_refused(given: Given, cut: int) -> None:
    for content in (as_parquet(ROWS), as_arrow(ROWS, stream=False), as_arrow(ROWS, stream=True)):
        with pytest.raises(InputError, match=r"write the file again|no column that we know|cut short"):
            list(read_shipments(given(content[:cut], "a.parquet")))


def test_a_table_without_rows_tells_its_columns(read: Read) -> None:
    batch = read(as_parquet(ROWS.clear()))
    assert (batch.typed.height, "exporter_name" in batch.present) == (0, True)


def test_one_long_text_in_every_row_does_not_fill_the_memory(tmp_path: Path) -> None:
    words = pa.DictionaryArray.from_arrays(pa.array([0] * 2_000, pa.int32()), pa.array(["x" * 200_000]))
    path = tmp_path / "wide.parquet"
    pyarrow.parquet.write_table(pa.table({"Shipper": words}), path, store_schema=False)
    heights = [batch.rejects.height for batch in read_shipments(path)]
    assert sum(heights) == 2_000
    assert max(heights) * 200_000 <= 2 * MOST_TEXT


def test_a_table_in_memory_is_read_like_a_file(read: Read) -> None:
    (batch,) = table_batches(ROWS.to_arrow())
    assert batch.typed.equals(read(as_parquet(ROWS)).typed)
    assert batch.rejects["file"].to_list() == ["table"]
