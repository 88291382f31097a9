"""Rules over time over columns say what the reference says of one row at a time."""

import gc
import random
import weakref
from contextlib import ExitStack
from datetime import date
from unittest.mock import patch

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screening.engine import coded, counting, selected, windows
from screening.engine.windows import WindowPlan
from screening.ruleset.windows import ChangeRule, CountRule, SequenceRule, WindowRule
from tests.benchmarks.windows.typical import typical_rules
from tests.engine import made_books
from tests.engine.made_books import (
    BEGIN,
    LISTS,
    behind,
    books,
    change_rules,
    count_rules,
    sequence_rules,
    told,
)

MANY = settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ANY_RULE = st.one_of(count_rules, change_rules, sequence_rules())


def agree(rule: WindowRule, rows: pl.DataFrame, begins: date | None) -> None:
    for at, truth in enumerate(told(rule, rows, begins)):
        if truth:
            behind(rule, rows, at, begins)


@MANY
@given(count_rules, books)
def test_both_engines_count_alike(rule: CountRule, rows: pl.DataFrame) -> None:
    agree(rule, rows, None)


@MANY
@given(change_rules, books, made_books.begins)
def test_both_engines_compare_with_the_past_alike(
    rule: ChangeRule, rows: pl.DataFrame, begins: date | None
) -> None:
    agree(rule, rows, begins)


@settings(MANY, max_examples=1_500)
@given(sequence_rules(), books, made_books.begins)
def test_both_engines_follow_steps_alike(rule: SequenceRule, rows: pl.DataFrame, begins: date | None) -> None:
    agree(rule, rows, begins)


@settings(MANY, max_examples=50)
@given(ANY_RULE, books)
def test_rows_are_let_go_with_what_was_said_of_them(rule: WindowRule, rows: pl.DataFrame) -> None:
    gc.disable()
    try:
        told = WindowPlan([rule], LISTS).by_columns(rows)
        held = [weakref.ref(pattern.book) for pattern in told.patterns.values()]
        del told
        assert not any(book() for book in held)
    finally:
        gc.enable()


def test_an_empty_book_has_a_column_for_each_rule() -> None:
    rules: list[WindowRule] = [made_books.count_rule(), made_books.change_rule(id="PAT-902")]
    found = WindowPlan(rules, LISTS).evaluate(made_books.book()).rules
    assert (found.columns, found.height) == (["PAT-901", "PAT-902"], 0)


def test_a_plan_without_rules_asks_for_nothing() -> None:
    plan = WindowPlan([], LISTS)
    assert (plan.fields, plan.reach) == (frozenset(), 0)
    assert plan.evaluate(made_books.book(*made_books.on_days(0, 1))).rules.columns == []


@pytest.mark.parametrize("seed", range(20))
def test_rules_judged_at_once_say_what_each_says_alone(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows, "_MANY_ROWS", 1)
    rows, rules = made_books.random_book(seed, 200), typical_rules()
    bare = set(WindowPlan(rules, LISTS).fields) - set(rows.columns)
    whole = rows.with_columns(pl.lit(None, pl.String).alias(name) for name in sorted(bare))
    together = WindowPlan(rules, LISTS).evaluate(whole).rules
    assert together.columns == [rule.id for rule in rules]
    for rule in rules:
        assert WindowPlan([rule], LISTS).evaluate(whole).rules[rule.id].equals(together[rule.id])


@settings(MANY, max_examples=200)
@given(ANY_RULE, books)
def test_few_rows_are_judged_as_many_are(rule: WindowRule, rows: pl.DataFrame) -> None:
    with ExitStack() as stack:
        for module, few in ((coded, "_FEW"), (counting, "_FEW"), (selected, "FEW"), (windows, "FEW")):
            stack.enter_context(patch.object(module, few, 0))
        agree(rule, rows, None)


@settings(MANY, max_examples=200)
@given(ANY_RULE, books)
def test_rows_that_fulfil_no_clauses_of_a_rule_need_not_be_there(
    rule: WindowRule, rows: pl.DataFrame
) -> None:
    plan = WindowPlan([rule], LISTS)
    relevant = plan.relevant(rows)
    whole = plan.evaluate(rows, BEGIN).rules[rule.id]
    assert not whole.filter(~relevant).any()
    assert (
        plan.evaluate(rows.filter(relevant), BEGIN).rules[rule.id].to_list()
        == whole.filter(relevant).to_list()
    )


@MANY
@given(ANY_RULE, books, st.randoms())
def test_the_order_of_rows_changes_nothing(rule: WindowRule, rows: pl.DataFrame, rng: random.Random) -> None:
    order = rng.sample(range(rows.height), rows.height)
    plan = WindowPlan([rule], LISTS)
    shuffled = plan.evaluate(rows[order]).rules[rule.id]
    assert shuffled.to_list() == plan.evaluate(rows).rules[rule.id][order].to_list()


@MANY
@given(ANY_RULE, books)
def test_a_story_is_judged_as_if_it_were_alone(rule: WindowRule, rows: pl.DataFrame) -> None:
    plan, story = WindowPlan([rule], LISTS), rows["story"] == 0
    alone = plan.evaluate(rows.filter(story)).rules[rule.id]
    assert plan.evaluate(rows).rules[rule.id].filter(story).to_list() == alone.to_list()


@MANY
@given(ANY_RULE, books, st.integers(0, 40))
def test_later_rows_never_change_what_was_said(rule: WindowRule, rows: pl.DataFrame, last: int) -> None:
    known = (pl.col("shipment.date") - made_books.BEGIN).dt.total_days() <= last
    plan, early = WindowPlan([rule], LISTS), rows.select(known.fill_null(False)).to_series()
    begins = made_books.BEGIN
    then = plan.evaluate(rows.filter(early), begins).rules[rule.id]
    assert plan.evaluate(rows, begins).rules[rule.id].filter(early).to_list() == then.to_list()
