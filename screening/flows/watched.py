"""The lists of corridors as fields of a shipment: what they say of its lane and goods on its date.

The figure of the narrowest goods counts, of the country itself before that of the Union it belongs to, and
of several the one that began last. A lane that no list has is 0: nothing is known against it.
"""

import datetime as dt
from collections.abc import Iterable
from functools import partial

import polars as pl

from screening.remembered import fact_name, said, told_as_of
from screening.singly import Singly
from screening.watchlists.corridors import ALL_GOODS, HIGH_PRIORITY, MEASURES, UNION, CorridorEntry
from screening.watchlists.lists import ListCatalogue

_ENDS = "export.country", "destination.country"
_BETWEEN = ">"


def corridor_formulas(lists: ListCatalogue) -> dict[str, pl.Expr]:
    """`route.corridor_gap`, `route.corridor_surge` and `route.corridor_score`."""
    return {f"route.corridor_{measure}": _figure(_watched(measure, lists)) for measure in MEASURES}


def corridor_singly(lists: ListCatalogue) -> dict[str, Singly]:
    """The same of a single row."""
    roots = (*_ENDS, fact_name("hs_code", "hs6"), "shipment_date")
    told = {measure: partial(_figure_of_row, _watched(measure, lists)) for measure in MEASURES}
    return {f"route.corridor_{measure}": Singly(roots, tell) for measure, tell in told.items()}


def _figure_of_row(
    watched: "_Watched", export: str | None, destination: str | None, hs6: str | None, day: dt.date | None
) -> float | None:
    if export is None or destination is None or hs6 is None:
        return None
    return watched.of_lane(f"{export}{_BETWEEN}{destination}", hs6, day) or 0.0


def _watched(measure: str, lists: ListCatalogue) -> "_Watched":
    return _Watched((entry for entry in lists.corridors if entry.measure == measure), lists)


def _figure(watched: "_Watched") -> pl.Expr:
    hs6 = said("hs_code", "hs6")
    lane = pl.concat_str(*_ENDS, separator=_BETWEEN)
    # Most lanes are on no list: nothing is asked about them.
    asked = pl.when(lane.is_in(watched.lanes)).then(pl.concat_str(lane, hs6, separator=_BETWEEN))
    figure = told_as_of(asked, pl.col("shipment_date"), watched.turns, watched.figure, pl.Float64())
    return pl.when(lane.is_not_null() & hs6.is_not_null()).then(figure.fill_null(0.0))


class _Watched:
    """The entries of one measure, by lane."""

    def __init__(self, entries: Iterable[CorridorEntry], lists: ListCatalogue) -> None:
        self._high_priority = (
            lists.members("goods/chpl", None) if "goods/chpl" in lists.goods else frozenset()
        )
        union = lists.members("countries/european_union", None) if entries else frozenset()
        self._by_lane: dict[str, list[CorridorEntry]] = {}
        for entry in entries:
            for origin in sorted(union) if entry.origin == UNION else (entry.origin,):
                self._by_lane.setdefault(f"{origin}{_BETWEEN}{entry.destination}", []).append(entry)

    @property
    def lanes(self) -> list[str]:
        """The lanes of which something is known."""
        return sorted(self._by_lane)

    @property
    def turns(self) -> list[dt.date]:
        """The days on which an entry begins to stand, or stands no more."""
        known = [entry for entries in self._by_lane.values() for entry in entries]
        ended = {entry.valid_until + dt.timedelta(days=1) for entry in known if entry.valid_until}
        return sorted(ended | {entry.valid_from for entry in known})

    def figure(self, text: str, day: dt.date | None) -> float | None:
        """The figure of a lane and code on the day; None where nothing stands."""
        return self.of_lane(*text.rpartition(_BETWEEN)[::2], day)

    def of_lane(self, lane: str, hs6: str, day: dt.date | None) -> float | None:
        """The same, of a lane and a code by themselves."""
        standing = [
            entry for entry in self._by_lane.get(lane, ()) if entry.on(day) and self._covers(entry, hs6)
        ]
        found = max(standing, key=self._rank, default=None)
        return found.value if found else None

    def _covers(self, entry: CorridorEntry, hs6: str) -> bool:
        if entry.goods == HIGH_PRIORITY:
            return hs6 in self._high_priority
        return entry.goods == ALL_GOODS or hs6.startswith(entry.goods)

    def _rank(self, entry: CorridorEntry) -> tuple[int, bool, dt.date, float]:
        narrow = {ALL_GOODS: 0, HIGH_PRIORITY: 3}.get(entry.goods, len(entry.goods))
        return narrow, entry.origin != UNION, entry.valid_from, entry.value
