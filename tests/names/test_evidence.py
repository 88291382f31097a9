"""What stands beside a name ranks a match and never hides it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.names import Beside, adjusted

SCORES = st.floats(0, 1, allow_nan=False)
SIDES = st.builds(
    Beside,
    countries=st.lists(st.sampled_from(["RU", "TR", "KZ"]), max_size=2),
    identifiers=st.lists(st.sampled_from(["9074729", "IMO 9074729", "7707083893", "AB-12345"]), max_size=2),
    born=st.none() | st.dates(date(1950, 1, 1), date(1952, 1, 1)),
)


def test_a_country_that_agrees_raises_and_one_that_differs_lowers() -> None:
    turkish = Beside(countries=["TR"])
    assert adjusted(0.9, turkish, Beside(countries=["TR", "RU"])).score > 0.9
    assert adjusted(0.9, turkish, Beside(countries=["RU"])).score < 0.9


def test_what_is_unknown_does_nothing() -> None:
    assert adjusted(0.9, Beside(countries=["TR"]), Beside(born=date(1960, 1, 2))) == adjusted(
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


def test_a_birth_date_counts_by_its_year_where_only_that_is_known() -> None:
    person = Beside(born=date(1961, 5, 7))
    assert adjusted(0.9, person, Beside(born_years=[1961])).reasons == ("the year of birth agrees: 1961",)
    assert adjusted(0.9, person, Beside(born_years=[1970])).score < 0.9


def test_every_change_has_its_reason() -> None:
    found = adjusted(0.9, Beside(["TR"], born=date(1961, 5, 7)), Beside(["RU"], born=date(1971, 5, 7)))
    assert len(found.reasons) == 2


@given(SCORES.filter(lambda score: score >= 0.85), SIDES, SIDES)
def test_more_evidence_never_hides_a_match(score: float, query: Beside, entry: Beside) -> None:
    assert adjusted(score, query, entry).score >= 0.85


@given(SCORES, SIDES, SIDES)
def test_an_adjusted_score_is_a_score(score: float, query: Beside, entry: Beside) -> None:
    assert 0 <= adjusted(score, query, entry).score <= 1
