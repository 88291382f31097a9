"""However a run is parted and whoever does it, its files are the same to the byte."""

import json
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pyarrow.parquet
import pytest

from screening.errors import InputError
from screening.io.book import read_book
from screening.passes import binding, looking, writing
from screening.passes.folder import WorkFolder
from tests.passes.books import book, outputs, screened, screener, write


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("book") / "in.csv")


@pytest.fixture(scope="module")
def first(source: Path) -> list[bytes]:
    output = source.parent / "first.jsonl"
    screened(source, output, everything=True)
    return outputs(output)


def records(content: bytes) -> Iterator[dict[str, object]]:
    return map(json.loads, content.splitlines())


def test_the_book_has_all_that_passes_must_get_right(first: list[bytes]) -> None:
    told = json.loads(first[1])
    assert min(told["counts"].values()) > 20
    assert {"PAT-006", "PAT-016"} <= {f["rule"] for r in records(first[0]) for f in r["findings"]}  # type: ignore[attr-defined]


@pytest.mark.parametrize("rows", [300, 100_000])
def test_the_size_of_a_batch_changes_nothing(
    source: Path, first: list[bytes], tmp_path: Path, rows: int
) -> None:
    screened(source, tmp_path / "out.jsonl", everything=True, batch_rows=rows)
    assert outputs(tmp_path / "out.jsonl") == first


def test_a_row_may_be_a_batch(source: Path, tmp_path: Path) -> None:
    lines = source.read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "in.csv").write_text("".join([lines[0], *lines[-60:]]), encoding="utf-8")
    for name, rows in (("one.jsonl", 1), ("other.jsonl", None)):
        screened(tmp_path / "in.csv", tmp_path / name, everything=True, batch_rows=rows)
    assert outputs(tmp_path / "one.jsonl") == outputs(tmp_path / "other.jsonl")


@pytest.mark.parametrize("workers", [2, 4])
def test_the_number_of_workers_changes_nothing(
    source: Path, first: list[bytes], tmp_path: Path, workers: int
) -> None:
    screened(source, tmp_path / "out.jsonl", everything=True, batch_rows=600, workers=workers)
    assert outputs(tmp_path / "out.jsonl") == first


@pytest.mark.parametrize("batches", [1, 50])
def test_how_much_is_written_at_once_changes_nothing(
    source: Path, first: list[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batches: int
) -> None:
    monkeypatch.setattr(writing, "BATCHES", batches)
    monkeypatch.setattr(writing, "SHOWN", 200)
    screened(source, tmp_path / "out.jsonl", everything=True, batch_rows=90)
    assert outputs(tmp_path / "out.jsonl") == first


def test_how_much_is_looked_at_and_compared_at_once_changes_nothing(
    source: Path, first: list[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "ALONE", 300)
    monkeypatch.setattr(binding, "AT_ONCE", 500)
    screened(source, tmp_path / "out.jsonl", everything=True, batch_rows=700)
    assert outputs(tmp_path / "out.jsonl") == first


def test_passes_say_what_a_book_in_memory_says(source: Path, first: list[bytes]) -> None:
    told = [json.loads(json.dumps(one.record)) for one in screener().screen_book(read_book([source]))]
    assert list(records(first[0])) == told


@pytest.mark.parametrize("ending", ["parquet", "arrow"])
def test_another_format_gives_the_same_records(
    source: Path, first: list[bytes], tmp_path: Path, ending: str
) -> None:
    other = tmp_path / f"in.{ending}"
    rows = pl.read_csv(source, infer_schema=False).fill_null("")
    if ending == "parquet":
        pyarrow.parquet.write_table(rows.to_arrow(), other, row_group_size=900)
    else:
        rows.write_ipc(other)
    screened(other, tmp_path / "out.jsonl", everything=True, batch_rows=500)
    mine, theirs = (
        [{**r, "file": ""} for r in records(content)]
        for content in (first[0], (tmp_path / "out.jsonl").read_bytes())
    )
    assert mine == theirs


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_a_table_of_alerts_is_the_same_too(source: Path, tmp_path: Path, ending: str) -> None:
    one, other = tmp_path / f"one.{ending}", tmp_path / f"other.{ending}"
    screened(source, one)
    screened(source, other, batch_rows=300)
    assert outputs(one) == outputs(other)


def test_a_report_counts_every_row(source: Path, tmp_path: Path) -> None:
    report = screened(source, tmp_path / "out.jsonl", batch_rows=500)
    counts = report.counts
    assert counts.rows == book().height
    assert counts.rows == sum(
        (counts.cleared, counts.review, counts.hold, counts.rejected, counts.superseded)
    )


def test_the_gravest_alerts_are_those_of_the_file(source: Path, tmp_path: Path) -> None:
    report = screened(source, tmp_path / "out.jsonl", batch_rows=300)
    every = list(records((tmp_path / "out.jsonl").read_bytes()))
    gravest = sorted(every, key=lambda record: -record["score"])[: len(report.alerts)]  # type: ignore[operator]
    assert [json.loads(json.dumps(alert.record)) for alert in report.alerts] == gravest


def test_nothing_is_left_beside_the_outputs(source: Path, tmp_path: Path) -> None:
    screened(source, tmp_path / "out.jsonl", batch_rows=500)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "out.jsonl",
        "out.jsonl.manifest.json",
        "out.jsonl.rejects.csv",
    ]


def test_a_second_run_on_the_same_output_is_refused(source: Path, tmp_path: Path) -> None:
    refused = pytest.raises(InputError, match="another run is working on this output")
    with WorkFolder(tmp_path / "out.jsonl.work", {}), refused:
        screened(source, tmp_path / "out.jsonl")
