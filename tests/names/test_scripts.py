"""Names in Hangul, Han and Cyrillic: each spelling in use is a reading, and words of trade are translated."""

import csv
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.names import NameIndex, explain
from screening.names.fold import fold, folds, holds_one, latin
from screening.names.hangul import HABITS, syllables
from screening.names.scripts import spellings

SYLLABLES = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=6)
PLAIN = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x3FF), max_size=30)


def score(query: str, name: str) -> float:
    found = NameIndex.build([name, "Silk Road Cargo", "Pak Song Nam"]).match([query], limit=3)
    scores: dict[int, float] = dict(found.select("name", "score").iter_rows())
    return scores.get(0, 0.0)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("김정은", "KIM, Jong Un"),
        ("김정은", "Kim Jong-un"),
        ("김정은", "KIM Jongun"),
        ("김정은", "KIM Cho'ng-u'n"),
        ("김 정은", "Kim Jung Eun"),
        ("박재경", "PAK Jae Kyong"),
        ("이재명", "Lee Jae Myung"),
        ("최경성", "CHOE Kyong Song"),
        ("삼성전자 주식회사", "Samsung Electronics Co., Ltd."),
        ("조선백호무역회사", "Korea Paekho Trading Company"),
        ("조선백호무역회사", "Joson Paekho Muyok Hoesa"),
    ],
)
def test_a_name_in_hangul_meets_its_latin_spellings(written: str, name: str) -> None:
    assert score(written, name) >= 0.9


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("华为技术有限公司", "Huawei Technologies Co., Ltd."),
        ("華為技術有限公司", "Hua Wei Technology Company Limited"),
        ("习近平", "Xi Jinping"),
        ("习近平", "XI Jin Ping"),
        ("陈明国", "CHEN Mingguo"),
        ("美欣電子(香港)有限公司", "Mei Xin Electronic (HK) Co., Limited"),
        ("深圳市亿路发科技有限公司", "Shenzhen Yilufa Technology Co Ltd"),
        ("上海ABC贸易有限公司", "Shanghai ABC Trading Co., Ltd."),
        ("佳信科技有限公司", "Jiaxin Keji Youxian Gongsi"),
        ("株式会社東芝", "Toshiba Corporation"),
        ("トヨタ自動車株式会社", "Toyota Motor Co., Ltd."),
    ],
)
def test_a_name_in_han_meets_its_latin_spellings(written: str, name: str) -> None:
    assert score(written, name) >= 0.9


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("ООО Торговый дом Восток", "Vostok Trading House LLC"),
        ("ООО Торговый дом Восток", "Torgovy Dom Vostok OOO"),
        ("Вологодский приборостроительный завод", "Vologda Instrument-Making Plant"),
        ("АО Станкостроительные технологии Север", "Sever Machine Tool Technologies JSC"),
        ("Логистическая компания Рубин", "Rubin Logistics Company"),
        ("Банк Заря России", "Zarya Bank of Russia"),
    ],
)
def test_a_russian_name_meets_its_translation_and_its_transliteration(written: str, name: str) -> None:
    assert score(written, name) >= 0.9


@pytest.mark.parametrize("name", ["Иосиф Сталин", "Виктор Золотов", "Газиев Азиз", "Восток"])
def test_a_name_without_a_trade_s_word_has_one_reading(name: str) -> None:
    assert len(folds(name)) == 1


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("ООО Торговый дом Рубин", "Vostok Trading House LLC"),
        ("ООО Торговый дом", "Vostok Trading House LLC"),
        ("김정은", "Pak Song Nam"),
        ("华为技术有限公司", "Silk Technology Co., Ltd."),
        ("佳信科技有限公司", "Technology Co., Ltd."),
        ("东方国际贸易有限公司", "Silk Road Cargo"),
    ],
)
def test_a_trade_and_a_form_alone_do_not_meet(written: str, name: str) -> None:
    assert score(written, name) < 0.8


def test_a_trade_s_word_in_a_person_s_name_is_not_translated() -> None:
    assert fold("李国际").words == ("li", "guo", "ji")


def test_a_name_s_own_last_letter_does_not_take_its_trade_s_first() -> None:
    assert fold("阳光电子有限公司").words == ("yang", "guang", "electronics")


def test_the_listed_name_may_be_the_one_in_another_script() -> None:
    assert score("Kim Jung Eun", "김정은") == score("Huawei Technology", "华为技术有限公司") == 1


def test_the_explanation_shows_the_reading_that_met() -> None:
    found = explain("이재명", "LEE Jae Myung")
    assert [(word.query, word.name) for word in found.met] == [
        ("lee", "lee"),
        ("jae", "jae"),
        ("myung", "myung"),
    ]


def test_a_name_of_many_readings_is_one_name() -> None:
    assert len(folds("김정은")) > 1 and holds_one("김정은")
    assert not holds_one("김정은 c/o 박재경")


@given(PLAIN)
def test_latin_text_has_the_one_reading_it_had(text: str) -> None:
    assert spellings(text, latin) == [latin(text)]


@given(SYLLABLES)
def test_every_syllable_of_hangul_is_spelt_in_every_habit(word: str) -> None:
    spelt = [syllables(word, habit) for habit in range(len(HABITS))]
    assert all(len(one) == len(word) and "".join(one).isascii() and all(one) for one in spelt)


@given(st.text(st.sampled_from("김정은华为技术有限公司ABC (トヨ) 1"), max_size=12))
def test_any_mixture_of_scripts_has_a_fold(text: str) -> None:
    assert all(key.isascii() and key.isalnum() for one in folds(text) for key in one.keys)


def test_no_word_of_the_table_stands_twice_or_is_told_in_another_script() -> None:
    text = files("screening.names").joinpath("script_words.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert len({row["word"] for row in rows}) == len(rows)
    assert all(row["latin"].isascii() and row["source"] for row in rows)
