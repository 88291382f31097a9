"""Two names compared: what decides, what it costs, and the sentence for a reader."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.names import NameIndex, explain

WORDS = st.sampled_from(
    ["Romashka", "Zhukov", "Sahin", "Kharkiv", "Trading", "Lodz", "Logistics", "Ozbek", "5", "6", "Xinda"]
)
NAMES = st.lists(WORDS, min_size=1, max_size=4, unique=True).map(" ".join)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Plant No. 5", "Plant No. 6"),
        ("Repair Plant 150", "Repair Plant 151"),
        ("Delta Trading", "Alfa Trading"),
        ("Trading Company", "General Trading"),
        ("Titan Supply Logistics", "Titan Metals Export"),
        ("Bayraktar", "Baykar"),
        ("Baykar Makina", "Baykal Madencilik"),
        ("Sunrise", "Moonrise"),
        ("Import Export Ltd", "Export Company"),
        ("PETROV, Ivan", "PETROV, Nikolai"),
        ("Arca Savunma", "Arda Sanayi"),
        ("Orion", "Orlan"),
    ],
)
def test_another_firm_is_not_alerted(one: str, other: str) -> None:
    assert explain(one, other).score < 0.8


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Baykar Makina", "Baykar Makina San. ve Tic. A.Ş."),
        ("Rosoboroneksport OAO", "Рособоронэкспорт"),
        ("Ostanovka Elektronics", "Ostanovka Electronics"),
        ("EuroAsia Kontakt", "Euro Asia Kontakt"),
        ("Tulpar Hızmet MMC", "Tulpar Hizmet"),
        ("KUZMIN Mikhail", "KUZMIN, Mikhail Vladimirovich"),
        ("Rosoboronexprot", "Rosoboronexport"),
        ("Kerimov, Suleyman", "Suleyman Kerimov"),
        ("Кыргыз Темир Жолу", "Kyrgyz Temir Jolu"),
        ("Zavod Radioelektroniki", "Завод радиоэлектроники"),
    ],
)
def test_the_same_firm_is_brought_to_a_reviewer(one: str, other: str) -> None:
    assert explain(one, other).score >= 0.85


@given(NAMES)
def test_a_name_is_itself_unless_it_is_common_words(name: str) -> None:
    assert explain(name, name).score == 1.0 or explain(name, name).ceiling


@given(NAMES, NAMES)
def test_it_does_not_matter_much_which_name_asks(one: str, other: str) -> None:
    index = NameIndex.build([one, other])
    assert explain(one, other, index).score == pytest.approx(explain(other, one, index).score, abs=0.12)


@given(st.permutations(["Romashka", "Zhukov", "Sahin"]))
def test_word_order_hardly_matters(words: list[str]) -> None:
    assert explain(" ".join(words), "Romashka Zhukov Sahin").score >= 0.98


def test_what_was_left_over_is_told_with_its_weight() -> None:
    found = explain("Tulpar Metals Astana", "Tulpar Metals Kokshetau")
    assert [word.word for word in found.left_query] == ["astana"]
    assert [word.word for word in found.left_name] == ["kokshetau"]
    assert found.left_query[0].weight < found.left_name[0].weight


def test_the_costs_account_for_the_score() -> None:
    found = explain("Tulpar Metals", "Tulpar Metals Kokshetau")
    assert found.score == pytest.approx(1 - sum(found.costs.values()), abs=0.001)


def test_the_sentence_names_both_and_what_differs() -> None:
    sentence = explain("Repair Plant No. 5", "Repair Plant No. 6").sentence
    assert "“Repair Plant No. 5” and “Repair Plant No. 6” score 0." in sentence
    assert "only in the first: 5; only in the second: 6; their numbers differ" in sentence


def test_the_explanation_scores_as_the_index_does() -> None:
    names = ["Tulpar Metals Kokshetau", "Silk Cargo", "Tulpar Avia"]
    index = NameIndex.build(names)
    found = index.match(["Tulpar Metal"], limit=3)
    for name, score in zip(found["name"], found["score"], strict=True):
        assert explain("Tulpar Metal", names[name], index).score == pytest.approx(score, abs=0.0001)
