"""The route that a shipment states: its ports against its countries, and what it passes through.

These are plain facts, and alone they accuse nobody: a landlocked country is served by its
neighbours' ports, and goods of one member of a customs union leave by another's. Rules weigh them.
"""

import csv
from collections.abc import Collection
from functools import cache
from pathlib import Path

import polars as pl

from screening.remembered import one_by_one, told_once

_HERE = Path(__file__).parent
_OLD_WORLD = "Eurasia and Africa"


def port_country(port: pl.Expr) -> pl.Expr:
    """The country in which the port of a UN/LOCODE lies; ports of occupied Ukraine keep their code."""
    country = port.str.slice(0, 2)
    return port.replace_strict(_occupied_ports(), default=country, return_dtype=pl.String)


def landlocked(country: pl.Expr) -> pl.Expr:
    """True when the country has no coast on an ocean (the Caspian is none); null when unknown."""
    return country.is_in(_landlocked())


def transits(route: pl.Expr, countries: Collection[str]) -> pl.Expr:
    """True when a country on the way is one of `countries`; null when the route is unknown."""
    return route.list.eval(pl.element().is_in(sorted(countries))).list.any()


@cache
def _occupied_ports() -> dict[str, str]:
    return {row["port"]: row["country"] for row in _rows("occupied_ports.csv")}


@cache
def _landlocked() -> list[str]:
    return [row["country"] for row in _rows("landlocked.csv")]


@cache
def landlocked_countries(water: str) -> list[str]:
    """The countries without a coast on an ocean whose ships sail on that water; `""`: on none."""
    return [row["country"] for row in _rows("landlocked.csv") if row["water"] == water]


def passed_countries(ports: tuple[pl.Expr, pl.Expr], export: pl.Expr, destination: pl.Expr) -> pl.Expr:
    """The countries of ports and transit besides those of both ends, each once, in the order of travel.

    `ports` are the countries of both. Null where neither a port nor a transit column says anything.
    """
    transit = pl.col("transit_countries")
    way = pl.concat_list(pl.concat_list(ports[0]), transit.fill_null([]), pl.concat_list(ports[1]))
    passed = way.list.drop_nulls().list.unique(maintain_order=True)
    stated = pl.any_horizontal(told.is_not_null() for told in (*ports, transit))
    known = stated & export.is_not_null() & destination.is_not_null()
    return pl.when(known).then(passed.list.set_difference(pl.concat_list(export, destination)))


def parted_by_sea(first: pl.Expr, second: pl.Expr) -> pl.Expr:
    """True when neither road nor rail leads from one country to the other; null when either is unknown."""
    land = one_by_one(_land, pl.String())
    return told_once(first, land, pl.String()) != told_once(second, land, pl.String())


def is_parted_by_sea(first: str, second: str) -> bool:
    """What `parted_by_sea` says of two countries."""
    return _land(first) != _land(second)


def _land(country: str) -> str:
    return _lands().get(country, _OLD_WORLD)


@cache
def _lands() -> dict[str, str]:
    return {row["country"]: row["landmass"] for row in _rows("landmasses.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    with (_HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
