"""Who stands on a list on the day of a shipment, as one expression over columns.

Entries of one span of days are asked together. A shipment without a date is judged by the lists
as they stand: by the entries that have not ended.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

import polars as pl

from screening.watchlists.entry import CountryEntry, GoodsEntry
from screening.watchlists.lists import CountryList, GoodsList, ListCatalogue, Standing


def on_list(value: pl.Expr, members: Iterable[Standing], day: pl.Expr) -> pl.Expr:
    """True where the value stands on the list on the row's day; null where the value is unknown."""
    spans = [value.is_in(names) & _within(span, day) for span, names in _spans(members).items()]
    return pl.when(value.is_not_null()).then(pl.any_horizontal(*spans, pl.lit(False)))


def any_on_list(values: pl.Expr, members: Iterable[Standing], day: pl.Expr) -> pl.Expr:
    """True where any of a row's values stands on the list; null where the values are unknown."""
    spans = [
        values.list.set_intersection(pl.lit(pl.Series([names]))).list.len().gt(0) & _within(span, day)
        for span, names in _spans(members).items()
    ]
    return pl.when(values.is_not_null()).then(pl.any_horizontal(*spans, pl.lit(False)))


def _spans(members: Iterable[Standing]) -> dict[tuple[date | None, date | None], list[str]]:
    spans: dict[tuple[date | None, date | None], list[str]] = defaultdict(list)
    for standing in sorted(set(members), key=repr):
        spans[standing.first, standing.last].append(standing.member)
    return spans


def _within(span: tuple[date | None, date | None], day: pl.Expr) -> pl.Expr:
    first, last = span
    begun = pl.lit(True) if first is None else day.is_null() | (day >= first)
    lasting = pl.lit(True) if last is None else day.is_not_null() & (day <= last)
    return begun & lasting


def tiers(goods: GoodsList) -> dict[str, list[Standing]]:
    """The members of each tier of a goods list, in the order of the tiers."""
    members: dict[str, list[Standing]] = defaultdict(list)
    for entry, standing in zip(goods.entries, goods.standings, strict=True):
        members[entry.tier].append(standing)
    return {tier: members[tier] for tier in sorted(members)}


def source_of(lists: ListCatalogue, name: str, values: Sequence[str], day: date | None) -> str | None:
    """Who says that any of these values stands on the list on that day; None when none does."""
    found: CountryList | GoodsList = lists.list_named(name)
    entries: Sequence[CountryEntry | GoodsEntry] = found.entries
    pairs = zip(entries, found.standings, strict=True)
    told = [_told(entry) for entry, standing in pairs if standing.member in values and standing.on(day)]
    return "; ".join(dict.fromkeys(told)) or None


def _told(entry: CountryEntry | GoodsEntry) -> str:
    if isinstance(entry, CountryEntry):
        return f"{entry.source} ({entry.date})"
    doubt = "" if entry.verified else ", day not verified"
    listed = f", listed {entry.listed_from}" if entry.listed_from else ""
    return f"{entry.source} (controlled from {entry.controlled_from}{doubt}{listed})"
