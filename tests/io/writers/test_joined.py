"""Alerts that were written in parts, joined into one file."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screening.errors import InputError
from screening.io.writers import parquet
from screening.io.writers.formats import write_alerts
from screening.io.writers.joined import join_alerts
from tests.io.writers.test_formats import ALERT, OTHER

NAMES = ["a.jsonl", "a.csv", "a.parquet"]
CELLS = (
    st.none() | st.text(st.characters(codec="utf-8"), max_size=5) | st.sampled_from(["=1", "\u2028", "\x85"])
)
SHIPMENTS = st.dictionaries(st.sampled_from(["shipment_id", "note", "row", "Größe"]), CELLS)
SCORES = st.integers(0, 100) | st.sampled_from([0.1 + 0.2, 1e22, 5e-324, 0.94, 2**70])
RECORDS = st.builds(
    lambda shipment, score: ALERT | {"shipment": shipment, "measured": score}, SHIPMENTS, SCORES
)
COLUMNS = ["note", "shipment_id", "row", "Größe"]


def parts_of(folder: Path, records: Sequence[Any], cuts: Sequence[int]) -> list[Path]:
    """The records in part files that end at these places."""
    edges = [0, *sorted(cuts), len(records)]
    parts = [folder / f"{number}.part" for number in range(len(edges) - 1)]
    for part, (first, after) in zip(parts, pairwise(edges), strict=True):
        write_alerts(folder / "p.jsonl", records[first:after])
        (folder / "p.jsonl").rename(part)
    return parts


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("columns", [None, COLUMNS])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(records=st.lists(RECORDS, max_size=7), cuts=st.lists(st.integers(0, 7), max_size=4))
def test_joined_parts_are_what_one_writer_gives(
    tmp_path: Path, name: str, columns: list[str] | None, records: list[Any], cuts: list[int]
) -> None:
    parts = parts_of(tmp_path, records, [min(cut, len(records)) for cut in cuts])
    write_alerts(tmp_path / f"whole.{name}", records, columns)
    join_alerts(tmp_path / name, parts, columns)
    assert (tmp_path / name).read_bytes() == (tmp_path / f"whole.{name}").read_bytes()


def test_groups_of_rows_in_parquet_do_not_follow_the_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "_ROWS", 3)
    records = [ALERT | {"row": row} for row in range(8)]
    write_alerts(tmp_path / "whole.parquet", records, COLUMNS)
    join_alerts(tmp_path / "a.parquet", parts_of(tmp_path, records, [1, 5]), COLUMNS)
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "whole.parquet").read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_no_part_gives_what_no_alert_gives(tmp_path: Path, name: str) -> None:
    write_alerts(tmp_path / f"whole.{name}", [])
    join_alerts(tmp_path / name, [])
    assert (tmp_path / name).read_bytes() == (tmp_path / f"whole.{name}").read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_a_part_that_is_gone_leaves_no_file(tmp_path: Path, name: str) -> None:
    (part,) = parts_of(tmp_path, [ALERT, OTHER], [])
    with pytest.raises(InputError, match="gone: no such file"):
        join_alerts(tmp_path / name, [part, tmp_path / "gone"], COLUMNS)
    assert list(tmp_path.iterdir()) == [part]
