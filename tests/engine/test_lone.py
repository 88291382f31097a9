"""Shipments that are each a book of their own are judged as they are among others."""

from datetime import date

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.abreast import FEW
from screening.engine.lone import LoneTruths, are_lone
from screening.engine.windows import WindowPlan
from screening.ruleset.windows import WindowRule
from tests.engine.made_books import (
    BEGIN,
    LISTS,
    book,
    books,
    change_rules,
    count_rules,
    on_days,
    sequence_rules,
)

ANY_RULE = st.one_of(count_rules, change_rules, sequence_rules())


def apart(rows: pl.DataFrame) -> pl.DataFrame:
    """Each row in a story of its own."""
    return rows.head(FEW).with_columns(story=pl.int_range(pl.len(), dtype=pl.UInt32))


@settings(max_examples=600, deadline=None)
@given(ANY_RULE, books, st.sampled_from([None, BEGIN]))
def test_they_are_judged_as_by_columns(rule: WindowRule, rows: pl.DataFrame, begins: date | None) -> None:
    plan, lone = WindowPlan([rule], LISTS), apart(rows)
    alone, columns = plan.one_by_one(lone, begins), plan.by_columns(lone, begins)
    assert alone.rules.equals(columns.rules)
    for at in alone.rules[rule.id].arg_true():
        assert alone.related(rule.id, at) == columns.related(rule.id, at)


def test_rows_of_one_story_are_not_lone() -> None:
    rows = book(*on_days(0, 1))
    assert are_lone(apart(rows))
    assert not are_lone(rows)
    assert not are_lone(rows.clear())


def test_a_plan_takes_the_short_way_for_them() -> None:
    rows = apart(book(*on_days(0, 1)))
    assert isinstance(WindowPlan([], LISTS).evaluate(rows), LoneTruths)
