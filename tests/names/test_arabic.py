"""Names in Arabic letters meet their Latin spellings, whichever habit wrote them."""

import csv
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.names import NameIndex, explain
from screening.names.arabic import plain, spellings
from screening.names.compare import REVIEW
from screening.names.fold import folds, holds_one, latin

LETTERS = st.text(st.characters(min_codepoint=0x600, max_codepoint=0x6FF), max_size=20)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("محمد علي", "Mohamed Ali"),
        ("خالد محمود", "Khaled Mahmoud"),
        ("عبد الله الراشد", "Abdullah Al-Rashid"),
        ("عبدالرحمن الشامي", "ABD AL-RAHMAN AL-SHAMI"),
        ("عبد القادر", "Abdelkader"),
        ("سراج الدین حقانی", "Sirajuddin Haqqani"),
        ("حسن نصرالله", "Hassan Nasrallah"),
        ("مرتضی رضوی", "Morteza Razavi"),
        ("مرتضى رضوي", "Murtada Ridawi"),
        ("طاهر جلیل حبوش", "Tahir Jalil Habbush"),
        ("مُحَمَّد عـلـي", "Muhammad Ali"),
        ("بانک صادرات ایران", "Bank Saderat Iran"),
        ("شركة الفرات للتجارة العامة", "Al Furat General Trading Company"),
        ("شرکت هواپیمایی ماهان", "Mahan Airlines"),
    ],
)
def test_a_name_in_arabic_letters_meets_its_latin_spelling(written: str, name: str) -> None:
    index = NameIndex.build([name, "Silk Road Cargo", "Hassan Muhammad"])
    assert index.match([written], limit=1, min_score=REVIEW)["name"].to_list() == [0]
    assert NameIndex.build([written]).match([name], min_score=REVIEW).height == 1


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("محمد علي", "Ali Hassan"),
        ("شركة الشرق", "Al Gharb Company"),
        ("شركة الفرات للتجارة العامة", "General Trading Company"),
        ("عبد الله", "Abdul Rahman"),
    ],
)
def test_another_name_in_arabic_letters_is_no_alert(written: str, name: str) -> None:
    assert explain(written, name).score < REVIEW


def test_letters_of_every_keyboard_are_one() -> None:
    assert folds("علی کریمی") == folds("علي كريمي")


def test_a_name_of_two_habits_is_one_name() -> None:
    assert len(folds("مرتضى رضوي")) == 2 and holds_one("مرتضى رضوي")


@given(LETTERS)
def test_any_text_in_arabic_letters_has_a_spelling_in_latin_ones(text: str) -> None:
    assert all(one.isascii() for one in spellings(text, latin))
    assert folds(text)


def test_no_word_of_the_table_stands_twice() -> None:
    text = files("screening.names").joinpath("arabic.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert len({plain(row["word"]) for row in rows}) == len(rows)
    assert all(row["arabic"].isascii() and row["persian"].isascii() and row["source"] for row in rows)
