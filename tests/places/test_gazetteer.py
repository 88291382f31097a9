"""What the bundled places say of ports: codes that do not exist, border points, places no ship reaches."""

import polars as pl
import pytest

from screening.places.countries import country_code
from screening.places.gazetteer import BORDER, COMPLETE, FREE_ZONE, Gazetteer
from screening.watchlists.lists import ListCatalogue

PLACES = ListCatalogue.load().places


def told(judgement: pl.Expr, port: str | None) -> bool | None:
    found = pl.DataFrame({"port": [port]}, {"port": pl.String}).select(judgement).item()
    return None if found is None else bool(found)


@pytest.mark.parametrize(
    ("port", "unknown"), [("KGFRU", False), ("KGZZZ", True), ("DEZZZ", False), ("RUZZZ", False), (None, None)]
)
def test_a_code_does_not_exist_only_where_all_are_known(port: str | None, unknown: bool | None) -> None:
    assert told(PLACES.unknown(pl.col("port")), port) is unknown


def test_without_places_no_code_is_unknown() -> None:
    assert told(Gazetteer().unknown(pl.col("port")), "KGZZZ") is False


@pytest.mark.parametrize(
    ("port", "border"), [("BYBQT", True), ("RUZBK", True), ("EENAR", True), ("GEPTI", False), (None, None)]
)
def test_border_points_lie_at_russia_or_belarus(port: str | None, border: bool | None) -> None:
    assert told(PLACES.of_kind(pl.col("port"), BORDER), port) is border


@pytest.mark.parametrize(
    ("port", "dry"),
    [("KGFRU", True), ("UZTAS", True), ("KZALA", True), ("AMZZZ", True), ("KZAAU", False), ("AZBAK", False)]
    + [("KZZZZ", False), ("RSBEG", False), ("GETBS", False), ("TRANK", False), (None, None)],
)
def test_no_ship_reaches_a_place_inland(port: str | None, dry: bool | None) -> None:
    assert told(PLACES.without_water(pl.col("port")), port) is dry


@pytest.mark.parametrize(
    ("port", "none"), [("LVTER", True), ("TRIPS", True), ("TRMER", False), ("GETBS", False)]
)
def test_only_a_crossing_without_an_airport_is_beyond_the_air(port: str, none: bool) -> None:
    assert told(PLACES.without_air(pl.col("port")), port) is none


def test_every_place_has_a_country_and_the_complete_ones_are_there() -> None:
    countries = {code[:2] for code in PLACES.places}
    assert countries >= COMPLETE and all(country_code(country) == country for country in countries)


def test_there_are_border_points_and_free_zones_with_positions() -> None:
    for kind in (BORDER, FREE_ZONE):
        of_kind = [place for place in PLACES.places.values() if place.kind == kind]
        assert of_kind and all(place.position for place in of_kind)
