"""Rules over time by the one path: what a book comes to, however it is split, ordered and asked."""

import random
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening import Screener, Shipment
from screening.io.book import Book, bound, read_book
from screening.io.memory import joined, shipment_batch, table_batches, told
from screening.result import Finding, Screening
from screening.ruleset.rule import Rule
from screening.run import Options, run
from screening.timeline import Earlier
from tests import windows
from tests.rulebook import combine_rule, match_rule, rule_set
from tests.shipments import Row

SCREENER = Screener(windows.rules(), bundled=False)


def of(*rules: Rule, **options: Any) -> Screener:
    return Screener(rule_set(*rules), bundled=False, **options)


def fired(results: list[Screening]) -> dict[str, list[str]]:
    return {r.shipment_id: sorted(f.rule for f in r.findings) for r in results}


def screened(rows: list[Row], screener: Screener = SCREENER) -> list[Screening]:
    return screener.screen_many(Shipment(**row) for row in rows)


def over_time(rows: list[Row], screener: Screener = SCREENER) -> dict[str, list[str]]:
    """The rules over time that fired on each shipment on which one did."""
    told = fired(screened(rows, screener))
    return {i: [r for r in rules if r.startswith("PAT")] for i, rules in told.items() if "PAT" in str(rules)}


def written(path: Path, rows: list[Row]) -> Path:
    pl.DataFrame(rows).write_csv(path)
    return path


def as_told(results: list[Screening]) -> dict[str, dict[str, Any]]:
    """What each shipment came to, wherever its row stands."""
    return {r.shipment_id: {k: v for k, v in r.record.items() if k not in ("row", "file")} for r in results}


@pytest.mark.parametrize("more", [{}, {"revision": "2"}, {"line_number": "1"}])
@pytest.mark.parametrize("copies", [1, 2])
def test_a_batch_by_itself_is_screened_as_the_book_that_it_is(more: Row, copies: int) -> None:
    numbered = [
        row | more | ({"line_number": str(n)} if copies > 1 else {})
        for n in range(copies)
        for row in windows.lane()
    ]
    batch = shipment_batch(Shipment.model_validate(row) for row in numbered)
    alone = [result.record for result in SCREENER.screen_batch(batch).results()]
    assert alone == [result.record for result in SCREENER.screen_book(bound([batch]))]


@given(st.lists(st.lists(st.sampled_from(windows.lane()), max_size=4), min_size=1, max_size=4))
def test_stories_screened_together_are_told_as_each_is_alone(callers: list[list[Row]]) -> None:
    """Also with the same shipment in several of them, or several times in one."""
    parts = [told(Shipment.model_validate(row) for row in rows) for rows in callers]
    stories = [story for story, rows in enumerate(callers) for _ in rows]
    together = SCREENER.screen_batch(joined(parts), pl.Series(stories, dtype=pl.UInt32))
    alone = [SCREENER.screen_batch(joined([part])) for part in parts]
    assert list(together.records()) == [record for one in alone for record in one.records()]


# --- what the rules find


def test_each_kind_of_rule_sees_the_lane_that_moved() -> None:
    assert over_time(windows.lane()) == {
        "S02": ["PAT-902"],
        "S04": ["PAT-901"],
        "S05": ["PAT-901"],
    }


def test_one_shipment_is_a_book_of_one() -> None:
    alone = [SCREENER.screen(Shipment(**row)) for row in windows.lane()]
    assert "PAT" not in str(fired(alone))
    assert {open.missing for r in alone for open in r.not_evaluated} == {("book.reach",)}


def test_a_later_shipment_never_judges_an_earlier_one() -> None:
    rows = windows.lane()
    assert over_time(rows[:4]) == {"S02": ["PAT-902"]}


def test_rules_over_time_need_no_rule_over_one_shipment() -> None:
    assert over_time(windows.lane(), of(windows.often())) == {"S04": ["PAT-901"], "S05": ["PAT-901"]}


def test_a_combination_may_rest_on_what_holds_over_time() -> None:
    both = combine_rule("CMB-901", "both", {"and": ["PAT-901", "RTE-901"]})
    assert fired(screened(windows.lane(), Screener(windows.rules(both), bundled=False)))["S04"] == [
        "CMB-901",
        "PAT-901",
        "RTE-901",
    ]


