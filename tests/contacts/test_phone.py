"""A telephone number tells its country by the calling code, and only where it has one."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.contacts.phone import _CODES, phone_countries, phone_country
from screening.phrases import rows
from screening.places.countries import country_code
from tests.told import told


def elsewhere(number: str | None, country: str | None) -> bool | None:
    found: bool | None = told("consignee.phone_elsewhere", consignee_phone=number, consignee_country=country)
    return found


@pytest.mark.parametrize(
    ("cell", "country"),
    [
        ("+90 212 555 66 77", "TR"),
        ("(+90) 212 555 66 77", "TR"),
        ("0090 212 5556677", "TR"),
        ("Tel: +996 312 900 100", "KG"),
        ("0212 555 66 77; +971 4 555 1234", "AE"),
        ("+7 701 555 66 77", "KZ"),
        ("+7 495 123 45 67", "RU"),
        ("+7 978 123 45 67", "UA-43"),
        ("+1 416 555 1212", "CA"),
        ("+1 212 555 1212", "US"),
        ("0212 555 66 77", None),
        ("+7 1612 3456", None),
        ("+", None),
        ("call the office", None),
    ],
)
def test_the_calling_code_tells_the_country(cell: str, country: str | None) -> None:
    assert phone_country(cell) == country


@pytest.mark.parametrize(
    ("number", "country", "told"),
    [
        ("+7 495 123 45 67", "KZ", True),
        ("+7 701 555 66 77", "KZ", False),
        ("+7 1612 3456", "KZ", False),
        ("+7 1612 3456", "KG", True),
        ("+90 212 555 66 77", "KG", True),
        ("+1 416 555 1212", "US", False),
        ("+1 416 555 1212", "KG", True),
        ("+86 755 123 4567", "HK", False),
        ("+7 978 123 45 67", "UA-43", False),
        ("0212 555 66 77", "KG", False),
        (None, "KG", None),
        ("+90 212 555 66 77", None, None),
    ],
)
def test_a_number_is_elsewhere_by_its_code_alone(
    number: str | None, country: str | None, told: bool | None
) -> None:
    assert elsewhere(number, country) is told


def test_every_code_is_of_a_country_and_names_its_source() -> None:
    codes = [row["code"] for row in rows(_CODES)]
    assert len(codes) == len(set(codes))
    for row in rows(_CODES):
        assert row["source"] and (country_code(row["country"]) or row["country"]) == row["country"], row


@given(st.text(), st.sampled_from(["TR", "KZ", "US", "UA-43", None]))
def test_any_text_is_read_without_a_fault(cell: str, country: str | None) -> None:
    assert phone_countries(pl.Series([cell])).len() == 1
    assert elsewhere(cell, country) in (True, False, None)
