"""Gaps between two accounts: judged as an interval, against the pair's own past, or honestly explained."""

from pathlib import Path
from typing import Any

import pytest

from screening.flows.figures import Figures
from screening.flows.goods import goods_named
from screening.flows.mirror import mirror_gaps
from tests.flows.accounts import EU_KG, Line, statistics, yearly


def gaps(folder: Path, lines: list[Line], goods: str = "total") -> dict[tuple[str, str, int], dict[str, Any]]:
    """The gaps by exporter, importer and year."""
    found = mirror_gaps(Figures.of(statistics(folder, lines), goods_named(goods)), union=False)
    return {(row["exporter"], row["importer"], row["year"]): row for row in found.iter_rows(named=True)}


def test_what_europe_sent_and_kyrgyzstan_recorded(tmp_path: Path) -> None:
    found = gaps(tmp_path, yearly("DE", "KG", EU_KG))
    told = {year: round(found["DE", "KG", year]["gap"] * 100) for year in (2021, 2022, 2023)}
    assert told == {2021: 7, 2022: 57, 2023: 67}
    assert [found["DE", "KG", year]["verdict"] for year in (2021, 2022, 2023)] == [
        "quiet",
        "flagged",
        "flagged",
    ]


def test_the_interval_holds_the_gap(tmp_path: Path) -> None:
    for row in gaps(tmp_path, yearly("DE", "KG", EU_KG)).values():
        assert row["low"] <= row["gap"] <= row["high"]


def test_a_gap_that_was_there_before_is_none(tmp_path: Path) -> None:
    """Lithuania to Kazakhstan, EUR m: 356.4 sent and 82.7 recorded in 2021, 866.5 and 132.9 in 2022."""
    row = gaps(tmp_path, yearly("LT", "KZ", {2020: (300, 80), 2021: (356, 83), 2022: (867, 133)}))[
        "LT", "KZ", 2022
    ]
    assert (row["verdict"], row["reason"]) == ("quiet", "was there before")


def test_the_gap_of_a_port_is_named(tmp_path: Path) -> None:
    row = gaps(tmp_path, yearly("NL", "KG", {2021: (20, 8), 2023: (97, 20)}))["NL", "KG", 2023]
    assert (row["verdict"], row["reason"]) == ("explained", "port effect")


def test_eight_months_are_no_year(tmp_path: Path) -> None:
    months: list[Line] = [(f"2024-{month:02}", "DE", "KG", "export", "TOTAL", 9e7) for month in range(1, 9)]
    row = gaps(
        tmp_path,
        [
            *yearly("DE", "KG", {**EU_KG, 2024: (0, 10)})[:-2],
            *months,
            (2024, "KG", "DE", "import", "TOTAL", 1),
        ],
    )
    assert row["DE", "KG", 2024]["reason"] == "partial year"


def test_a_file_that_was_cut_short_is_no_gap(tmp_path: Path) -> None:
    partners = ["DE", "FR", "IT", "PL", "ES", "AT"]
    lines = [line for who in partners for line in yearly(who, "AM", {2021: (90, 88), 2022: (95, 94)})]
    lines += [
        line for who in partners for line in yearly(who, "AM", {2023: (99, 9 if who == "DE" else None)})
    ]
    assert gaps(tmp_path, lines)["DE", "AM", 2023]["reason"] == "incomplete file"


def test_what_an_importer_does_not_list_is_nothing(tmp_path: Path) -> None:
    lines = [
        *yearly("DE", "KG", EU_KG),
        *yearly("PL", "KG", {2021: (50, 48), 2022: (60, 55), 2023: (470, None)}),
    ]
    row = gaps(tmp_path, lines)["PL", "KG", 2023]
    assert (row["recorded"], row["verdict"]) == (0, "flagged")


def test_an_importer_without_figures_is_not_computable(tmp_path: Path) -> None:
    row = gaps(tmp_path, yearly("DE", "TJ", {2023: (50, None)}))["DE", "TJ", 2023]
    assert (row["verdict"], row["reason"]) == ("not computable", "no figures of the importer")


def cars(exporter_buys: int) -> list[Line]:
    """Georgia's cars to Armenia, USD m, which Armenia books under their makers."""
    lines = yearly("GE", "AM", {2021: (6, 0), 2022: (144, 0), 2023: (264, 0)}, "8703")
    for year in (2021, 2022, 2023):
        lines.append((year, "AM", "US", "import", "8703", 320e6))
        lines.append((year, "GE", "US", "import", "8703", exporter_buys * 1e6))
    return lines


def test_bookkeeping_by_origin_is_told_by_what_both_buy_of_the_makers(tmp_path: Path) -> None:
    row = gaps(tmp_path, cars(1664), "8703")["GE", "AM", 2023]
    assert (row["verdict"], row["reason"]) == ("explained", "bookkeeping by origin")


def test_goods_that_the_neighbour_makes_itself_are_not_booked_elsewhere(tmp_path: Path) -> None:
    assert gaps(tmp_path, cars(0), "8703")["GE", "AM", 2023]["reason"] != "bookkeeping by origin"


def test_between_members_of_one_customs_union_nobody_counts_at_the_border(tmp_path: Path) -> None:
    row = gaps(tmp_path, yearly("KG", "RU", {2021: (90, 88), 2023: (400, 90)}))["KG", "RU", 2023]
    assert row["reason"] == "customs-union simplification"


def test_what_lies_in_the_heading_is_not_missing(tmp_path: Path) -> None:
    lines = yearly("DE", "KG", {2021: (9, 9), 2023: (90, 10)}, "854231")
    lines += [(year, "KG", "DE", "import", "8542", value * 1e6) for year, value in ((2021, 9), (2023, 85))]
    assert gaps(tmp_path, lines, "854231")["DE", "KG", 2023]["reason"] == "confidential lines"


@pytest.mark.parametrize(("sent", "verdict"), [(12, "quiet"), (40, "flagged")])
def test_little_is_never_flagged(tmp_path: Path, sent: int, verdict: str) -> None:
    lines = yearly("DE", "KG", {2021: (10, 10), 2022: (12, 12)})
    lines.append(("2023", "DE", "KG", "export", "TOTAL", sent * 1e5))
    lines.append(("2023", "KG", "DE", "import", "TOTAL", sent * 2.5e4))
    assert gaps(tmp_path, lines)["DE", "KG", 2023]["verdict"] == verdict


def test_the_members_of_the_union_are_one_exporter_too(tmp_path: Path) -> None:
    lines = [*yearly("DE", "KG", EU_KG), *yearly("PL", "KG", EU_KG), *yearly("TR", "KG", EU_KG)]
    found = mirror_gaps(Figures.of(statistics(tmp_path, lines), goods_named("total")))
    union = found.filter(found["exporter"] == "EU27")
    assert union["sent"].to_list() == [2 * sent * 100_000_000 for sent, _ in EU_KG.values()]
