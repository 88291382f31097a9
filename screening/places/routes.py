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


@cache
def landlocked_countries(water: str) -> list[str]:
    """The countries without a coast on an ocean whose ships sail on that water; `""`: on none."""
    return [row["country"] for row in _rows("landlocked.csv") if row["water"] == water]


def passed_countries(rows: pl.DataFrame, export: pl.Expr, destination: pl.Expr) -> pl.Series:
    """The countries of ports and transit besides those of both ends, each once, in the order of travel.

    Null where neither a port nor a transit column says anything; `rows` has every column of the contract.
    """
    ends = [port_country(pl.col("port_of_loading")), port_country(pl.col("port_of_discharge"))]
    way = pl.concat_list(
        pl.concat_list(ends[0]), pl.col("transit_countries").fill_null([]), pl.concat_list(ends[1])
    )
    both = pl.concat_list(export, destination)
    passed = way.list.drop_nulls().list.unique(maintain_order=True).list.set_difference(both)
    stated = pl.any_horizontal(
        pl.col("port_of_loading", "port_of_discharge", "transit_countries").is_not_null()
    )
    known = stated & export.is_not_null() & destination.is_not_null()
    return rows.select(pl.when(known).then(passed).alias("passed")).to_series()


def parted_by_sea(first: pl.Expr, second: pl.Expr) -> pl.Expr:
    """True when neither road nor rail leads from one country to the other; null when either is unknown."""
    lands = {row["country"]: row["landmass"] for row in _rows("landmasses.csv")}
    apart = first.replace_strict(lands, default="Eurasia and Africa", return_dtype=pl.String)
    return apart != second.replace_strict(lands, default="Eurasia and Africa", return_dtype=pl.String)


def _rows(name: str) -> list[dict[str, str]]:
    with (_HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
