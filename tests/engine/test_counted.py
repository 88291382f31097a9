"""Rules that count, at their boundaries. What is told is told by both engines (`made_books.told`)."""

from datetime import date

import pytest

from screening.ruleset.conditions import Truth
from tests.engine.made_books import BEGIN, TO_KZ, behind, book, clauses, count_rule, on_days, told

THREE_ROWS = count_rule()
THREE_SELLERS = count_rule(count={"distinct": "exporter.key", "at_least": 3})
TWO_SELLERS = count_rule(count={"distinct": "exporter.key", "at_least": 2})
HEAVY = count_rule(count={"sum": "weight.net_kg", "at_least": "200"})


def sellers(*names: str | None, days: tuple[int, ...] = ()) -> list[dict[str, object]]:
    """A row of each exporter, a day after another unless the days are given."""
    dated = days or range(len(names))
    return [{"day": day, "exporter.key": name} for day, name in zip(dated, names, strict=True)]


@pytest.mark.parametrize(("last", "truth"), [(9, True), (10, True), (11, False)])
def test_the_last_day_of_the_window_counts(last: int, truth: bool) -> None:
    assert told(THREE_ROWS, book(*on_days(0, 1, last)))[-1] is truth


def test_the_row_that_completes_the_pattern_has_the_finding_and_earlier_ones_do_not() -> None:
    assert told(THREE_ROWS, book(*on_days(0, 1, 2, 3))) == [False, False, True, True]


def test_rows_of_one_date_see_each_other() -> None:
    assert told(THREE_ROWS, book(*on_days(5, 5, 5))) == [True, True, True]


def test_later_rows_do_not_count() -> None:
    assert told(THREE_ROWS, book(*on_days(2, 1, 0))) == [True, False, False]


def test_rows_of_another_group_do_not_count() -> None:
    rows = book(*on_days(0, 1), *on_days(2, **{"consignee.key": "another"}))
    assert told(THREE_ROWS, rows) == [False, False, False]


def test_texts_group_whatever_their_case() -> None:
    assert told(THREE_ROWS, book(*on_days(0, 1), *on_days(2, **{"consignee.key": "BUYER"})))[-1] is True


def test_other_rows_count_only_where_the_clauses_are_true() -> None:
    for country in ("RU", None):
        rows = book(*on_days(0), *on_days(1, **{"destination.country": country}), *on_days(2))
        assert told(THREE_ROWS, rows)[-1] is False


def test_a_row_that_does_not_fit_is_clear_and_one_that_may_fit_is_unknown() -> None:
    rows = [{"day": 3, "destination.country": country} for country in ("RU", None)]
    assert told(THREE_ROWS, book(*on_days(0, 1, 2), *rows))[-2:] == [False, None]


@pytest.mark.parametrize("lacking", [{"day": None}, {"consignee.key": None}])
def test_a_row_without_a_day_or_a_group_is_unknown_and_does_not_count(lacking: dict[str, None]) -> None:
    rows = book(*on_days(0, 1), {"day": 1, **lacking}, *on_days(2))
    assert told(THREE_ROWS, rows) == [False, False, None, True]
    clear = book({"day": 1, "destination.country": "RU", **lacking})
    assert told(THREE_ROWS, clear) == [False]


def test_different_values_count_once_each() -> None:
    assert told(THREE_SELLERS, book(*sellers("p", "q", "q", "P", "r"))) == [False] * 4 + [True]


@pytest.mark.parametrize(("last", "truth"), [(10, True), (11, False)])
def test_a_value_is_gone_when_its_last_row_is(last: int, truth: bool) -> None:
    assert told(THREE_SELLERS, book(*sellers("p", "q", "r", days=(0, 1, last))))[-1] is truth


def test_a_value_that_comes_again_stays() -> None:
    assert told(THREE_SELLERS, book(*sellers("p", "p", "q", "r", days=(0, 9, 11, 12))))[-1] is True


@pytest.mark.parametrize(("names", "truth"), [(("p", "q", None), True), (("p", "p", None), None)])
def test_an_unknown_value_is_told_unless_it_does_not_matter(
    names: tuple[str | None, ...], truth: Truth
) -> None:
    assert told(TWO_SELLERS, book(*sellers(*names)))[-1] is truth


@pytest.mark.parametrize(("weight", "truth"), [(100.0, True), (99.999, False), (None, None)])
def test_a_sum_is_reached_by_the_last_gram(weight: float | None, truth: Truth) -> None:
    rows = book(*on_days(0), *on_days(1, **{"weight.net_kg": weight}))
    assert told(HEAVY, rows) == [False, truth]


def test_a_sum_is_exact_however_many_small_parts_it_has() -> None:
    tenths = book(*on_days(*[1] * 10, **{"weight.net_kg": 0.1}))
    assert told(count_rule(count={"sum": "weight.net_kg", "at_least": "1"}), tenths) == [True] * 10


def test_all_measures_must_be_reached() -> None:
    both = count_rule(count=[{"rows": {"at_least": 2}}, {"distinct": "exporter.key", "at_least": 2}])
    assert told(both, book(*sellers("p", "p", "q"))) == [False, False, True]


def test_a_condition_joins_the_clauses() -> None:
    to_az = {"field": "destination.country", "in": ["AZ"]}
    either = count_rule(of=clauses(TO_KZ, to_az), condition="a or b")
    rows = book(*on_days(0, 1), *on_days(2, **{"destination.country": "AZ"}))
    assert told(either, rows) == [False, False, True]


def test_a_rule_judges_the_days_on_which_it_is_in_force_and_looks_back_before_them() -> None:
    rule = count_rule(valid_from=date(2024, 1, 4), valid_until=date(2024, 1, 5))
    assert told(rule, book(*on_days(0, 1, 2, 3, 4, 5))) == [False, False, False, True, True, False]


def test_rows_of_another_story_do_not_count() -> None:
    assert told(THREE_ROWS, book(*on_days(0, 1), *on_days(2, story=1))) == [False, False, False]


def test_a_finding_names_the_other_shipments_of_its_window_by_date() -> None:
    found = behind(THREE_ROWS, book(*on_days(4, 0, 1, 12)), at=0)
    assert (found.shipments, found.total, found.measured.count) == (("S1", "S2"), 2, 3)
    assert (found.measured.first, found.measured.last) == (BEGIN, date(2024, 1, 5))


def test_a_finding_names_twenty_shipments_and_counts_all() -> None:
    rows = [{"day": 0, "shipment_id": f"S{number:02}"} for number in range(30)]
    found = behind(THREE_ROWS, book(*rows), at=3)
    assert (found.shipments[:4], found.total) == (("S00", "S01", "S02", "S04"), 29)
    assert len(found.shipments) == 20


def test_lines_of_one_shipment_are_one_shipment_among_the_related_ones() -> None:
    rows = [{"day": 0, "shipment_id": "A"}, {"day": 0, "shipment_id": "A"}, {"day": 1, "shipment_id": "B"}]
    found = behind(THREE_ROWS, book(*rows), at=2)
    assert (found.shipments, found.total, found.measured.count) == (("A",), 1, 3)


def test_what_was_measured_is_told() -> None:
    rule = count_rule(
        count=[{"distinct": "exporter.key", "at_least": 2}, {"sum": "weight.net_kg", "at_least": 1}]
    )
    measured = behind(rule, book(*sellers("p", "p", "q")), at=2).measured
    assert (measured.count, measured.sum) == (2, 300.0)
