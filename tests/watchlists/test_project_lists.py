"""The watchlists of the project: every entry has an id, a source and dates that make sense."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from screening.resources import bundled

LISTS = bundled("watchlists")
FILES = sorted(LISTS.glob("*/*.csv"))
SPANS = {
    "countries": ("from", "until"),
    "goods": ("controlled_from", "until"),
    "firms": ("listed_on", "ended_on"),
}


def entries(path: str | Path) -> list[dict[str, str]]:
    with (LISTS / path).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def countries(name: str, day: str) -> set[str]:
    """The countries of a list that count on a day."""
    rows = entries(f"countries/{name}.csv")
    return {r["country"] for r in rows if r["from"] <= day and (not r["until"] or day <= r["until"])}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_entry_has_an_id_of_its_own_and_a_source(path: Path) -> None:
    rows = entries(path)
    assert [row for row in rows if not row["id"] or not row["source"]] == []
    assert len({row["id"] for row in rows}) == len(rows)


@pytest.mark.parametrize(
    "path", [file for file in FILES if file.parent.name in SPANS], ids=lambda path: path.stem
)
def test_no_entry_ends_before_it_begins(path: Path) -> None:
    first, last = SPANS[path.parent.name]
    spans = [(row[first], row[last]) for row in entries(path)]
    assert [day for span in spans for day in span if day and date.fromisoformat(day).isoformat() != day] == []
    assert [span for span in spans if span[1] and span[0] > span[1]] == []


def test_the_list_of_high_priority_has_fifty_codes() -> None:
    rows = entries("goods/chpl.csv")
    tiers = Counter(row["tier"] for row in rows)
    assert tiers == {"1": 4, "2": 5, "3.A": 16, "3.B": 9, "4.A": 11, "4.B": 5}
    assert len({row["hs6"] for row in rows}) == 50


def test_goods_are_controlled_before_they_are_listed() -> None:
    rows = entries("goods/chpl.csv")
    assert [
        row["hs6"] for row in rows if not "2022-02-24" <= row["controlled_from"] < row["listed_from"]
    ] == []


def test_the_first_goods_were_controlled_on_the_day_of_the_invasion() -> None:
    first = {row["hs6"] for row in entries("goods/chpl.csv") if row["controlled_from"] == "2022-02-24"}
    assert {"854231", "851762", "852691", "880730"} <= first
    assert first.isdisjoint({"848210", "845710", "845811"})


def test_the_coalition_grew_to_thirty_nine() -> None:
    assert len(countries("coalition", "2024-01-01")) == 39
    assert countries("coalition", "2022-03-04") - countries("coalition", "2022-03-03") == {"KR"}
    assert countries("coalition", "2022-02-23") == set()


def test_russia_and_belarus_are_of_concern_from_the_first_controls() -> None:
    assert {"RU", "BY"}.isdisjoint(countries("destinations_of_concern", "2022-02-23"))
    assert "RU" in countries("destinations_of_concern", "2022-02-24")
    assert {"RU", "BY", "UA-43"} <= countries("destinations_of_concern", "2022-03-02")


def test_the_restrictions_on_syria_were_eased_in_september_2025() -> None:
    assert "SY" in countries("destinations_of_concern", "2025-09-01")
    assert "SY" not in countries("destinations_of_concern", "2025-09-02")


def test_no_place_of_transit_is_of_concern_itself_or_in_the_coalition() -> None:
    transit = countries("transit", "2024-11-01")
    assert {"TR", "KZ", "AZ", "KG", "AM", "GE", "UZ", "AE", "CN", "HK"} <= transit
    assert transit & countries("destinations_of_concern", "2024-11-01") == set()
    assert transit & countries("coalition", "2024-11-01") == set()


def test_the_customs_union_has_five_members() -> None:
    assert countries("customs_union", "2022-02-24") == {"AM", "BY", "KG", "KZ", "RU"}


def test_firms_stand_on_lists_of_governments() -> None:
    rows = entries("firms/listed_for_diversion.csv")
    assert len(rows) >= 100
    assert {row["authority"] for row in rows} == {"OFAC SDN list", "BIS Entity List", "UK sanctions list"}
    assert [row["id"] for row in rows if not row["listed_on"]] == []


def test_the_russian_state_arms_exporter_is_named_in_both_scripts() -> None:
    row = next(row for row in entries("firms/listed_for_diversion.csv") if row["id"] == "ofac-18782")
    assert {"JSC Rosoboronexport", "Рособоронэкспорт"} <= set(row["aliases"].split(";"))
    assert row["listed_on"] == "2018-04-06"


def test_no_name_is_both_an_alert_and_context() -> None:
    def names(path: str) -> set[str]:
        return {
            name.casefold() for r in entries(path) for name in (r["name"], *r["aliases"].split(";")) if name
        }

    assert names("firms/listed_for_diversion.csv") & names("context/articles.csv") == set()


def test_the_demo_tells_of_both_kinds_of_trade() -> None:
    with (bundled("demo") / "shipments.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len({row["shipment_id"] for row in rows}) == len(rows) == 24
    assert {"Baykar Makina Sanayi ve Ticaret A.Ş.", "Arca Defense"} <= {row["exporter_name"] for row in rows}
    assert "АО «Рособоронэкспорт»" in {row["consignee_name"] for row in rows}
