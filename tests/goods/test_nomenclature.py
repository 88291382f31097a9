"""Codes of the Harmonized System are known by number and shown by a short text."""

import pytest

from screening.goods.nomenclature import codes, describe, known, official_text


def test_a_code_is_described_in_the_words_of_the_nomenclature() -> None:
    assert describe("848210") == "Ball bearings"


@pytest.mark.parametrize("code", ["854299", "8542", "", "abcdef", "85423100"])
def test_a_code_that_is_not_six_digits_of_the_nomenclature_is_not_known(code: str) -> None:
    assert not known(code)


def test_a_code_that_nobody_knows_has_no_description() -> None:
    assert describe("854299") is None


def test_every_code_has_a_short_description_that_begins_its_official_text() -> None:
    for code in codes():
        short, official = describe(code), official_text(code)
        assert short and official and len(short) <= 90
        assert official.startswith(short.removesuffix("…"))


def test_the_nomenclature_is_the_one_of_2022() -> None:
    assert len(codes()) > 5500
    assert known("854800") and known("880730") and not known("852580")


def test_a_heading_has_its_own_text() -> None:
    assert official_text("8542") == "Electronic integrated circuits"
