"""A word that is the first letters of others."""

import pytest

from screening.names import explain
from screening.names.compare import REVIEW


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("PLA", "People's Liberation Army"),
        ("CNPC", "China National Petroleum Corporation"),
        ("IRISL", "Islamic Republic of Iran Shipping Lines"),
        ("JC Juncker", "Jean-Claude Juncker"),
    ],
)
def test_letters_meet_the_words_that_they_stand_for_whichever_is_listed(short: str, long: str) -> None:
    for found in (explain(short, long), explain(long, short)):
        left = (*found.left_query, *found.left_name)
        assert found.score > 0.7 and {word.word for word in left} <= {"of"}


@pytest.mark.parametrize(
    ("short", "other"),
    [
        ("PLA", "Liberation Army People's"),
        ("PLA", "Press Lawyers Bureau"),
        ("Pol", "Petrov Oleg Lvovich, Omsk"),
        ("MS Trading", "Mobarak Trading"),
    ],
)
def test_letters_in_another_order_or_of_other_words_are_no_alert(short: str, other: str) -> None:
    assert explain(short, other).score < REVIEW


def test_the_words_that_letters_stand_for_are_shown_as_met() -> None:
    assert [word.name for word in explain("PLA China", "People's Liberation Army").met] == [
        "peoples liberation army"
    ]
