"""The way of a shipment judged by geography: detours, impossible transport, border points and free zones.

Each distinct way is measured once. None of it accuses alone; rules weigh it.
"""

from collections.abc import Callable
from functools import lru_cache

import polars as pl

from screening.addresses.kinds import free_zone
from screening.places.distances import Stop, detour_ratio, ways_of
from screening.places.gazetteer import BORDER, FREE_ZONE, Gazetteer
from screening.places.routes import parted_by_sea, port_country
from screening.places.transport import transport_kinds

_LOADING, _DISCHARGE = pl.col("port_of_loading"), pl.col("port_of_discharge")
_PORTS = (_LOADING, _DISCHARGE)
_WAY = ("first", "loading", "transit", "discharge", "last")


def detours(rows: pl.DataFrame, export: pl.Expr, destination: pl.Expr, gazetteer: Gazetteer) -> pl.Series:
    """The detour ratio of each row's way; null where an end is unknown or lies nowhere that we know."""
    transit = pl.col("transit_countries").list.join(";")
    ways = rows.select(
        export.alias("first"),
        _LOADING.alias("loading"),
        transit.alias("transit"),
        _DISCHARGE.alias("discharge"),
        destination.alias("last"),
    )
    distinct = ways.filter(pl.col("first").is_not_null() & pl.col("last").is_not_null()).unique()
    ratios = [_ratio(gazetteer, *way) for way in distinct.select(_WAY).iter_rows()]
    known = distinct.with_columns(ratio=pl.Series(ratios, dtype=pl.Float64))
    return ways.join(known, on=list(_WAY), how="left", nulls_equal=True, maintain_order="left")["ratio"]


def unknown_place(gazetteer: Gazetteer) -> pl.Expr:
    """True where a port's code is that of no place; null where both ports are blank."""
    return _any_port(gazetteer.unknown)


def border_town(gazetteer: Gazetteer) -> pl.Expr:
    """True where a port lies at a border of Russia or Belarus; null where both ports are blank."""
    return _any_port(lambda port: gazetteer.of_kind(port, BORDER))


def in_free_zone(rows: pl.DataFrame, gazetteer: Gazetteer) -> pl.Series:
    """True where a port or the place of delivery is a free zone; null where all three are blank."""
    said = free_zone(rows["delivery_place"], rows["delivery_place"])
    ports = rows.select(_any_port(lambda port: gazetteer.of_kind(port, FREE_ZONE)).alias("port"))
    both = ports.with_columns(place=said)
    known = pl.any_horizontal(pl.all().is_not_null())
    return both.select(pl.when(known).then(pl.any_horizontal(pl.all().fill_null(False)))).to_series()


def mode_impossible(
    rows: pl.DataFrame, export: pl.Expr, destination: pl.Expr, gazetteer: Gazetteer
) -> pl.Series:
    """True where the transport can't serve a port, or by land not the way from end to end.

    Null where the transport is unknown, or nothing is known of the way.
    """
    kinds = transport_kinds(rows["transport_mode"]).alias("kind")
    ends = [
        pl.coalesce(port_country(_LOADING), export),
        pl.coalesce(port_country(_DISCHARGE), destination),
    ]
    way = pl.any_horizontal(end.is_not_null() for end in ends)
    # With a port at either end, the papers state the mode of the way to or from it.
    by_land = parted_by_sea(*ends) & gazetteer.without_port(_LOADING) & gazetteer.without_port(_DISCHARGE)
    by = {
        # A bill of lading may begin inland, where the sender is; it ends where the ship does.
        "sea": gazetteer.without_water(_DISCHARGE),
        "air": _any_port(gazetteer.without_air),
        "rail": by_land,
        "road": by_land,
    }
    wrong = pl.any_horizontal((pl.col("kind") == kind) & fact.fill_null(False) for kind, fact in by.items())
    whole = rows.with_columns(kinds)
    return whole.select(pl.when(pl.col("kind").is_not_null() & way).then(wrong).alias("wrong")).to_series()


def _any_port(judge: Callable[[pl.Expr], pl.Expr]) -> pl.Expr:
    known = pl.any_horizontal(port.is_not_null() for port in _PORTS)
    return pl.when(known).then(pl.any_horizontal(judge(port).fill_null(False) for port in _PORTS))


def _ratio(
    gazetteer: Gazetteer,
    first: str,
    loading: str | None,
    transit: str | None,
    discharge: str | None,
    last: str,
) -> float | None:
    between = [country for country in (transit or "").split(";") if country]
    ways = ways_of(gazetteer, (first, last), (loading, discharge), between)
    ratios = [ratio for way in ways if (ratio := _measured(way)) is not None]
    return min(ratios, default=None)


@lru_cache(maxsize=1 << 16)
def _measured(way: tuple[Stop, ...]) -> float | None:
    return detour_ratio(way)
