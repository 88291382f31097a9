"""Who stands on a list on the day of a shipment, as one expression over columns.

Entries of one span of days are asked together. A shipment without a date is judged by the lists
as they stand: by the entries that have not ended.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

import polars as pl

Standing = tuple[str, date | None, date | None]
"""A member with the first and the last day on which it stands; None is open."""


def stands_on(member: Standing, day: date | None) -> bool:
    """True when the member stands on the list on `day`; without a day, as the list stands now."""
    _, first, last = member
    if day is None:
        return last is None
    return (first is None or first <= day) and (last is None or day <= last)


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
    for name, first, last in sorted(set(members), key=repr):
        spans[first, last].append(name)
    return spans


def _within(span: tuple[date | None, date | None], day: pl.Expr) -> pl.Expr:
    first, last = span
    begun = pl.lit(True) if first is None else day.is_null() | (day >= first)
    lasting = pl.lit(True) if last is None else day.is_not_null() & (day <= last)
    return begun & lasting
