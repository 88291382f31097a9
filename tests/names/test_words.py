"""The tables of words and forms: each row has its source, and means what the fold makes of it."""

import csv
from importlib.resources import files

import pytest

from screening.names.fold import fold
from screening.names.words import common_words


@pytest.mark.parametrize("table", ["words.csv", "legal_forms.csv", "costs.csv"])
def test_every_row_of_a_table_says_why_it_is_there(table: str) -> None:
    text = files("screening.names").joinpath(table).read_text("utf-8")
    for row in csv.DictReader(text.splitlines()):
        assert row.get("source") or row.get("meaning"), row


def test_no_difference_is_a_gain() -> None:
    text = files("screening.names").joinpath("costs.csv").read_text("utf-8")
    assert all(float(row["cost"]) >= 0 for row in csv.DictReader(text.splitlines()))


@pytest.mark.parametrize("one", ["Ticaret", "Трейдинг", "trdg", "Handels", "Torgovyi"])
def test_words_of_one_meaning_stand_for_one_word(one: str) -> None:
    (word,) = fold(one).keys
    assert common_words().same_as[word] == "trading"


def test_weights_are_shares() -> None:
    assert all(0 < weight <= 1 for weight in common_words().ceiling.values())
