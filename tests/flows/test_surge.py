"""Surges: against the corridor's own years, a basket of harmless goods, and what a code meant before."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from screening.flows.figures import Figures
from screening.flows.goods import goods_named
from screening.flows.surge import surges
from tests.flows.accounts import Line, by_month, statistics

ARMENIA = [
    *[0.26] * 60,  # 3.1 a year from 2017 to 2021
    *(0.13, 0.44, 0.15, 1.63, 1.73, 2.41, 5.83, 23.81, 9.78, 10.01, 12.41, 14.87),
    *(7.35, 5.46, 5.75, 8.39, 5.39, 0.60, 0.77, 10.07, 5.43, 6.36, 9.20, 6.87),
]
"""Armenia's exports of the high-priority codes that stand in both revisions, USD m (UN Comtrade)."""
LEVEL = [10e6 / 12] * 60


def judged(folder: Path, lines: list[Line], goods: str = "854231") -> dict[int, dict[str, Any]]:
    """What each year comes to, of the corridor that the lines are about."""
    told = statistics(folder, lines)
    found = surges(Figures.of(told, goods_named(goods)))
    return {row["year"]: row for row in found.iter_rows(named=True)}


def armenia(code: str = "854231") -> list[Line]:
    return by_month("AM", "WLD", "export", code, [value * 1e6 for value in ARMENIA])


def test_armenia_s_break_lies_between_april_and_august_2022(tmp_path: Path) -> None:
    found = judged(tmp_path, armenia())
    assert [found[year]["verdict"] for year in (2022, 2023)] == ["surge", "surge"]
    assert date(2022, 4, 1) <= found[2022]["since"] <= date(2022, 8, 1)


def test_a_code_of_2022_is_not_comparable_and_has_no_ratio(tmp_path: Path) -> None:
    lines = [*by_month("AM", "WLD", "export", "854800", [1e6] * 24, 2022), *armenia()]
    row = judged(tmp_path, lines, "854800")[2022]
    assert (row["verdict"], row["ratio"], row["since"]) == ("not computable", None, None)
    assert "HS 2022" in row["reason"]


def test_a_ratio_is_never_infinite(tmp_path: Path) -> None:
    lines = [*by_month("AM", "WLD", "export", "854231", [*[0] * 60, *[1e6] * 12]), *armenia("854232")]
    row = judged(tmp_path, lines)[2022]
    assert row["ratio"] == pytest.approx(12e6 / 50e3)
    assert row["at_least"]


@pytest.mark.parametrize(("control", "verdict"), [(1.0, "surge"), (3.0, "general boom")])
def test_a_boom_of_all_trade_is_no_surge(tmp_path: Path, control: float, verdict: str) -> None:
    lines = by_month("KZ", "RU", "export", "854231", [*LEVEL, *[30e6 / 12] * 12])
    lines += by_month("KZ", "RU", "export", "040690", [*LEVEL, *[control * 10e6 / 12] * 12])
    assert judged(tmp_path, lines)[2022]["verdict"] == verdict


def test_where_the_control_basket_rose_as_well_the_surge_says_so(tmp_path: Path) -> None:
    lines = by_month("KZ", "RU", "export", "854231", [*LEVEL, *[90e6 / 12] * 12])
    lines += by_month("KZ", "RU", "export", "040690", [*LEVEL, *[20e6 / 12] * 12])
    row = judged(tmp_path, lines)[2022]
    assert (row["verdict"], row["reason"]) == ("surge", "the control basket rose as well, 2.0 times")


def test_a_price_that_rose_is_no_surge(tmp_path: Path) -> None:
    lines = by_month("KZ", "RU", "export", "854231", [*LEVEL, *[30e6 / 12] * 12])
    weighed: list[Line] = [(*line, "USD", 1000) for line in lines]
    assert judged(tmp_path, weighed)[2022]["verdict"] == "price shift"


def test_little_money_is_no_surge(tmp_path: Path) -> None:
    lines = by_month("KZ", "RU", "export", "854231", [*[1e3] * 60, *[30e3] * 12])
    assert judged(tmp_path, lines)[2022]["verdict"] == "quiet"


def test_one_large_month_is_no_surge(tmp_path: Path) -> None:
    lines = by_month("KZ", "RU", "export", "854231", [*LEVEL, *LEVEL[:6], 90e6, *LEVEL[:5]])
    assert judged(tmp_path, lines)[2022]["verdict"] == "quiet"


def test_two_months_are_no_year(tmp_path: Path) -> None:
    lines = by_month("AM", "WLD", "export", "854231", [*LEVEL, *[9e6] * 2])
    assert judged(tmp_path, lines)[2022]["reason"] == "partial year"


def test_years_by_themselves_have_no_month_of_a_break(tmp_path: Path) -> None:
    years = {2019: 3, 2020: 3, 2021: 3, 2022: 90}
    lines: list[Line] = [(year, "AM", "RU", "export", "854231", value * 1e6) for year, value in years.items()]
    row = judged(tmp_path, lines)[2022]
    assert (row["verdict"], row["since"]) == ("surge", None)


def test_renumbered_codes_are_judged_with_what_they_came_from(tmp_path: Path) -> None:
    """8541.50 became 8541.51 and 8541.59 in 2022."""
    lines = by_month("AM", "WLD", "export", "854150", LEVEL)
    lines += by_month("AM", "WLD", "export", "854159", [30e6 / 12] * 12, 2022)
    told = statistics(tmp_path, lines)
    (row,) = surges(Figures.of(told, goods_named("classes"))).to_dicts()
    assert (row["goods"], row["verdict"], row["ratio"]) == ("854151*", "surge", pytest.approx(3))


def test_a_class_without_its_earlier_codes_is_left_out(tmp_path: Path) -> None:
    told = statistics(tmp_path, by_month("AM", "WLD", "export", "854159", [3e6] * 12, 2022))
    assert surges(Figures.of(told, goods_named("classes"))).height == 0
