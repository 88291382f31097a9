"""The places that routes name, as `watchlists/ports/` lists them: what they serve, and where they lie.

The list holds the ports, airports and border points that matter to diversion, and for a few countries
every place that has a code; of other countries it can't be said that a code does not exist.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import polars as pl

from screening.places.routes import landlocked_countries

COMPLETE = frozenset({"AM", "AZ", "BY", "GE", "KG", "KZ", "MN", "TJ", "TM", "UZ"})
"""Countries of which the bundled list holds every place of UN/LOCODE."""
BORDER, FREE_ZONE = "border", "free zone"
_PORT, _AIRPORT = "1", "4"


@dataclass(frozen=True, slots=True)
class Place:
    """One place with a code."""

    code: str
    """Its UN/LOCODE: two letters of the country, three of the place."""
    functions: str
    """As UN/LOCODE has them: 1 port, 2 rail, 3 road, 4 airport, 5 post, 6 multimodal, 7 fixed, B border."""
    kind: str
    """hub, border (of Russia or Belarus), crossing (of another border), free zone or place."""
    position: tuple[float, float] | None = None
    """Latitude and longitude in degrees."""


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """What is known of places by their codes."""

    places: dict[str, Place] = field(default_factory=dict)

    @classmethod
    def of(cls, places: Iterable[Place]) -> "Gazetteer":
        """The gazetteer of these places."""
        return cls({place.code: place for place in places})

    def unknown(self, ports: pl.Expr) -> pl.Expr:
        """True for a code that no place has, in a country all of whose places are known; null for blanks."""
        complete = sorted(COMPLETE) if self.places else []
        return ports.str.slice(0, 2).is_in(complete) & ~ports.is_in(sorted(self.places))

    def of_kind(self, ports: pl.Expr, kind: str) -> pl.Expr:
        """True for a place of that kind; null for blanks."""
        return ports.is_in(sorted(place.code for place in self.places.values() if place.kind == kind))

    def without_water(self, ports: pl.Expr) -> pl.Expr:
        """True for a place that no seagoing ship can reach: in a country without a coast; null for blanks.

        On a river that ships come up nothing is judged, and by the Caspian known places alone.
        """
        wet = self._codes(lambda place: _PORT in place.functions)
        country = ports.str.slice(0, 2)
        inland = country.is_in(landlocked_countries("")) & ~ports.is_in(wet)
        return inland | (country.is_in(landlocked_countries("Caspian Sea")) & ports.is_in(self._dry()))

    def without_port(self, ports: pl.Expr) -> pl.Expr:
        """True for a place that is known to be no port of ships; null for blanks."""
        return ports.is_in(self._dry())

    def without_air(self, ports: pl.Expr) -> pl.Expr:
        """True for a border point that has no airport; other places may have one nearby. Null for blanks."""
        return ports.is_in(
            self._codes(lambda place: place.kind in (BORDER, "crossing") and _AIRPORT not in place.functions)
        )

    def _dry(self) -> list[str]:
        return self._codes(lambda place: _PORT not in place.functions)

    def _codes(self, fits: Callable[[Place], bool]) -> list[str]:
        return sorted(place.code for place in self.places.values() if fits(place))
