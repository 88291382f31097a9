"""How far a stated way goes, and how far it need go.

A country is no point: it is taken at the places that make the way shortest, and a port at its own position.
So a large country on the way is no detour, and only a way that can't be short is long.
"""

import csv
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from screening.places.gazetteer import Gazetteer

Points = npt.NDArray[np.float64]
"""Latitude and longitude in radians, one row a point."""
Stop = str | tuple[float, float]
"""A country by its code, or a position in degrees."""
_POINTS = Path(__file__).parent / "country_points.csv"
_EARTH_KM = 6371.0
SHORTEST_KM = 750.0
"""A direct way under this counts as this: a detour in the neighbourhood is none, whatever its ratio."""
_MOST_STOPS = 8
"""Transit countries that are measured; nobody states more."""
_OCCUPIED = 2
"""Letters of a country's code in the code of a place."""


def detour_ratio(stops: Sequence[Stop]) -> float | None:
    """The length of the way by these stops over the direct way, both at their shortest.

    The first and the last stop are the ends. None where nothing is known of where a country lies.
    """
    if any(not len(_points(stop)) for stop in stops):
        return None
    direct = np.maximum(_between(stops[0], stops[-1]), SHORTEST_KM)
    way = _between(stops[0], stops[1])
    for before, after in pairwise(stops[1:]):
        way = (way[:, :, None] + _between(before, after)[None, :, :]).min(axis=1)
    return float((np.maximum(way, direct) / direct).min())


def ways_of(
    gazetteer: Gazetteer,
    ends: tuple[str, str],
    ports: tuple[str | None, str | None],
    transit: Sequence[str],
) -> Iterator[tuple[Stop, ...]]:
    """The ways that a shipment may mean: a port may lie before, between or behind the transit countries.

    Poti with transit through Azerbaijan is the first stop, Almaty with transit through Georgia the last.
    """
    first, last = ends
    loading, discharge = _stop(gazetteer, ports[0], first), _stop(gazetteer, ports[1], last)
    between = [country for country in transit if country not in ends][:_MOST_STOPS]
    for one in range(len(between) + 1 if loading else 1):
        for other in range(one, len(between) + 1) if discharge else (len(between),):
            way = [*between[:one], *loading, *between[one:other], *discharge, *between[other:]]
            yield (first, *way, last)


def _stop(gazetteer: Gazetteer, port: str | None, country: str) -> list[Stop]:
    """Where a port lies; nothing where it lies somewhere in the country of that end of the way."""
    if port is None:
        return []
    place = gazetteer.places.get(port)
    if place and place.position:
        return [place.position]
    own = port[:_OCCUPIED]
    return [own] if own != country[:_OCCUPIED] and len(_country_points(own)) else []


def _points(stop: Stop) -> Points:
    return _country_points(stop) if isinstance(stop, str) else np.radians(np.array([stop]))


@lru_cache(maxsize=1 << 14)
def _between(one: Stop, other: Stop) -> npt.NDArray[np.float64]:
    """The distances in km of all points of one stop to all of the other (haversine)."""
    first, second = _points(one), _points(other)
    rise = second[None, :, 0] - first[:, None, 0]
    turn = second[None, :, 1] - first[:, None, 1]
    flat = np.cos(first[:, None, 0]) * np.cos(second[None, :, 0])
    half = np.sin(rise / 2) ** 2 + flat * np.sin(turn / 2) ** 2
    distances: npt.NDArray[np.float64] = 2 * _EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    return distances


@cache
def _country_points(country: str) -> Points:
    found = _all_points().get(country) or _all_points().get(country[:_OCCUPIED], [])
    return np.radians(np.array(found, dtype=np.float64).reshape(-1, 2))


@cache
def _all_points() -> dict[str, list[tuple[float, float]]]:
    found: dict[str, list[tuple[float, float]]] = {}
    with _POINTS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["country"], []).append((float(row["lat"]), float(row["lon"])))
    return found
