"""Corridors: what was lost, what came in and what went on, of the same goods and in time."""

from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from screening.flows.corridor import Search, corridors
from screening.flows.figures import Figures
from screening.flows.goods import goods_named
from tests.flows.accounts import Line, by_month, statistics
from tests.flows.world import DESTINATION, HUBS, ORIGINS, World, world

SEARCH = Search(frozenset({"DE", "FR"}), frozenset({"KZ", "AM"}))
FIVE_YEARS, TWO_YEARS = 60, 24
GOODS = "854231"


def moved(sender: str, receiver: str, before: float, after: float, code: str = GOODS) -> list[Line]:
    """So many millions a year until 2021, and so many since 2022."""
    months = [before / 12 * 1e6] * FIVE_YEARS + [after / 12 * 1e6] * TWO_YEARS
    return by_month(sender, receiver, "export", code, months)


def found(folder: Path, lines: list[Line]) -> dict[tuple[str, str, int], dict[str, Any]]:
    told = statistics(folder, lines)
    table = corridors(Figures.of(told, goods_named(GOODS)), SEARCH)
    return {(row["origin"], row["hub"], row["year"]): row for row in table.iter_rows(named=True)}


ROUND = [*moved("DE", "RU", 20, 2), *moved("DE", "KZ", 1, 7), *moved("KZ", "RU", 0.5, 6.5)]
"""Germany lost 18 million; 6 of them came by Kazakhstan."""


def test_goods_that_came_by_a_hub_are_found_with_their_size(tmp_path: Path) -> None:
    row = found(tmp_path, ROUND)["DE", "KZ", 2023]
    assert row["verdict"] == "flagged"
    assert row["rerouted"] / 100 == pytest.approx(6e6, rel=0.05)
    assert row["share"] == pytest.approx(1 / 3, rel=0.05)


def test_the_interval_holds_the_size(tmp_path: Path) -> None:
    row = found(tmp_path, ROUND)["DE", "KZ", 2023]
    assert row["low"] <= row["rerouted"] <= row["high"]


@pytest.mark.parametrize(
    "lines",
    [
        [*moved("DE", "RU", 20, 20), *moved("DE", "KZ", 1, 7), *moved("KZ", "RU", 0.5, 6.5)],
        [*moved("DE", "RU", 20, 2), *moved("DE", "KZ", 1, 1), *moved("KZ", "RU", 0.5, 6.5)],
        [*moved("DE", "RU", 20, 2), *moved("DE", "KZ", 1, 7), *moved("KZ", "RU", 0.5, 0.5)],
    ],
    ids=["nothing was lost", "nothing more came in", "nothing more went on"],
)
def test_two_parts_are_no_corridor(tmp_path: Path, lines: list[Line]) -> None:
    assert [row for row in found(tmp_path, lines).values() if row["verdict"] == "flagged"] == []


def test_an_honest_boom_of_all_trade_is_none(tmp_path: Path) -> None:
    lines = [*moved("DE", "RU", 20, 2), *moved("DE", "KZ", 5, 12), *moved("KZ", "RU", 3, 8)]
    lines += [*moved("DE", "KZ", 10, 24, "040690"), *moved("KZ", "RU", 10, 27, "040690")]
    assert found(tmp_path, lines)["DE", "KZ", 2023]["verdict"] == "quiet"


def test_what_a_hub_sends_on_is_shared_among_those_it_buys_more_of(tmp_path: Path) -> None:
    rows = found(tmp_path, [*ROUND, *moved("FR", "RU", 20, 2), *moved("FR", "KZ", 1, 7)])
    assert rows["DE", "KZ", 2023]["rerouted"] == pytest.approx(rows["FR", "KZ", 2023]["rerouted"], rel=0.01)
    assert rows["DE", "KZ", 2023]["went_on"] / 100 == pytest.approx(3e6, rel=0.05)


def test_hubs_together_explain_no_more_than_was_lost(tmp_path: Path) -> None:
    lines = [*moved("DE", "RU", 20, 10), *moved("DE", "KZ", 1, 9), *moved("KZ", "RU", 1, 9)]
    rows = found(tmp_path, [*lines, *moved("DE", "AM", 1, 9), *moved("AM", "RU", 1, 9)])
    assert sum(rows["DE", hub, 2023]["share"] for hub in ("KZ", "AM")) == pytest.approx(1)


def test_what_never_arrived_counts_as_sent_on(tmp_path: Path) -> None:
    lines = [*moved("DE", "RU", 20, 2), *moved("DE", "KZ", 1, 7)]
    lines += by_month("KZ", "DE", "import", GOODS, [1e6 / 12] * (FIVE_YEARS + TWO_YEARS))
    row = found(tmp_path, lines)["DE", "KZ", 2023]
    assert (row["verdict"], round(row["unrecorded"] / 1e8)) == ("flagged", 6)


def test_goods_can_t_leave_before_they_came(tmp_path: Path) -> None:
    early = [0.5e6 / 12] * 24 + [6.5e6 / 12] * 60
    lines = [
        *moved("DE", "RU", 20, 2),
        *moved("DE", "KZ", 1, 7),
        *by_month("KZ", "RU", "export", GOODS, early),
    ]
    assert "flagged" not in {row["verdict"] for row in found(tmp_path, lines).values()}


@cache
def simulated() -> tuple[World, pl.DataFrame]:
    made = world(21)
    search = Search(frozenset(ORIGINS), frozenset(HUBS), DESTINATION)
    return made, corridors(Figures.of(made.statistics, goods_named("each")), search)


def flagged() -> set[tuple[str, str, str]]:
    table = simulated()[1].filter(pl.col("verdict") == "flagged")
    return set(table.select("origin", "hub", "goods").unique().iter_rows())


def test_most_of_what_was_planted_is_found() -> None:
    large = {(p.origin, p.hub, p.goods) for p in simulated()[0].planted if p.share >= 0.1}
    assert len(large & flagged()) >= 0.85 * len(large)


def test_few_quiet_corridors_are_flagged() -> None:
    planted = {(p.origin, p.hub, p.goods) for p in simulated()[0].planted}
    assert len(flagged() - planted) <= 0.025 * len(ORIGINS) * len(HUBS) * 24
