"""The tables of territories, made and found again."""

from pathlib import Path

import pytest
from rigour.territories import get_territories, lookup_by_identifier, lookup_territory

from screening.places.territories import by_identifier, by_name, english_name, identifier_key, iso_code
from screening.shelf import shelf_folder


def test_each_territory_is_told_by_its_codes_as_rigour_tells_it() -> None:
    for territory in get_territories():
        for text in (territory.code, territory.alpha3, *territory.other_codes):
            if text:
                assert by_identifier()[identifier_key(text)] == iso_code(lookup_by_identifier(text))


@pytest.mark.parametrize("name", ["turkiye", "kazakhstan", "germaniia", "cote divoire", "delaware"])
def test_a_name_means_what_rigour_says(name: str) -> None:
    assert by_name().get(name) == iso_code(lookup_territory(name))


def test_an_occupied_region_has_the_name_of_its_own() -> None:
    assert english_name("UA-43") == "Crimea (Occupied Ukraine)"
    assert english_name("xx") is None


def test_a_table_that_is_found_again_is_the_one_that_was_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path / "home"))
    made = by_identifier.__wrapped__()
    assert len(list(shelf_folder().iterdir())) == 1
    assert by_identifier.__wrapped__() == made
