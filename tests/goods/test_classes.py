"""Every code has one class of goods, by the longest of its beginnings that a class names."""

import pytest

from screening.goods.classes import class_names, goods_class
from screening.goods.nomenclature import codes


@pytest.mark.parametrize(
    ("hs6", "told"),
    [
        ("854231", "microelectronics"),
        ("880730", "aircraft_parts"),
        ("880621", "drones"),
        ("845811", "machine_tools"),
    ]
    + [("848620", "chip_making"), ("852691", "navigation"), ("710239", "luxury"), ("930510", "firearm_parts")]
    + [
        ("848210", "bearings"),
        ("847989", "machinery"),
        ("290511", "chemicals"),
        ("853224", "electronic_components"),
    ],
)
def test_a_code_is_in_the_class_that_warnings_speak_of(hs6: str, told: str) -> None:
    assert goods_class(hs6) == told


def test_a_code_in_no_class_is_another() -> None:
    assert goods_class("480100") == "other"


def test_every_code_of_the_nomenclature_has_a_class_with_a_name() -> None:
    assert set(map(goods_class, codes())) == set(class_names())
