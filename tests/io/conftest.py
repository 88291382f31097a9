"""Shipment files that a test writes for itself."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from screening.io.batch import Batch
from screening.io.readers import read_shipments


@pytest.fixture
def given(tmp_path: Path) -> Callable[..., Path]:
    """A file with this content."""

    def write(content: str | bytes, name: str = "shipments.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.fixture
def read(given: Callable[..., Path]) -> Callable[..., Batch]:
    """The only batch of a file with this content."""

    def only_batch(content: str | bytes, name: str = "shipments.csv", **options: object) -> Batch:
        (batch,) = read_shipments(given(content, name), **options)  # type: ignore[arg-type]
        return batch

    return only_batch


def reason_of(rejects: pl.DataFrame) -> str:
    """The reason of the only reject."""
    (reason,) = rejects["reason"].to_list()
    return str(reason)
