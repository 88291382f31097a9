"""Who belonged to a union of customs or of states in a year, by the bundled lists of countries."""

from functools import cache

import polars as pl

from screening.watchlists.lists import ListCatalogue

_FIRST, _LAST = 1990, 2060


@cache
def members(name: str) -> pl.DataFrame:
    """The `country`s of a list in each `year`, by the last day of which they belonged to it."""
    rows = [
        (standing.member, year)
        for standing in ListCatalogue.load().standings(name)
        for year in range(_FIRST, _LAST)
        if (standing.first is None or standing.first.year <= year)
        and (standing.last is None or standing.last.year > year)
    ]
    return pl.DataFrame(rows, schema={"country": pl.String, "year": pl.Int32}, orient="row").unique()
