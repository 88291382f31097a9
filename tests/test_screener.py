"""The one path, from end to end: as a program calls it, and against what must always hold."""

import json
import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pytest

import screening
from screening import RuleError, Screener, Screening, Shipment, UsageError, screen
from screening.ruleset.rule import CombineRule, MatchRule
from screening.shipment import COLUMNS
from tests.rulebook import combine_rule, rule_set
from tests.shipments import Row, rows, shipment

Apart = Callable[[], AbstractContextManager[None]]
RULE = """
id: GDS-901
title: Goods to a named country
kind: match
status: stable
version: 1
created: 2026-01-01
updated: 2026-01-01
severity: high
weight: 40
rationale: A rule of one's own.
false_positives: [Many.]
when:
  hub: {field: consignee.country, in: [KZ], say: "the consignee is in {value}"}
"""


def written(path: Path, told: list[Row]) -> Path:
    pl.DataFrame(told).write_csv(path)
    return path


def as_json(results: list[Screening], *without: str) -> list[dict[str, Any]]:
    return [{k: v for k, v in result.record.items() if k not in without} for result in results]


@pytest.fixture
def own(tmp_path: Path) -> Screener:
    """One rule and one list of one's own, and nothing bundled."""
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "gds-901-goods.yaml").write_text(RULE, encoding="utf-8")
    (tmp_path / "mine.csv").write_text("name,aliases,country\nSwan Lake Trading,Lebed,TR\nOstrich,,\n")
    return Screener(rules=tmp_path / "rules", watchlists=[tmp_path / "mine.csv"], bundled=False)


# --- the public surface


def test_the_public_names_are_sorted_and_there() -> None:
    assert screening.__all__ == sorted(screening.__all__)
    assert all(hasattr(screening, name) for name in screening.__all__)


def test_ones_own_rules_and_lists_stand_alone(own: Screener) -> None:
    result = own.screen(Shipment(consignee_country="Kazakhstan", consignee_name="Azu International"))
    assert (result.decision, result.score, [f.rule for f in result.findings]) == ("review", 40, ["GDS-901"])
    assert result.matches == ()


def test_a_name_is_matched_best_first(own: Screener) -> None:
    (best, *_) = own.match("SWAN LAKE TRADING LLC", country="TR")
    assert (best.matched_name, best.watchlist, best.id) == (
        "Swan Lake Trading",
        "mine",
        f"mine:{best.source_id}",
    )
    assert own.match("Lebed")[0].score == 1.0
    assert own.match("Bosphorus Textiles") == own.match("") == own.match("...") == []


