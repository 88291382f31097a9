"""A detour is measured between the places that make both ways shortest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.places.distances import _all_points, detour_ratio, ways_of
from screening.places.gazetteer import Gazetteer, Place

POTI = Place("GEPTI", "1-------", "hub", (42.15, 41.67))
PLACES = Gazetteer.of([POTI, Place("AEJEA", "1-------", "hub", (25.0, 55.06))])
COUNTRIES = sorted(_all_points())


def ratio(*stops: str | tuple[float, float]) -> float:
    told = detour_ratio(stops)
    assert told is not None
    return told


@pytest.mark.parametrize(
    "stops",
    [
        ("DE", "PL", "BY", "RU", "KZ", "KG"),
        ("TR", "GE", "AZ", "KZ"),
        ("DE", "RU", "KZ"),
        ("NL", "DE", "PL", "LT"),
    ],
)
def test_the_ordinary_way_is_no_detour(stops: tuple[str, ...]) -> None:
    assert ratio(*stops) < 1.2


@pytest.mark.parametrize(
    "stops", [("DE", "HK", "KG"), ("TW", "TR", "KG"), ("DE", "AE", "AM"), ("TR", "AE", "GE")]
)
def test_a_way_over_the_wrong_end_of_the_world_is_a_detour(stops: tuple[str, ...]) -> None:
    assert ratio(*stops) > 1.8


def test_a_country_that_lies_nowhere_leaves_the_way_unknown() -> None:
    assert detour_ratio(["DE", "XX", "KG"]) is None


def test_a_port_may_lie_before_or_behind_the_transit_countries() -> None:
    ways = set(ways_of(PLACES, ("IT", "KG"), (None, "GEPTI"), ["AZ", "TM"]))
    assert ("IT", POTI.position, "AZ", "TM", "KG") in ways and ("IT", "AZ", "TM", POTI.position, "KG") in ways
    assert min(map(ratio_of, ways)) < 1.1


def ratio_of(way: tuple[str | tuple[float, float], ...]) -> float:
    return ratio(*way)


def test_a_port_that_nobody_knows_is_somewhere_in_its_country() -> None:
    assert list(ways_of(PLACES, ("TR", "KG"), ("TRXYZ", "CNXYZ"), [])) == [("TR", "CN", "KG")]


@given(st.lists(st.sampled_from(COUNTRIES), min_size=2, max_size=6))
def test_no_way_is_shorter_than_the_straight_one(stops: list[str]) -> None:
    assert ratio(*stops) >= 1.0


@given(st.lists(st.sampled_from(COUNTRIES), min_size=3, max_size=6))
def test_a_way_is_as_long_there_as_back(stops: list[str]) -> None:
    assert ratio(*stops) == pytest.approx(ratio(*stops[::-1]))


@given(st.sampled_from(COUNTRIES), st.sampled_from(COUNTRIES))
def test_without_a_stop_there_is_no_detour(first: str, last: str) -> None:
    assert ratio(first, last) == pytest.approx(1.0)
