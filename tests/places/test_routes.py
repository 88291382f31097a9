"""A route is read as it is stated: ports by the first letters of their code, blanks as unknown."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.places.countries import country_code
from screening.places.routes import _landlocked, landlocked, port_country, transits
from tests.told import told


def value(expression: pl.Expr, **cells: object) -> object:
    schema = {
        name: pl.List(pl.String) if isinstance(cell, list) else pl.String for name, cell in cells.items()
    }
    return (
        pl.DataFrame({name: [cell] for name, cell in cells.items()}, schema=schema).select(expression).item()
    )


@pytest.mark.parametrize(
    ("port", "country"),
    [("TRIST", "TR"), ("GEPTI", "GE"), ("UAODS", "UA"), ("UASVP", "UA-43"), ("UAMPW", "UA-14"), (None, None)],
)
def test_a_port_lies_in_the_country_of_its_code(port: str | None, country: str | None) -> None:
    assert value(port_country(pl.col("port")), port=port) == country


@pytest.mark.parametrize(
    ("port", "stated", "elsewhere"),
    [
        ("TRIST", "TR", False),
        ("LVRIX", "KZ", True),
        ("UASVP", "UA", True),
        ("UASVP", "UA-43", False),
        (None, "TR", None),
        ("TRIST", None, None),
    ],
)
def test_a_port_is_elsewhere_only_when_both_countries_are_known(
    port: str | None, stated: str | None, elsewhere: bool | None
) -> None:
    found = told("route.discharge_elsewhere", port_of_discharge=port, country_of_destination=stated)
    assert found is elsewhere


@pytest.mark.parametrize(
    ("country", "expected"),
    [("KZ", True), ("AM", True), ("AZ", True), ("BY", True), ("GE", False), ("TR", False), (None, None)],
)
def test_a_country_without_a_coast_is_landlocked(country: str | None, expected: bool | None) -> None:
    assert value(landlocked(pl.col("country")), country=country) is expected


def test_every_landlocked_country_is_a_country() -> None:
    codes = _landlocked()
    assert [country_code(code) for code in codes] == codes
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize(
    ("route", "passes"), [(["GE", "RU"], True), (["GE"], False), ([], False), (["BY"], True)]
)
def test_a_route_through_one_of_the_countries_transits_them(route: list[str], passes: bool) -> None:
    assert value(transits(pl.col("route"), {"RU", "BY"}), route=route) is passes


def test_an_unknown_route_is_unknown() -> None:
    frame = pl.DataFrame({"route": [None]}, schema={"route": pl.List(pl.String)})
    assert frame.select(transits(pl.col("route"), {"RU"})).item() is None


@given(st.lists(st.sampled_from(["RU", "GE", "AZ", "KZ"])))
def test_the_order_of_travel_does_not_change_whether_a_country_is_passed(route: list[str]) -> None:
    passed = value(transits(pl.col("route"), {"RU"}), route=route)
    assert passed is value(transits(pl.col("route"), {"RU"}), route=route[::-1])