def test_a_listing_that_has_ended_says_so_when_it_is_matched(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text(
        "name,listed_on,ended_on\nOstrich,2020-01-01,2021-01-01\nSwan,2020-01-01,\n"
    )
    own = Screener(watchlists=tmp_path / "mine.csv", bundled=False)
    assert own.match("Ostrich")[0].status == "ended_before_shipment"
    assert own.match("Swan")[0].status == "in_force"


@pytest.fixture
def persons(tmp_path: Path) -> Screener:
    """Two of one name: of Omsk and born in 1962, of Poti and born on a day in 1970."""
    text = (
        'name,type,address,dob\nIvan Primerov,person,"5 Main St, Omsk",1962\n'
        'Ivan Primerov,person,"7 Dock Street, Poti",1970-03-12\n'
    )
    (tmp_path / "persons.csv").write_text(text)
    return Screener(watchlists=[tmp_path / "persons.csv"], bundled=False)


@pytest.mark.parametrize(
    "beside",
    [
        {"address": "Dock St. 7, Poti, Georgia"},
        {"birth_date": date(1970, 3, 12)},
        {"birth_date": "1970"},
        {"address": "Poti, Dock 7", "birth_date": "12 Mar 1970"},
    ],
    ids=str,
)
def test_an_address_and_a_birth_date_rank_and_hide_nobody(persons: Screener, beside: dict[str, Any]) -> None:
    plain, told = persons.match("Ivan Primeroff"), persons.match("Ivan Primeroff", **beside)
    assert {match.id for match in told} == {match.id for match in plain} and len(told) == 2
    assert persons.parties[persons.parties.numbers[told[0].id]].birth_dates == ("1970-03-12",)
    assert told[0].score > told[1].score


def test_a_birth_date_that_is_none_is_refused(persons: Screener) -> None:
    with pytest.raises(UsageError, match="birth_date: 'spring' is no date"):
        persons.match("Ivan", birth_date="spring")


def test_what_stands_beside_names_in_bulk_is_given_for_each(persons: Screener) -> None:
    names = ["Ivan Primeroff", "Ivan Primeroff"]
    table = persons.match_many(names, limit=1, birth_dates=["1962", date(1970, 3, 12)])
    assert len(set(table["id"].to_pylist())) == 2
    with pytest.raises(UsageError, match="addresses: there are 1 for 2 names"):
        persons.match_many(names, addresses=["Omsk"])


def test_a_listed_address_is_shown_with_its_entry_and_is_no_match_of_a_name(screener: Screener) -> None:
    room = "Rm 803, Chevalier Hse., 45-51 Chatham Road South, TST, Kowloon, Hong Kong"
    result = screener.screen(Shipment(shipment_date="2024-06-20", consignee_address=room))
    (finding,) = [found for found in result.findings if found.rule == "PTY-020"]
    (evidence,) = finding.evidence
    assert (evidence.field, evidence.value, result.matches) == ("consignee.address.listed", True, ())
    assert evidence.match is not None and evidence.match.id == "bis-listed-addresses:hk-04"
    assert evidence.match.name.startswith("Room 803 Chevalier House")
    assert evidence.source is not None and "89 FR 51653" in evidence.source


def test_a_shared_address_is_shown_with_the_firm_that_is_listed_there(screener: Screener) -> None:
    site = {"consignee_address": "ul. Gelsingforsskaya 3, lit. Z, pom. 412, Saint Petersburg"}
    result = screener.screen(Shipment(shipment_date="2024-06-20", consignee_name="Neva Micro", **site))
    (finding,) = [found for found in result.findings if found.rule == "PTY-021"]
    (match,) = [evidence.match for evidence in finding.evidence if evidence.match]
    assert (match.id, match.name[:11]) == ("listed-for-diversion:bis-inelso", "Inelso LLC,")
    assert finding.explanation == (
        "The consignee Neva Micro gives the address of a listed firm of another name, "
        "ul. Gelsingforsskaya 3, lit. Z, pom. 412, Saint Petersburg."
    )


def test_names_are_matched_in_bulk_whatever_their_score(own: Screener) -> None:
    table = own.match_many(["Ostrich", "", "Swan Lake", "..."], limit=1)
    assert table.column_names == ["query", "id", "source_id", "watchlist", "matched_name", "score"]
    assert pa.types.is_integer(table.schema.field("query").type)
    best = {row["query"]: row["matched_name"] for row in table.to_pylist()}
    assert (best[0], best[2]) == ("Ostrich", "Swan Lake Trading")
    assert own.match_many([]).num_rows == 0


@pytest.mark.parametrize("make", [pa.Table.from_pylist, pl.DataFrame])
def test_a_table_goes_in_and_a_table_comes_out(own: Screener, make: Callable[[list[Row]], Any]) -> None:
    told = own.screen_table(make([{"shipment_id": "A", "consignee_country": "KZ"}, {"shipment_id": "B"}]))
    assert isinstance(told, pa.Table)
    assert told.column_names == ["row", "shipment_id", "decision", "score", "rules", "unknown"]
    assert told["decision"].to_pylist() == ["review", "clear"]
    assert told["rules"].to_pylist() == [["GDS-901"], []]
    assert told["unknown"].to_pylist() == [[], ["GDS-901"]]


def test_a_table_without_rows_comes_back_without_rows(own: Screener) -> None:
    empty = pl.DataFrame(schema={"shipment_id": pl.String, "consignee_country": pl.String})
    assert own.screen_table(empty).num_rows == 0


def test_one_shipment_may_be_given_as_a_dictionary(screener: Screener, no_lists_of_the_user: Apart) -> None:
    told = {"shipment_date": "2024-03-15", "consignee_name": "Azu International Ltd Sti"}
    with no_lists_of_the_user():
        assert screen(told) == screener.screen(shipment(told))


def test_no_shipments_have_no_results(screener: Screener) -> None:
    assert screener.screen_many([]) == screener.screen_many(iter(())) == []


def test_a_file_is_screened_in_its_order_clear_rows_too(screener: Screener, tmp_path: Path) -> None:
    results = list(screener.screen_file(written(tmp_path / "book.csv", rows(40))))
    assert [result.shipment_id for result in results] == [f"S{n}" for n in range(40)]
    assert {"clear", "hold"} <= {result.decision for result in results}
    assert {result.file for result in results} == {str(tmp_path / "book.csv")}


@pytest.mark.parametrize("text", ["shipment_id\n", "shipment_id,consignee_name\n", "shipment_id\nS1\nS2\n"])
def test_a_file_that_says_nothing_is_screened_and_clear(
    screener: Screener, tmp_path: Path, text: str
) -> None:
    (tmp_path / "book.csv").write_text(text)
    results = list(screener.screen_file(tmp_path / "book.csv"))
    assert [result.decision for result in results] == ["clear"] * (text.count("\n") - 1)
    assert all(result.not_evaluated == () for result in results)


def test_rules_of_which_none_looks_at_shipments_are_refused() -> None:
    with pytest.raises(RuleError, match="no active rule"):
        Screener(rules=rule_set(combine_rule("CMB-001", "seen", {"any_of": ["GDS-001"]})), bundled=False)


# --- the same, however it is asked


@pytest.fixture(scope="module")
def one_by_one(screener: Screener, no_lists_of_the_user: Apart) -> Screener:
    """The bundled rules without those over time: each shipment stands for itself."""
    rules = (rule for rule in screener.ruleset.rules if isinstance(rule, MatchRule | CombineRule))
    with no_lists_of_the_user():
        return Screener(rules=replace(screener.ruleset, rules=tuple(rules)))


def test_one_shipment_is_a_table_of_one_row(one_by_one: Screener) -> None:
    batch = one_by_one.screen_many(shipment(row) for row in rows(25))
    alone = [one_by_one.screen(shipment(row)) for row in rows(25)]
    assert as_json(batch, "row") == as_json(alone, "row")


def test_the_same_input_gives_the_same_bytes(screener: Screener, no_lists_of_the_user: Apart) -> None:
    shipments = [shipment(row) for row in rows(25)]
    with no_lists_of_the_user():
        other = Screener()
    first, again = screener.screen_many(shipments), other.screen_many(shipments)
    assert json.dumps(as_json(first)) == json.dumps(as_json(again))


def test_the_order_of_rows_changes_nothing_but_the_order(screener: Screener) -> None:
    shuffled = random.Random(1).sample(rows(40), 40)
    before = {r.shipment_id: r for r in screener.screen_many(map(shipment, rows(40)))}
    after = {r.shipment_id: r for r in screener.screen_many(map(shipment, shuffled))}
    assert as_json([before[i] for i in sorted(before)], "row") == as_json(
        [after[i] for i in sorted(after)], "row"
    )


@pytest.mark.parametrize("cut", [1, 13, 39])
def test_two_halves_are_screened_as_the_whole(one_by_one: Screener, cut: int) -> None:
    whole = one_by_one.screen_many(map(shipment, rows(40)))
    halves = [
        *one_by_one.screen_many(map(shipment, rows(40)[:cut])),
        *one_by_one.screen_many(map(shipment, rows(40)[cut:])),
    ]
    assert as_json(whole, "row") == as_json(halves, "row")


def test_a_table_a_file_and_objects_decide_alike(screener: Screener, tmp_path: Path) -> None:
    book = rows(40)
    from_file = [r.decision for r in screener.screen_file(written(tmp_path / "book.csv", book))]
    from_table = screener.screen_table(pl.DataFrame(book))["decision"].to_pylist()
    assert from_file == from_table == [r.decision for r in screener.screen_many(map(shipment, book))]


def test_four_threads_screen_as_one(no_lists_of_the_user: Apart) -> None:
    parts = [rows(15, seed) for seed in range(8)]
    with no_lists_of_the_user():
        alone, shared = Screener(), Screener()
    expected = [as_json(alone.screen_many(map(shipment, part))) for part in parts]
    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(lambda part: as_json(shared.screen_many(map(shipment, part))), parts))
    assert told == expected


