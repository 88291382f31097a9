"""Why a rule over time is open for a shipment."""

from typing import Any

import pytest

from screening import Screener, Shipment
from screening.result import NotEvaluated
from screening.ruleset.windows import WindowRule
from tests import windows
from tests.rulebook import rule_set
from tests.shipments import Row


def open_for(rule: WindowRule, *rows: Row) -> tuple[NotEvaluated, ...]:
    """What leaves the rule open for the last of these shipments."""
    screener = Screener(rule_set(rule), bundled=False)
    return screener.screen_many(Shipment(**row) for row in rows)[-1].not_evaluated


def missing(rule: WindowRule, *rows: Row) -> list[str]:
    return [name for told in open_for(rule, *rows) for name in told.missing]


FIRST = windows.row(1, "2024-01-01", "KZ")


def without(*columns: str, **more: str) -> Row:
    row = windows.row(2, "2024-06-01", "KZ", **more)
    return {name: cell for name, cell in row.items() if name not in columns}


@pytest.mark.parametrize(
    ("rule", "column", "field"),
    [
        (windows.often(), "consignee_name", "consignee.key"),
        (windows.often(), "shipment_date", "shipment.date"),
        (windows.often(), "country_of_destination", "destination.country"),
        (windows.moved(), "exporter_name", "exporter.key"),
        (windows.grown(), "consignee_name", "consignee.key"),
    ],
)
def test_a_blank_that_a_rule_needs_is_named(rule: WindowRule, column: str, field: str) -> None:
    assert missing(rule, FIRST, without(column)) == [field]


def test_a_name_that_says_nothing_is_a_blank() -> None:
    assert missing(windows.often(), FIRST, without(consignee_name="---")) == ["consignee.key"]


SHORT = [windows.row(0, "2024-01-01", "RU"), windows.row(1, "2024-01-05", "RU")]


@pytest.mark.parametrize("rule", [windows.moved(), windows.grown()])
def test_a_book_that_begins_too_late_says_from_when_on_it_reaches(rule: WindowRule) -> None:
    (told,) = open_for(rule, *SHORT, windows.row(2, "2024-02-05", "KZ"))
    assert told.missing == ("book.reach",)
    assert told.reason == "the book reaches back only to 2024-01-01"


def test_an_amount_that_is_blank_is_named_where_it_could_decide() -> None:
    told = (("2023-12-01", "1"), ("2024-02-15", "100"), ("2024-03-25", "1"), ("2024-04-01", ""))
    rows = [windows.row(n, day, "KZ", net_weight_kg=kg) for n, (day, kg) in enumerate(told)]
    assert missing(windows.grown(), *rows) == ["weight.net_kg"]


def test_counting_never_waits_for_the_book_to_reach_back() -> None:
    assert open_for(windows.often(), FIRST) == ()


def test_a_book_that_reaches_back_far_enough_leaves_nothing_open() -> None:
    for rule in (windows.moved(), windows.grown(), windows.often()):
        assert open_for(rule, FIRST, without()) == ()


@pytest.mark.parametrize("rule", [windows.moved(), windows.grown(), windows.often()])
def test_a_shipment_that_says_nothing_names_what_it_lacks_and_no_reach(rule: WindowRule) -> None:
    (told,) = open_for(rule, FIRST, {"shipment_id": "S9"})
    assert "shipment.date" in told.missing and "book.reach" not in told.missing and told.reason is None


def told_of(rule: WindowRule, **changes: Any) -> tuple[str, ...]:
    return tuple(f"{n.rule} {n.reason}" for n in open_for(rule, FIRST | changes))


def test_other_destinations_are_not_left_open() -> None:
    assert told_of(windows.moved(), country_of_destination="DE") == ()
