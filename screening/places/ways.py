"""The way of a shipment judged by geography: detours, impossible transport, border points and free zones.

Each distinct way is measured once, and each port is looked up once. None of it accuses alone; rules weigh it.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple

import polars as pl

from screening.places.distances import Stop, detour_ratio, ways_of
from screening.places.gazetteer import BORDER, FREE_ZONE, Gazetteer
from screening.places.routes import is_parted_by_sea, parted_by_sea, port_country
from screening.remembered import Reader, by, either, fact_name, said, told_once
from screening.singly import Singly

_LOADING, _DISCHARGE = PORTS = ("port_of_loading", "port_of_discharge")
_ENDS = ("export.country", "destination.country")
_OVERLAND = ("rail", "road")
_OF_LOADING = 3
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
        .when(kind.is_in(_OVERLAND))
        .then(inland & parted_by_sea(*ends))
    )
    known = kind.is_not_null() & pl.coalesce(*ends).is_not_null()
    return pl.when(known).then(wrong.fill_null(False))


class Port(NamedTuple):
    """What is told of one port: the first of `port_facts` that the mode of transport rests on."""

    country: str | None
    without_port: bool | None
    without_air: bool | None
    without_water: bool | None = None
    """Asked of the port of discharge alone."""


def is_mode_impossible(
    kind: str | None, export: str | None, destination: str | None, loading: Port, discharge: Port
) -> bool | None:
    """What `mode_impossible` says of one row."""
    first, last = loading.country or export, discharge.country or destination
    if kind is None or (first is None and last is None):
        return None
    if kind == "sea":
        return bool(discharge.without_water)
    if kind == "air":
        return bool(loading.without_air or discharge.without_air)
    inland = kind in _OVERLAND and bool(loading.without_port and discharge.without_port)
    return inland and first is not None and last is not None and is_parted_by_sea(first, last)


def ways_singly(gazetteer: Gazetteer) -> dict[str, Singly]:
    """The fields of a single row's way that most shipments have anew."""
    asked = ((_LOADING, Port._fields[:_OF_LOADING]), (_DISCHARGE, Port._fields))
    facts = (fact_name(port, fact) for port, told in asked for fact in told)
    between = (_LOADING, "transit_countries", _DISCHARGE)
    return {
        "route.detour_ratio": Singly((*_ENDS, *between), partial(_ratio_of_way, gazetteer)),
        "route.mode_impossible": Singly(("transport.kind", *_ENDS, *facts), _mode_of_one),
    }


def _mode_of_one(kind: str | None, export: str | None, destination: str | None, *facts: Any) -> bool | None:
    loading, discharge = Port(*facts[:_OF_LOADING]), Port(*facts[_OF_LOADING:])
    return is_mode_impossible(kind, export, destination, loading, discharge)


def _ratio_of_way(
    gazetteer: Gazetteer,
    export: str | None,
    destination: str | None,
    loading: str | None,
    transit: Sequence[str] | None,
    discharge: str | None,
) -> float | None:
    if export is None or destination is None:
        return None
    return _ratio(gazetteer, export, loading or "", ";".join(transit or ()), discharge or "", destination)


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
