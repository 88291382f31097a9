"""The lists of corridors as fields: by date, by lane, and by the narrowest goods."""

import datetime as dt
from dataclasses import replace

import polars as pl
import pytest

from screening.flows.watched import corridor_formulas
from screening.remembered import fact_name
from screening.watchlists.corridors import CorridorEntry
from screening.watchlists.lists import ListCatalogue

LISTS = ListCatalogue.load()
ENTRY = CorridorEntry(
    *("a", "corridors/a", "EE", "KG", "total", "gap", 0.9, dt.date(2022, 1, 1), dt.date(2023, 12, 31)),
    *("computed", "Eurostat", dt.date(2024, 1, 1)),
)


def gap(
    *entries: CorridorEntry, origin: str | None = "EE", hs6: str | None = "854231", day: str = "2022-06-01"
) -> float | None:
    """What the field says of one shipment to Kyrgyzstan."""
    formula = corridor_formulas(replace(LISTS, corridors=entries))["route.corridor_gap"]
    columns = {"export.country": origin, "destination.country": "KG", fact_name("hs_code", "hs6"): hs6}
    row = pl.DataFrame(
        {**columns, "shipment_date": dt.date.fromisoformat(day)},
        schema_overrides=dict.fromkeys(columns, pl.String),
    )
    value: float | None = row.select(formula).item()
    return value


@pytest.mark.parametrize(
    ("day", "told"), [("2021-12-31", 0.0), ("2022-01-01", 0.9), ("2023-12-31", 0.9), ("2024-01-01", 0.0)]
)
def test_a_figure_stands_for_its_days(day: str, told: float) -> None:
    assert gap(ENTRY, day=day) == told


def test_a_lane_on_no_list_is_nothing_and_an_unknown_one_is_unknown() -> None:
    assert (gap(ENTRY, origin="AT"), gap(ENTRY, origin=None), gap(ENTRY, hs6=None)) == (0.0, None, None)


def test_the_narrowest_goods_count() -> None:
    narrow = [
        replace(ENTRY, goods=goods, value=value)
        for goods, value in (("8542", 0.4), ("chpl", 0.3), ("85", 0.2))
    ]
    assert gap(ENTRY, *narrow) == 0.4
    assert gap(ENTRY, *narrow, hs6="847150") == 0.3


def test_a_member_of_the_union_has_its_own_figure_or_that_of_the_union() -> None:
    union = replace(ENTRY, origin="EU27", value=0.67)
    assert (gap(union), gap(union, ENTRY), gap(union, origin="TR")) == (0.67, 0.9, 0.0)


def test_of_several_the_one_that_began_last_counts() -> None:
    assert gap(ENTRY, replace(ENTRY, value=0.5, valid_from=dt.date(2022, 5, 1))) == 0.5