# --- as of the day of the shipment


@pytest.mark.parametrize(
    ("shift", "decision", "status"), [(-1, "review", "designated_after_shipment"), (0, "hold", "in_force")]
)
def test_a_party_listed_the_day_after_is_at_most_a_review(
    screener: Screener, shift: int, decision: str, status: str
) -> None:
    day = date(2023, 4, 12) + timedelta(days=shift)
    result = screener.screen(Shipment(shipment_date=day, consignee_name="Azu International Ltd Sti"))
    assert (result.decision, result.matches[0].status) == (decision, status)


def test_a_later_listing_adds_to_a_score_and_to_no_hold(screener: Screener) -> None:
    day = date(2023, 4, 11)
    before = Shipment(
        shipment_date=day,
        hs_code="854231",
        exporter_country="TR",
        country_of_origin="US",
        consignee_country="KZ",
        consignee_registered_on="2022-05-11",
        consignee_name="Ertis Line LLP",
    )
    after = before.model_copy(update={"payer_name": "Azu International Ltd Sti"})
    without, with_it = screener.screen(before), screener.screen(after)
    assert "PTY-005" in {finding.rule for finding in with_it.findings}
    assert with_it.score >= without.score
    assert without.decision == "hold" or with_it.decision == "review"


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        ("2020-12-31", "in_force"),
        ("2021-01-01", "in_force"),
        ("2021-01-02", "ended_before_shipment"),
        (None, "ended_before_shipment"),
    ],
)
def test_a_listing_that_has_ended_is_shown_and_counts_no_more(
    tmp_path: Path, screener: Screener, day: str | None, shown: str
) -> None:
    (tmp_path / "mine.csv").write_text(
        "name,listed_on,ended_on\nOstrich Trading House,2020-01-01,2021-01-01\n"
    )
    own = Screener(rules=screener.ruleset, watchlists=[tmp_path / "mine.csv"], bundled=False)
    result = own.screen(Shipment(shipment_date=day, consignee_name="Ostrich Trading House"))
    assert result.matches[0].status == shown
    assert (result.decision == "hold") is (shown == "in_force")


