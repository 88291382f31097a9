"""Terms, places and dates of delivery, customs procedures and what is declared of re-export."""

import polars as pl
import pytest

from screening.papers.delivery import (
    after_temporary_import,
    delivery_term,
    reexport_declared,
)
from tests.told import told as found


def texts(*cells: str | None) -> pl.Series:
    return pl.Series(cells, dtype=pl.String)


@pytest.mark.parametrize(
    ("cell", "term"),
    [
        ("FCA Istanbul (Incoterms 2020)", "FCA"),
        ("exw", "EXW"),
        ("DAP-Bishkek", "DAP"),
        ("C&F Poti", "CNF"),
        ("ciftlik", "other"),
        ("", "other"),
        (None, None),
    ],
)
def test_the_term_is_three_letters_wherever_they_stand(cell: str | None, term: str | None) -> None:
    assert delivery_term(texts(cell)).item() == term


@pytest.mark.parametrize(
    ("place", "date", "told"),
    [
        ("to be advised", "2024-05-01", True),
        ("Almaty, warehouse 4", "TBA", True),
        (None, "по согласованию", True),
        ("bildirilecek", None, True),
        ("Almaty, warehouse 4", "2024-05-01", False),
        ("Open Street 12, Dubai", None, False),
        (None, None, None),
    ],
)
def test_a_delivery_is_left_open_by_its_words(place: str | None, date: str | None, told: bool | None) -> None:
    assert found("delivery.vague", delivery_place=place, delivery_date=date) is told


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("for re-export to third countries", "reexport"),
        ("Evet", "reexport"),
        ("not for re-export", "home"),
        ("Home use only", "home"),
        ("без реэкспорта", "home"),
        ("no", "home"),
        ("not stated", "open"),
        ("see contract", "open"),
        (None, None),
    ],
)
def test_what_is_declared_of_reexport_is_home_away_or_open(cell: str | None, told: str | None) -> None:
    assert reexport_declared(texts(cell)).item() == told


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("3151", True),
        ("31 53", True),
        ("EX 3154", True),
        ("Geçici ithalat eşyası", True),
        ("временный ввоз", True),
        ("1000", False),
        ("5100", False),
        ("315100", False),
        ("permanent export", False),
        (None, None),
    ],
)
def test_goods_leave_after_a_temporary_import_by_code_or_words(cell: str | None, told: bool | None) -> None:
    assert after_temporary_import(texts(cell)).item() is told
