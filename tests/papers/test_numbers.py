"""Numbers of documents are compared without what stands between their letters and digits."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.papers.numbers import document_key, document_keys
from tests.told import told


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
    assert told("document.invoice_key", invoice_number=cell) == key


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
    assert told("document.container_key", container_number=cell) == key


@given(st.text())
def test_a_key_is_its_own_key(cell: str) -> None:
    key = told("document.invoice_key", invoice_number=cell)
    assert key is None or told("document.invoice_key", invoice_number=key) == key


@given(st.lists(st.from_regex(r"[ -~]{1,8}", fullmatch=True) | st.text(min_size=1, max_size=4), max_size=20))
def test_numbers_have_their_keys_whether_few_or_many(numbers: list[str]) -> None:
    column = pl.Series("n", numbers, dtype=pl.String)
    assert (
        document_keys(column).to_list() == column.to_frame().select(document_key(pl.col("n")))["n"].to_list()
    )
