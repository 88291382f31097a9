"""The route that a shipment states: its ports against its countries, and what it passes through.

These are plain facts, and alone they accuse nobody: a landlocked country is served by its
neighbours' ports, and goods of one member of a customs union leave by another's. Rules weigh them.
"""

import csv
from collections.abc import Collection
from functools import cache
from pathlib import Path

import polars as pl

_HERE = Path(__file__).parent


def port_country(port: pl.Expr) -> pl.Expr:
    """The country in which the port of a UN/LOCODE lies; ports of occupied Ukraine keep their code."""
    country = port.str.slice(0, 2)
    return port.replace_strict(_occupied_ports(), default=country, return_dtype=pl.String)


def port_elsewhere(port: pl.Expr, stated: pl.Expr) -> pl.Expr:
    """True when the port lies in another country than the stated one; null when either is unknown."""
    return port_country(port) != stated


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


def _rows(name: str) -> list[dict[str, str]]:
    with (_HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
