from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.errors import UsageError
from screening.names import Beside, adjusted
from screening.names.evidence import MOST_MOVED
from screening.watchlists.asked import Asked
from screening.watchlists.entry import PartyEntry
from screening.watchlists.pairs import Pairs
from screening.watchlists.weighing import Evidence, identifier_keys

SCORES = st.integers(0, 10_000).map(lambda points: points / 10_000)
COUNTRIES = st.lists(st.sampled_from(["RU", "CN", "TR"]), max_size=2, unique=True).map(tuple)
FIRM = PartyEntry("x:1", "1", "x", "Alfa", "test", type="organisation", countries=("RU",))


def weighed(score: float, party: PartyEntry = FIRM, least: float = 0.0, **beside: object) -> float:
    asked = Asked.of(
        ["Alfa"],
        **{"countries": None, "types": None, "identifiers": None} | {k: [v] for k, v in beside.items()},  # type: ignore[arg-type]
    )
    pairs = Pairs(np.array([0]), np.array([0]), np.array([0]), np.array([score]))
    return float(Evidence([party]).weighed(asked, pairs, least).score[0])


@given(SCORES, COUNTRIES, COUNTRIES)
def test_columns_and_single_pairs_weigh_countries_alike(
    score: float, asked: tuple[str, ...], listed: tuple[str, ...]
) -> None:
    party = PartyEntry("x:1", "1", "x", "Alfa", "test", countries=listed)
    expected = adjusted(score, Beside(asked), Beside(listed)).score if asked else score
    assert weighed(score, party, countries=asked) == expected


@given(SCORES, st.sampled_from(["RU", "TR", None]), st.sampled_from(["vessel", "organisation", None]))
def test_no_score_moves_further_than_the_search_allows_for(
    score: float, country: str | None, kind: str | None
) -> None:
    assert abs(weighed(score, countries=country, types=kind) - score) <= MOST_MOVED


def test_a_vessel_is_less_likely_a_firm() -> None:
    assert weighed(0.95, types="vessel") < weighed(0.95, types="organisation") == weighed(0.95)
    assert weighed(0.86, types="vessel") == 0.85
    assert weighed(1.0, types="vessel") == 1.0


def test_a_name_that_reached_the_threshold_keeps_it() -> None:
    assert weighed(0.92, least=0.92, countries="TR") == 0.92
    assert weighed(0.92, least=0.5, countries="TR") < 0.92


def test_an_identifier_that_checks_out_settles_it() -> None:
    party = PartyEntry("x:1", "1", "x", "Alfa", "test", identifiers=("ИНН/INN 7707083893",))
    assert weighed(0.1, party, identifiers=["INN 7707083893"]) < 1.0
    party = PartyEntry("x:1", "1", "x", "Alfa", "test", identifiers=("INN 7707083893",))
    assert weighed(0.1, party, identifiers=["7707083893"]) == 1.0


@pytest.mark.parametrize("text", ["IMO 9074729", "imo9074729", "9074729", "IMO: 907-4729"])
def test_an_identifier_is_one_however_it_is_written(text: str) -> None:
    assert "9074729" in identifier_keys([text])


def test_countries_are_read_as_cells_are() -> None:
    asked = Asked.of(["Alfa", "Beta"], ["Türkiye", "Wakanda"], None, None)
    assert asked.countries == [("TR",), ()]


@given(SCORES, st.sampled_from(["same", "other", None]), st.sampled_from(["1962", "12 Mar 1970", None]))
def test_addresses_and_birth_dates_move_a_score_within_bounds(
    score: float, place: str | None, born: str | None
) -> None:
    site = "5 Main St, Omsk"
    party = PartyEntry("x:1", "1", "x", "Alfa", "test", addresses=(site,), birth_dates=("1962-03-12",))
    addresses = {"same": "Main Street 5, Omsk", "other": "9 Elm Street, Riga", None: None}
    moved = weighed(score, party, addresses=addresses[place], births=born)
    assert abs(moved - score) <= MOST_MOVED and (score < 0.85 or moved >= 0.85)
    if place == "same" and born != "12 Mar 1970":
        assert moved >= score


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ("Rosoboronexport", "one text; give a list"),
        (["Silk", 5], "number 2 is int"),
        (["Silk", "Car\ud800go"], "number 2 holds half a character"),
    ],
)
def test_names_that_are_no_texts_are_refused(names: Any, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        Asked.of(names, None, None, None)
