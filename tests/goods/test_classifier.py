"""A description earns the code that its own words reach: six digits, a heading, or nothing."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.goods.description import FACTS, description_facts
from screening.goods.lexicon import phrases
from screening.goods.nomenclature import known, official_text
from screening.goods.single import NOT_SAID


def earned(text: str) -> str:
    told: str = description_facts(pl.Series([text]), pl.Series([None], dtype=pl.String))[
        "described_hs"
    ].item()
    return told


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Deep groove ball bearings 6204", "848210"),
        ("Telescopic sights", "901310"),
        ("FPGA XC7K325T", "854239"),
    ]
    + [
        ("tüfek dürbünleri", "901310"),
        ("Конденсаторы танталовые", "853221"),
        ("Токарные станки с ЧПУ", "8458"),
    ]
    + [("Multilayer ceramic capacitors", "853224"), ("Photodiodes", "854149"), ("Brass gate valve", "8481")],
)
def test_words_earn_a_code_in_three_languages(text: str, code: str) -> None:
    assert earned(text) == code


@pytest.mark.parametrize(
    ("text", "heading"), [("bearings", "8482"), ("capacitors", "8532"), ("microchips", "8542")]
)
def test_a_heading_is_not_a_code(text: str, heading: str) -> None:
    assert earned(text) == heading


@pytest.mark.parametrize(
    "text", ["Sights, telescopic", "sight; telescopic", "SIGHTS (TELESCOPIC)", "telescoppic sights"]
)
def test_order_and_one_wrong_letter_make_no_other_goods(text: str) -> None:
    assert earned(text) == "901310"


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("Server (restaurant) uniforms", "6211"),
        ("Bearing grease", "3403"),
        ("Smart card with microchip", "8523"),
    ]
    + [
        ("rulman gresi", "3403"),
        ("Смазка подшипников", "3403"),
        ("Toy drone", "9503"),
        ("Drone carrying bag", "4202"),
    ],
)
def test_the_head_is_the_thing(text: str, heading: str) -> None:
    assert earned(text)[:4] == heading


@pytest.mark.parametrize(
    "text", ["spare parts", "as per invoice", "zzgl qwrt", "12345", "", "|", "of", "with for and"]
)
def test_words_that_name_nothing_earn_nothing(text: str) -> None:
    assert earned(text) == NOT_SAID


@pytest.mark.parametrize(
    "text", ["Not containing electrical connectors", "Кроме микросхем", "without processor"]
)
def test_what_is_excepted_is_not_there(text: str) -> None:
    assert earned(text) == NOT_SAID


def test_an_official_text_earns_its_code() -> None:
    assert earned(str(official_text("853221"))) == "853221"
    assert earned(str(official_text("870323")))[:4] == "8703"


def test_every_trade_word_has_codes_of_the_nomenclature() -> None:
    for codes in phrases()["codes"].unique():
        assert all(len(code) == 4 or known(code) for code in codes.split()), codes


@given(
    st.lists(st.one_of(st.text(), st.sampled_from(["Toys (with FPGA)", "(", ") a (", "с чпу", "for", "ы"])))
)
def test_any_texts_are_read_and_each_by_itself(texts: list[str]) -> None:
    codes = pl.Series([None] * len(texts), dtype=pl.String)
    told = description_facts(pl.Series(texts, dtype=pl.String), codes)
    assert told.columns == list(FACTS) and told.height == len(texts)
    assert told["described_hs"].to_list() == [earned(text) for text in texts]
    assert told["description_score"].is_between(0, 1).all()
