"""Numbers of documents are compared without what stands between their letters and digits."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.papers.numbers import container_keys, document_keys


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        ("INV-2024/17", "INV202417"),
        ("inv 2024 17", "INV202417"),
        ("№ ÇA-5", "NOCA5"),
        ("n/a", None),
        ("--", None),
        (None, None),
    ],
)
def test_an_invoice_has_one_key_however_it_is_written(cell: str | None, key: str | None) -> None:
    assert document_keys(pl.Series([cell], dtype=pl.String)).item() == key


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        ("MSKU 123456-7", "MSKU1234567"),
        ("tclu7654321, MSKU1234567", "MSKU1234567 TCLU7654321"),
        ("MSKU1234567;TCLU7654321;MSKU1234567", "MSKU1234567 TCLU7654321"),
        ("truck 34 ABC 123", "TRUCK34ABC123"),
        ("none", None),
    ],
)
def test_containers_are_told_in_one_order(cell: str, key: str | None) -> None:
    assert container_keys(pl.Series([cell])).item() == key


@given(st.text())
def test_a_key_is_its_own_key(cell: str) -> None:
    key = document_keys(pl.Series([cell])).item()
    assert key is None or document_keys(pl.Series([key])).item() == key
