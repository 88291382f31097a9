"""A description is vague when nothing is left of it without its empty words."""

import polars as pl
import pytest

from screening.goods.clauses import says_nothing


def vague(text: str) -> bool:
    return bool(says_nothing(pl.Series([text])).item())


@pytest.mark.parametrize(
    "text",
    ["parts", "SPARE PARTS", "Equipment", "goods", "accessories", "samples", "As per invoice No. 123", "..."]
    + ["Parts and accessories", "electronic components", "Miscellaneous goods", "General cargo", "10 pcs"]
    + ["yedek parça", "Yedek Parçalar", "malzeme", "faturaya göre", "muhtelif eşya", "numuneler"]
    + ["запчасти", "Оборудование", "товары", "согласно инвойсу № 45", "комплектующие", "запасные части"],
)
def test_empty_words_alone_are_vague(text: str) -> None:
    assert vague(text)


@pytest.mark.parametrize(
    "text",
    ["ball bearings", "spare parts for tractors", "parts 6205-2RS", "XC7K325T", "sugar", "office equipment"]
    + ["rulman", "traktör yedek parçaları", "подшипники", "запчасти для трактора"],
)
def test_a_word_that_says_something_ends_vagueness(text: str) -> None:
    assert not vague(text)


@pytest.mark.parametrize(
    "text", ["12345", "No. 7/2023", "100 PCS", "N/A", "-", "Товары согласно контракту 15", "разное"]
)
def test_numbers_and_references_alone_are_vague(text: str) -> None:
    assert vague(text)


@pytest.mark.parametrize(
    "text", ["goods: bearings", "Yedek parça: rulman", "оборудование: насосы", "used shoes"]
)
def test_an_empty_word_beside_a_real_one_is_not_vague(text: str) -> None:
    assert not vague(text)
