"""A stated use is held against goods that have no place in it, and against no others."""

import pytest

from tests.told import told


def mismatch(use: str | None, code: str | None) -> bool | None:
    found: bool | None = told("goods.end_use_mismatch", declared_end_use=use, hs_code=code)
    return found


@pytest.mark.parametrize("use", ["bakery", "Hairdressing salon", "gift", "hediyelik eşya", "для дома"])
def test_a_telescopic_sight_has_no_place_there(use: str) -> None:
    assert mismatch(use, "901310") is True


@pytest.mark.parametrize(
    ("use", "code"),
    [
        ("own production", "901310"),
        ("hunting", "901310"),
        ("toys with a processor", "854231"),
        ("school laboratory", "903020"),
        ("household use", "850440"),
    ],
)
def test_a_use_that_the_goods_may_serve_is_none(use: str, code: str) -> None:
    assert mismatch(use, code) is False


def test_six_digits_are_told_from_their_heading() -> None:
    assert mismatch("school", "903082") is True and mismatch("school", "903039") is False


def test_a_blank_leaves_it_open() -> None:
    assert mismatch(None, "901310") is None and mismatch("bakery", None) is None