def test_a_rule_that_is_not_yet_in_force_finds_nothing() -> None:
    later = of(windows.often(valid_from="2024-03-21"))
    assert over_time(windows.lane(), later) == {}


# --- what a finding says


def finding(rule: Rule, rows: list[Row]) -> Finding:
    """The finding of the rule on the last of these shipments."""
    (found,) = screened(rows, of(rule))[-1].findings
    return found


def test_a_finding_over_time_names_the_shipments_behind_it() -> None:
    found = finding(windows.often(), windows.lane()[:5])
    assert found.explanation == "One consignee had 3 such shipments within 30 days; bound for Kazakhstan."
    assert (found.related_shipments, found.related_total) == (("S02", "S03"), 2)
    pattern, own = found.evidence
    assert (pattern.clause, pattern.field, pattern.value) == ("count", "consignee.key", "firm kz of")
    assert (pattern.shipments, own.field, own.value) == (("S02", "S03"), "destination.country", "KZ")


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (windows.moved(), "One exporter had, within 90 days: direct lane stops, then hub lane starts"),
        (windows.moved(say="{exporter.name} left, last on {last}"), "Falke GmbH left, last on 2024-01-05"),
    ],
)
def test_a_finding_says_what_its_rule_says_or_what_its_terms_say(rule: Rule, said: str) -> None:
    found = finding(rule, windows.lane()[:3])
    assert found.explanation == f"{said}; bound for Kazakhstan."
    assert found.related_shipments == ("S00", "S01")


def test_of_many_shipments_the_first_twenty_are_named_and_all_are_counted() -> None:
    rows = [windows.row(n, f"2024-01-{28 - n:02}", "KZ") for n in range(25)]
    found = finding(windows.often(), [*rows, windows.row(99, "2024-01-28", "KZ")])
    assert found.related_total == 25
    assert found.related_shipments == tuple(f"S{n:02}" for n in range(24, 4, -1))


def test_a_shipment_would_be_clear_if_the_pattern_were_not_there() -> None:
    result = screened(windows.lane()[:5], of(windows.often(weight=60)))[-1]
    assert result.would_clear == (
        "Clear if it were not so that one consignee had 3 such shipments within 30 days",
        "Clear if it were not so that bound for Kazakhstan",
    )


# --- however it is asked


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 4))
def test_the_order_of_rows_and_their_split_into_files_change_nothing(
    tmp_path_factory: pytest.TempPathFactory, rng: random.Random, parts: int
) -> None:
    rows, folder = windows.lane(), tmp_path_factory.mktemp("books")
    whole = as_told(list(SCREENER.screen_file(written(folder / "whole.csv", rows))))
    rng.shuffle(rows)
    files = [written(folder / f"{n}.csv", rows[n::parts]) for n in range(parts)]
    assert as_told(list(SCREENER.screen_file(*files))) == whole


@pytest.mark.parametrize("size", [1, 2, 5])
def test_the_size_of_batches_changes_nothing(size: int) -> None:
    table = pl.DataFrame(windows.lane())
    parts = bound(batch for part in table.iter_slices(size) for batch in table_batches(part))
    assert len(parts.batches) > 1
    whole = as_told(list(SCREENER.screen_book(bound(table_batches(table)))))
    assert as_told(list(SCREENER.screen_book(parts))) == whole


def test_a_table_a_file_objects_and_a_run_find_the_same(tmp_path: Path) -> None:
    path = written(tmp_path / "book.csv", windows.lane())
    wanted = fired(screened(windows.lane()))
    table = SCREENER.screen_table(pl.DataFrame(windows.lane())).to_pylist()
    assert {r["shipment_id"]: sorted(r["rules"]) for r in table} == wanted
    assert fired(list(SCREENER.screen_file(path))) == wanted
    report = run(Options(sources=[str(path)]), SCREENER)
    assert report.fired["PAT-901"] == 2 and report.fired["PAT-902"] == 1


# --- revisions