def test_without_a_date_the_lists_are_taken_as_they_stand(screener: Screener) -> None:
    result = screener.screen(Shipment(consignee_name="Azu International Ltd Sti"))
    assert (result.decision, result.matches[0].status) == ("hold", "in_force")


# --- odd input


ODD = (
    "",
    " ",
    "-",
    "...",
    "«»",
    "№",
    "0",
    "🚢",
    "\u200b",
    "c/o",
    "M/S",
    "A" * 5000,
    "'; drop",
    "=1+1",
    "{value}",
)


@pytest.mark.parametrize("odd", ODD)
def test_odd_names_in_every_role_alarm_nobody(screener: Screener, odd: str) -> None:
    names = {column: odd for column in COLUMNS if column.endswith(("_name", "_identifier", "_imo"))}
    result = screener.screen(Shipment(shipment_date="2024-03-15", hs_code="610910", **names))
    assert result.decision == "clear"
    assert result.matches == ()


def test_one_listed_name_in_every_role_is_shown_in_each(screener: Screener) -> None:
    names = {column: "JSC Rosoboronexport" for column in COLUMNS if column.endswith("_name")}
    result = screener.screen(Shipment(**names))
    assert len({match.role for match in result.matches}) == len(names)
    assert (result.decision, result.score) == ("hold", 100)


def test_a_party_known_by_its_number_alone_is_found(tmp_path: Path, screener: Screener) -> None:
    (tmp_path / "mine.csv").write_text("name,identifiers\nOstrich,INN 7707083893\n")
    own = Screener(rules=screener.ruleset, watchlists=[tmp_path / "mine.csv"], bundled=False)
    result = own.screen(Shipment(shipment_date="2024-03-15", consignee_identifier="7707083893"))
    assert [(match.role, match.name) for match in result.matches] == [("consignee", "7707083893")]
    assert result.decision == "hold"


def test_a_rejected_row_still_shows_its_listed_names(screener: Screener) -> None:
    rejects = pl.DataFrame(
        {
            "consignee_name": ["Azu International Ltd Sti", ""],
            "loose_cells": [None, ["JSC Rosoboronexport", "x"]],
        },
        schema={"consignee_name": pl.String, "loose_cells": pl.List(pl.String)},
    )
    told = screener.names_on_lists(rejects)
    assert [bool(matches) for matches in told] == [True, True]
    assert screener.names_on_lists(rejects.clear()) == []


# --- a run is what it depends on


def test_a_run_is_named_by_rules_lists_and_options(screener: Screener, own: Screener) -> None:
    assert screener.run != own.run
    assert set(screener.digests) == {"rules", "lists", "options", "code"}
    assert all(len(digest) == 64 for digest in screener.digests.values())


def test_a_listed_ship_is_found_by_its_number_without_a_name(tmp_path: Path) -> None:
    ships = tmp_path / "ships.csv"
    ships.write_text("name,type,identifiers,source\nSea Sample,vessel,IMO9074729,a list\n", encoding="utf-8")
    screener = Screener(watchlists=[ships], bundled=False)
    result = screener.screen(Shipment(shipment_date="2024-03-15", vessel_imo="9074729"))
    assert [finding.rule for finding in result.findings] == ["PTY-004"]
