"""What stands beside a name ranks a match and never hides it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.names import Beside, adjusted
from screening.names.births import births
from screening.names.evidence import MOST_MOVED, most_raised

SCORES = st.floats(0, 1, allow_nan=False)
SIDES = st.builds(
    Beside,
    countries=st.lists(st.sampled_from(["RU", "TR", "KZ"]), max_size=2),
    identifiers=st.lists(st.sampled_from(["9074729", "IMO 9074729", "7707083893", "AB-12345"]), max_size=2),
    births=st.sampled_from(["", "1951", "1951-02-03", "circa 1950", "3 Feb 1951; 1952"]).map(births),
)
ADDRESSES = st.sampled_from(["", "same", "house", "other"])


def test_a_country_that_agrees_raises_and_one_that_differs_lowers() -> None:
    turkish = Beside(countries=["TR"])
    assert adjusted(0.9, turkish, Beside(countries=["TR", "RU"])).score > 0.9
    assert adjusted(0.9, turkish, Beside(countries=["RU"])).score < 0.9


def test_what_is_unknown_does_nothing() -> None:
    assert adjusted(0.9, Beside(countries=["TR"]), Beside(births=births("1960-01-02"))) == adjusted(
        0.9, Beside(), Beside()
    )


@pytest.mark.parametrize("identifier", ["IMO 9074729", "7707083893", "1027700132195", "5493001KJTIIGC8Y1R12"])
def test_a_valid_identifier_that_agrees_settles_it_whatever_the_names_say(identifier: str) -> None:
    found = adjusted(0.1, Beside(identifiers=[identifier]), Beside(identifiers=[identifier.lower()]))
    assert found.score == 1.0
    assert "agrees" in found.reasons[0]


def test_an_identifier_without_check_digits_supports_and_does_not_settle() -> None:
    same = Beside(identifiers=["AB-12345"])
    assert 0.9 < adjusted(0.9, same, Beside(identifiers=["AB 12345"])).score < 1.0


def test_a_birth_date_counts_by_what_of_it_is_known() -> None:
    person = Beside(births=births("1961-05-07"))
    assert adjusted(0.9, person, Beside(births=births("7 May 1961"))).score == 0.96
    year = adjusted(0.9, person, Beside(births=births("1961; 1970")))
    assert (year.score, year.reasons) == (0.93, ("the birth date may agree: 1961-05-07, listed 1961",))
    assert adjusted(0.9, person, Beside(births=births("circa 1963"))).score == 0.93
    assert adjusted(0.9, person, Beside(births=births("1970"))).score == 0.85


def test_day_and_month_the_other_way_round_contradict_nothing() -> None:
    assert (
        adjusted(0.9, Beside(births=births("1961-05-07")), Beside(births=births("1961-07-05"))).score == 0.9
    )


def test_an_address_that_agrees_raises_by_how_much_of_it_does() -> None:
    moved = {a: adjusted(0.9, Beside(), Beside(), a).score for a in ("same", "house", "", "other")}
    assert moved["same"] > moved["house"] > moved[""] == 0.9 > moved["other"]


def test_every_change_has_its_reason() -> None:
    query, entry = (Beside([c], births=births(b)) for c, b in (("TR", "1961-05-07"), ("RU", "1971-05-07")))
    assert len(adjusted(0.9, query, entry, "other").reasons) == 3


def test_agreement_in_everything_moves_a_score_so_far_and_no_further() -> None:
    whole = Beside(["TR"], ["AB-12345"], births("1961-05-07"))
    assert adjusted(0.7, whole, whole, "same").score == pytest.approx(0.7 + MOST_MOVED)


@given(SCORES.filter(lambda score: score >= 0.85), SIDES, SIDES, ADDRESSES)
def test_more_evidence_never_hides_a_match(score: float, query: Beside, entry: Beside, place: Any) -> None:
    assert adjusted(score, query, entry, place).score >= 0.85


@given(SCORES, SIDES, SIDES, ADDRESSES)
def test_no_score_rises_by_more_than_what_is_known_can_raise_it(
    score: float, query: Beside, entry: Beside, place: Any
) -> None:
    query = Beside(query.countries, births=query.births)
    most = most_raised(bool(query.countries), bool(query.births), bool(place))
    assert adjusted(score, query, entry, place).score <= score + most + 1e-4


@given(SCORES, SIDES, SIDES, ADDRESSES)
def test_an_adjusted_score_is_a_score(score: float, query: Beside, entry: Beside, place: Any) -> None:
    assert 0 <= adjusted(score, query, entry, place).score <= 1