def test_a_superseded_revision_is_no_part_of_what_holds(tmp_path: Path) -> None:
    rows = windows.lane()
    twice = [row | {"revision": "1"} for row in rows[2:4]] + [row | {"revision": "2"} for row in rows[2:4]]
    path = written(tmp_path / "book.csv", twice)
    assert fired(list(SCREENER.screen_file(path))) == {"S02": ["RTE-901"], "S03": ["RTE-901"]}


def test_a_program_may_ask_about_two_revisions_and_counts_one() -> None:
    rows = windows.lane()[3:6]
    twice = [rows[0] | {"revision": "1"}, *(row | {"revision": "2"} for row in rows), rows[1]]
    told = [(r.revision, "PAT-901" in str(r.findings)) for r in screened(twice)]
    assert told == [(1, False), (2, False), (2, True), (2, True), (None, False)]


CHANGED = match_rule("DOC-901", {"late": {"field": "amended.consignee", "is": "true", "say": "late"}})


def test_an_amendment_is_seen_wherever_the_revision_before_stands(tmp_path: Path) -> None:
    row = windows.row(1, "2024-01-01", "KZ")
    first = written(tmp_path / "first.csv", [row | {"revision": "1"}])
    other = written(tmp_path / "other.csv", [row | {"revision": "2", "consignee_name": "Another"}])
    (result,) = of(CHANGED).screen_file(other, first)
    assert [f.rule for f in result.findings] == ["DOC-901"]
    (alone,) = of(CHANGED).screen_file(other)
    assert [open.missing for open in alone.not_evaluated] == [("amended.consignee",)]


# --- earlier shipments


def earlier(rows: list[Row], **more: Any) -> Earlier:
    return Earlier(shipment_batch(Shipment(**row) for row in rows).typed, **more)


def book(folder: Path, rows: list[Row]) -> Book:
    return read_book([written(folder / "today.csv", rows)])


@pytest.mark.parametrize("cut", range(1, 7))
def test_earlier_shipments_and_todays_are_judged_as_one_book(tmp_path: Path, cut: int) -> None:
    rows = windows.lane()
    whole = as_told(list(SCREENER.screen_book(book(tmp_path, rows))))
    today = as_told(list(SCREENER.screen_book(book(tmp_path, rows[cut:]), earlier(rows[:cut]))))
    assert today == {i: record for i, record in whole.items() if i in today}


def test_a_row_of_the_history_that_the_book_has_again_is_the_books_own(tmp_path: Path) -> None:
    rows = windows.lane()
    whole = as_told(list(SCREENER.screen_book(book(tmp_path, rows))))
    told = [row | {"revision": revision} for row in rows for revision in ("1", "2")]
    again = SCREENER.screen_book(book(tmp_path, rows), earlier(told))
    assert as_told(list(again)) == whole


def test_the_highest_revision_of_the_history_counts_and_counts_once(tmp_path: Path) -> None:
    rows = windows.lane()
    elsewhere = [row | {"revision": "1", "country_of_destination": "DE"} for row in rows[:4]]
    past = earlier([*elsewhere, *(row | {"revision": "2"} for row in rows[:4]), *elsewhere])
    wanted = SCREENER.screen_book(book(tmp_path, rows[4:]), earlier(rows[:4]))
    assert as_told(list(SCREENER.screen_book(book(tmp_path, rows[4:]), past))) == as_told(list(wanted))


def test_a_history_may_reach_further_back_than_its_rows(tmp_path: Path) -> None:
    rows = windows.lane()[3:]
    (first, *_) = SCREENER.screen_book(book(tmp_path, rows))
    assert "the book reaches back only to 2024-03-10" in {n.reason for n in first.not_evaluated}
    past = Earlier(pl.DataFrame({"shipment_id": []}, schema={"shipment_id": pl.String}), date(2020, 1, 1))
    assert not any(r.not_evaluated for r in SCREENER.screen_book(book(tmp_path, rows), past))


def test_the_revision_that_a_history_keeps_tells_what_was_amended(tmp_path: Path) -> None:
    row = windows.row(1, "2024-01-01", "KZ")
    today = book(tmp_path, [row | {"revision": "2", "consignee_name": "Another"}])
    (result,) = of(CHANGED).screen_book(today, earlier([row | {"revision": "1"}]))
    assert [f.rule for f in result.findings] == ["DOC-901"]
