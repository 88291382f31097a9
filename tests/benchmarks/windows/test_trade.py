"""The books and rules that rules over time are measured on."""

import pytest

from screening.engine.windows import WindowPlan
from screening.ruleset.loading import load_rules
from screening.watchlists.lists import ListCatalogue
from tests.benchmarks.windows.__main__ import measured, rules
from tests.benchmarks.windows.trade import trade
from tests.benchmarks.windows.typical import typical_rules

LISTS = ListCatalogue.load()


@pytest.mark.parametrize(("skewed", "share"), [(True, 0.2), (False, 0.0)])
def test_one_party_has_a_fifth_of_the_rows_or_none_has_many(skewed: bool, share: float) -> None:
    book = trade(5_000, 1_000, ["consignee.key"], skewed)
    counts = book["consignee.key"].value_counts(sort=True)["count"]
    assert counts[0] / book.height == pytest.approx(share, abs=0.02)


def test_a_book_is_the_same_every_time() -> None:
    fields = WindowPlan(typical_rules(), LISTS).fields
    assert trade(500, 100, fields, skewed=True).equals(trade(500, 100, fields, skewed=True))


def test_the_typical_rules_are_of_every_kind_and_most_of_them_find_something() -> None:
    of = typical_rules()
    assert {rule.kind for rule in of} == {"count", "sequence", "change"} and len(of) >= 24
    plan = WindowPlan(of, LISTS)
    found = plan.evaluate(trade(20_000, 4_000, plan.fields, skewed=True)).rules
    assert sum(bool(column.any()) for column in found.iter_columns()) > 0.7 * len(of)


def test_bundled_rules_are_measured_too() -> None:
    assert {rule.id for rule in load_rules().window_rules} < {rule.id for rule in rules()}
    assert measured(rules(), 500, 100, skewed=True)["found"] > 0
