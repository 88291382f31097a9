"""The way of a shipment judged by geography: detours, impossible transport, border points and free zones.

Each distinct way is measured once, and each port is looked up once. None of it accuses alone; rules weigh it.
"""

from collections.abc import Mapping
from functools import lru_cache, partial

import polars as pl

from screening.places.distances import Stop, detour_ratio, ways_of
from screening.places.gazetteer import BORDER, FREE_ZONE, Gazetteer
from screening.places.routes import parted_by_sea, port_country
from screening.remembered import Reader, by, either, said, told_once

_LOADING, _DISCHARGE = PORTS = ("port_of_loading", "port_of_discharge")
_BETWEEN = "|"


def port_facts(gazetteer: Gazetteer) -> Mapping[str, Reader]:
    """What is told of a port by its code alone."""
    return {
        "country": by(port_country),
        "unknown": by(gazetteer.unknown),
        "border": by(lambda port: gazetteer.of_kind(port, BORDER)),
        "free_zone": by(lambda port: gazetteer.of_kind(port, FREE_ZONE)),
        "without_water": by(gazetteer.without_water),
        "without_port": by(gazetteer.without_port),
        "without_air": by(gazetteer.without_air),
    }


def any_port(fact: str) -> pl.Expr:
    """True where the fact holds of a port; null where both ports are blank."""
    return either(*(said(port, fact) for port in PORTS))


def in_free_zone() -> pl.Expr:
    """True where a port or the place of delivery is a free zone; null where all three are blank."""
    return either(any_port("free_zone"), said("delivery_place", "free_zone"))


def detours(export: pl.Expr, destination: pl.Expr, gazetteer: Gazetteer) -> pl.Expr:
    """The detour ratio of each row's way; null where an end is unknown or lies nowhere that we know."""
    between = (pl.col(_LOADING), pl.col("transit_countries").list.join(";"), pl.col(_DISCHARGE))
    way = pl.concat_str(export, *(stop.fill_null("") for stop in between), destination, separator=_BETWEEN)
    return told_once(way, partial(_ratios, gazetteer), pl.Float64())


def mode_impossible(kind: pl.Expr, export: pl.Expr, destination: pl.Expr) -> pl.Expr:
    """True where transport of that kind can't serve a port, or by land not the way from end to end.

    Null where the transport is unknown, or nothing is known of the way.
    """
    ends = [
        pl.coalesce(said(_LOADING, "country"), export),
        pl.coalesce(said(_DISCHARGE, "country"), destination),
    ]
    # With a port at either end, the papers state the mode of the way to or from it.
    inland = said(_LOADING, "without_port") & said(_DISCHARGE, "without_port")
    wrong = (
        # A bill of lading may begin inland, where the sender is; it ends where the ship does.
        pl.when(kind == "sea")
        .then(said(_DISCHARGE, "without_water"))
        .when(kind == "air")
        .then(any_port("without_air"))
        .when(kind.is_in(["rail", "road"]))
        .then(inland & parted_by_sea(*ends))
    )
    known = kind.is_not_null() & pl.coalesce(*ends).is_not_null()
    return pl.when(known).then(wrong.fill_null(False))


def _ratios(gazetteer: Gazetteer, ways: pl.Series) -> pl.Series:
    return pl.Series([_ratio(gazetteer, *way.split(_BETWEEN)) for way in ways.to_list()], dtype=pl.Float64)


def _ratio(
    gazetteer: Gazetteer, first: str, loading: str, transit: str, discharge: str, last: str
) -> float | None:
    between = [country for country in transit.split(";") if country]
    ways = ways_of(gazetteer, (first, last), (loading or None, discharge or None), between)
    ratios = [ratio for way in ways if (ratio := _measured(way)) is not None]
    return min(ratios, default=None)


@lru_cache(maxsize=1 << 16)
def _measured(way: tuple[Stop, ...]) -> float | None:
    return detour_ratio(way)
