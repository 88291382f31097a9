"""Candidates by letter runs, words that are joined or split, and what words weigh."""

import numpy as np
import pytest

from screening.names import NameIndex, explain
from screening.names.grams import GramIndex
from screening.names.words import weights


def test_a_name_with_a_slip_shares_rare_runs_with_its_like() -> None:
    index = GramIndex.build(["rosoboroneksport", "silkkargo", "tulparmetals"])
    queries, names = index.candidates(["rosoboronekspor", "silkcargo"], limit=1)
    assert list(zip(queries.tolist(), names.tolist(), strict=True)) == [(0, 0), (1, 1)]


def test_letters_that_no_name_has_find_nothing() -> None:
    queries, _ = GramIndex.build(["silkkargo"]).candidates(["zzz", ""], limit=3)
    assert not len(queries)


def test_candidates_are_no_more_than_asked_for() -> None:
    names = [f"tulpar{letter}" for letter in "abcdefghij"]
    queries, _ = GramIndex.build(names).candidates(["tulpar", "tulpara"], limit=4)
    assert np.bincount(queries).max() == 4


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Euroasia Kontakt", "Euro Asia Kontakt"),
        ("Radio Zavod Vympel", "Radiozavod Vympel"),
        ("Tulpar Metal Invest", "Tulparmetalinvest"),
        ("Ship Management Orkid", "Shipmanagement Orkid"),
    ],
)
def test_joined_and_split_words_meet(one: str, other: str) -> None:
    assert explain(one, other).score >= 0.85
    assert explain(other, one).score >= 0.85


def test_a_joined_word_is_shown_with_all_that_it_met() -> None:
    met = {word.query: word.name for word in explain("Euroasia Kontakt", "Euro Asia Kontakt").met}
    assert met == {"euroasia": "euro asia", "kontakt": "kontakt"}


def test_a_common_word_weighs_little_however_short_the_list() -> None:
    trading, romashka = weights(["trading", "romashka"], np.array([1, 1]), names=2)
    assert trading < 0.2 < 0.8 < romashka


def test_a_word_of_many_names_weighs_less_than_one_of_few() -> None:
    often, seldom = weights(["zvezda", "romashka"], np.array([900, 1]), names=50_000)
    assert often < 0.5 < seldom


@pytest.mark.parametrize("query", ["Orlan", "Orin", "Urion"])
def test_a_short_name_of_one_word_needs_near_equality(query: str) -> None:
    assert explain(query, "Orion").score < 0.85


def test_one_word_is_not_every_firm_that_begins_with_it() -> None:
    index = NameIndex.build(["TITAN", "Orion", "Vega"])
    assert index.match(["Titan Supply Logistics LLC"])["score"].max() < 0.85  # type: ignore[operator]


def test_a_firm_of_many_words_is_compared_to_its_end() -> None:
    name = "Federal State Institute of Applied Optics and of Precision Lasers named after Zhukovsky in Tula"
    assert explain(name, name).score == 1.0
    assert explain(name, name.replace("Tula", "Omsk")).score < 1.0
