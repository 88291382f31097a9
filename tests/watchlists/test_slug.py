from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.watchlists.slug import date_in_name, list_name, slug, stable_ids


@pytest.mark.parametrize(
    ("text", "expected"),
    [("My List", "my-list"), ("../../etc", "etc"), ("Список №1", "список-no1"), ("...", "list")],
)
def test_a_slug_is_letters_and_digits_joined_by_hyphens(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(st.text())
def test_a_slug_is_its_own_slug_and_names_no_other_folder(text: str) -> None:
    assert slug(slug(text)) == slug(text)
    assert not set(slug(text)) & set("/\\.: \0")


@pytest.mark.parametrize("name", ["us_csl_2026-07-31.csv", "us_csl.csv", "US CSL 20260801.csv"])
def test_next_months_file_has_the_same_list_name(name: str) -> None:
    assert list_name(Path(name)) == "us-csl"


def test_the_date_of_a_file_stands_in_its_name() -> None:
    assert date_in_name(Path("us_csl_2026-07-31.csv")) == date(2026, 7, 31)
    assert date_in_name(Path("list_2026-13-31.csv")) is None
    assert date_in_name(Path("tel_123456789.csv")) is None


def test_an_id_made_of_a_name_ignores_case_and_spacing() -> None:
    first, second = next(stable_ids(["Alfa  LLC"])), next(stable_ids(["ALFA llc "]))
    assert first == second


@given(st.lists(st.sampled_from(["Alfa", "ALFA", "Beta", "Gamma"])))
def test_made_ids_are_all_different(keys: list[str]) -> None:
    assert len(set(stable_ids(keys))) == len(keys)
