"""Frames on their way through a shuffle."""

from datetime import date

import polars as pl
from polars.testing import assert_frame_equal

from screening.spark.parcels import Outbox, opened, packed, parcels, table_of, unpacked

FRAME = pl.DataFrame(
    {"row": [1, 2, 3], "name": ["Ширма", None, "b"], "days": [[date(2024, 1, 1)], [], None]},
    {"row": pl.UInt32, "name": pl.String, "days": pl.List(pl.Date)},
)


def test_a_frame_comes_out_as_it_went_in() -> None:
    assert_frame_equal(unpacked(packed(FRAME)), FRAME)


def test_each_key_has_a_parcel_of_its_own() -> None:
    table = table_of(parcels("kind", FRAME, pl.col("row") % 2))
    assert table["key"].to_pylist() == [1, 0]
    assert pl.concat(opened(table, "kind"))["row"].to_list() == [1, 3, 2]
    assert opened(table, "another") == []


def test_an_outbox_keeps_what_goes_one_way_together() -> None:
    out = Outbox({"kind": pl.lit(0)})
    assert list(out.put("kind", FRAME)) == list(out.put("kind", FRAME.clear())) == []
    assert list(out.put("kind", FRAME)) == []
    table = table_of(out.emptied())
    assert [frame.height for frame in opened(table, "kind")] == [6]
    assert list(out.emptied()) == []
