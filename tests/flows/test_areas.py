"""Areas of statistics: countries by code, number and name; groups are left out."""

import pytest

from screening.flows.areas import GROUP, area_code, number_of


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ARM", "AM"),
        ("51", "AM"),
        ("Armenia, Republic of", "AM"),
        ("Belgium (incl. Luxembourg 'LU' -> 1998)", "BE"),
        ("Korea (DPRK)", "KP"),
        ("W00", "WLD"),
        ("European Union - 27 countries (from 2020)", "EU27"),
        ("Other Asia, nes", "TW"),
    ],
)
def test_a_country_is_known_by_what_offices_call_it(text: str, code: str) -> None:
    assert area_code(text) == code


@pytest.mark.parametrize("text", ["Euro area - 20 countries (AT, BE)", "Eurasian Economic Union", "Africa"])
def test_a_group_of_countries_is_left_out(text: str) -> None:
    assert area_code(text) == GROUP


def test_what_is_no_area_is_none() -> None:
    assert area_code("Atlantis") is None


def test_a_country_has_its_number() -> None:
    assert (number_of("TR"), number_of("ZZ")) == (792, None)
