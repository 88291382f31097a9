"""The way of a shipment as stated: the ends, the ports, the transit and the means of transport."""

from typing import Any

import pytest

from screening.enrich import fields_of
from screening.io.memory import shipment_batch
from screening.io.rates import NO_RATES
from screening.parties import PartyMatcher
from screening.shipment import Shipment
from screening.watchlists.lists import ListCatalogue
from screening.watchlists.parties import PartyList

LISTS = ListCatalogue.load()
NOBODY = PartyMatcher(PartyList([]))
LANE = {"country_of_export": "DE", "country_of_destination": "KG"}


def value(name: str, **columns: Any) -> Any:
    rows = shipment_batch([Shipment(**columns)]).typed
    return fields_of(rows, frozenset({name}), NOBODY.matches(rows), LISTS, NO_RATES)[name][0]


@pytest.mark.parametrize(
    ("way", "least", "most"),
    [
        ({}, 1.0, 1.0),
        ({"transit_countries": ""}, 1.0, 1.0),
        ({"transit_countries": "PL;BY;RU;KZ"}, 1.0, 1.2),
        (
            {"port_of_loading": "DEHAM", "port_of_discharge": "GEPTI", "transit_countries": "AZ;TM;UZ"},
            1.0,
            1.3,
        ),
        ({"transit_countries": "HK"}, 2.0, 9.0),
        ({"port_of_discharge": "HKHKG"}, 2.0, 9.0),
    ],
)
def test_the_detour_grows_with_the_way(way: dict[str, str], least: float, most: float) -> None:
    assert least <= value("route.detour_ratio", **LANE, **way) <= most


def test_a_detour_needs_both_ends() -> None:
    assert value("route.detour_ratio", country_of_export="DE", transit_countries="HK") is None


def test_passed_countries_stand_in_the_order_of_travel_without_the_ends() -> None:
    way = {"port_of_loading": "NLRTM", "transit_countries": "PL;KG;RU", "port_of_discharge": "RUNVS"}
    assert list(value("route.passed_countries", **LANE, **way)) == ["NL", "PL", "RU"]
    assert list(value("route.passed_countries", **LANE, transit_countries="")) == []
    assert value("route.passed_countries", **LANE) is None


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"transport_mode": "sea", "port_of_discharge": "KGFRU"}, True),
        ({"transport_mode": "sea", "port_of_discharge": "GEPTI"}, False),
        ({"transport_mode": "sea", "port_of_discharge": "AZBAK"}, False),
        ({"transport_mode": "sea", "port_of_loading": "CZPRG", "port_of_discharge": "GEPTI"}, False),
        ({"transport_mode": "air", "port_of_discharge": "LVTER"}, True),
        ({"transport_mode": "road", "port_of_loading": "USDAL", "port_of_discharge": "KGFRU"}, True),
        ({"transport_mode": "road", "port_of_loading": "USNYC", "port_of_discharge": "KGFRU"}, False),
        ({"transport_mode": "road", "port_of_discharge": "KGFRU"}, False),
        ({"transport_mode": "road", "country_of_export": "DE"}, False),
        ({"transport_mode": "road"}, None),
        ({"port_of_discharge": "KGFRU"}, None),
    ],
)
def test_transport_is_impossible_where_it_does_not_reach(columns: dict[str, str], told: bool | None) -> None:
    assert value("route.mode_impossible", **columns) is told


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"port_of_discharge": "AEQWE"}, True),
        ({"delivery_place": "Jebel Ali Free Zone, gate 4"}, True),
        ({"port_of_discharge": "AEJEA"}, False),
        ({"delivery_place": "Almaty"}, False),
        ({}, None),
    ],
)
def test_a_free_zone_is_a_port_or_a_place_of_delivery(columns: dict[str, str], told: bool | None) -> None:
    assert value("route.free_zone", **columns) is told


@pytest.mark.parametrize("name", ["route.unknown_place", "route.border_town"])
def test_blank_ports_leave_their_facts_unknown(name: str) -> None:
    assert value(name) is None
    assert value(name, port_of_loading="DEHAM") is False


def test_the_order_of_rows_changes_no_way() -> None:
    names = frozenset({"route.detour_ratio", "route.mode_impossible", "route.passed_countries"})
    shipments = [Shipment(**LANE, transit_countries=way, transport_mode="sea") for way in ("HK", "PL;RU", "")]
    rows = shipment_batch(shipments).typed
    matches = NOBODY.matches(rows)
    told = fields_of(rows, names, matches, LISTS, NO_RATES)
    turned = fields_of(rows.reverse(), names, matches, LISTS, NO_RATES)
    assert told.equals(turned.reverse())
