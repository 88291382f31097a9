"""Rules over time judged bucket by bucket say what they say of the whole book."""

import datetime as dt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.engine.shuffle import BUCKETS, WHERE, Shuffle, joined, shuffles
from screening.engine.windows import WindowPlan
from screening.ruleset.loading import load_rules
from screening.watchlists.lists import ListCatalogue
from tests.benchmarks.windows.trade import trade

LISTS = ListCatalogue.load()
RULES = load_rules().window_rules
SHUFFLES = shuffles(RULES, LISTS)
WHOLE = WindowPlan(RULES, LISTS)
FIELDS = frozenset[str]().union(*(shuffle.fields for shuffle in SHUFFLES))
BEGINS = dt.date(2022, 1, 1)


def book(rows: int, parties: int, skewed: bool, seed: int) -> pl.DataFrame:
    made = trade(rows, parties, FIELDS - {"shipment.date"}, skewed, seed)
    blank = pl.int_range(rows) % 17 == seed % 17
    keys = [name for name in FIELDS if name.endswith(".key")]
    whole = made.with_columns(pl.when(~blank).then(pl.col(name)).alias(name) for name in keys)
    at = pl.int_range(rows)
    places = [
        where.cast(kind).alias(name)
        for where, (name, kind) in zip((at // 50, at % 50), WHERE.items(), strict=True)
    ]
    return whole.with_columns(places)


def dealt(shuffle: Shuffle, rows: pl.DataFrame) -> pl.DataFrame:
    return joined(shuffle.dealt(part) for part in rows.partition_by("part"))


def found(shuffle: Shuffle, rows: pl.DataFrame, tasks: int) -> pl.DataFrame:
    whole = dealt(shuffle, rows)
    step = BUCKETS // tasks
    parts = [
        shuffle.found(
            whole.filter(pl.col("bucket").is_between(low, low + step - 1)), BEGINS, range(low, low + step)
        )
        for low in range(0, BUCKETS, step)
    ]
    return pl.concat(parts).sort(*WHERE, "rule")


def lines(shuffle: Shuffle, rows: pl.DataFrame, told: pl.DataFrame) -> pl.DataFrame:
    where = rows.select(*WHERE)
    each = (where.with_columns(rule=pl.lit(rule.id), truth=told[rule.id]) for rule in shuffle.rules)
    return pl.concat(each).filter(pl.col("truth").fill_null(True)).sort(*WHERE, "rule")


@settings(max_examples=15, deadline=None)
@given(
    st.integers(1, 600), st.integers(2, 40), st.booleans(), st.integers(0, 99), st.sampled_from([1, 4, 256])
)
def test_buckets_say_what_the_whole_book_says(
    count: int, parties: int, skewed: bool, seed: int, tasks: int
) -> None:
    rows = book(count, parties, skewed, seed)
    told = WHOLE.evaluate(rows, BEGINS).rules
    for shuffle in SHUFFLES:
        assert found(shuffle, rows, tasks).drop("key").equals(lines(shuffle, rows, told))


@pytest.mark.parametrize("shuffle", SHUFFLES, ids=lambda shuffle: shuffle.rules[0].id)
def test_a_finding_of_a_bucket_rests_on_what_that_of_the_book_rests_on(shuffle: Shuffle) -> None:
    rows = book(20_000, 60, True, 3)
    whole = WHOLE.evaluate(rows, BEGINS)
    told = found(shuffle, rows, 1).filter("truth")
    asked = told.filter(pl.int_range(pl.len()).over("rule") < 40)
    places = rows.select(*WHERE).with_row_index("at")
    at = asked.join(places, on=list(WHERE), maintain_order="left")["at"]
    behind = [whole.related(rule, place) for rule, place in zip(asked["rule"], at, strict=True)]
    assert shuffle.related(dealt(shuffle, rows), BEGINS, asked) == behind


def test_a_party_is_dealt_in_whole_by_its_key() -> None:
    (by_buyer,) = (s for s in SHUFFLES if s.keys == (("consignee.key",),))
    rows = dealt(by_buyer, book(5_000, 9, False, 1)).drop_nulls("consignee.key")
    assert set(rows.group_by("consignee.key").agg(pl.col("bucket").n_unique())["bucket"]) == {1}


def test_few_shuffles_serve_all_bundled_rules() -> None:
    assert sum(len(shuffle.rules) for shuffle in SHUFFLES) == len(RULES)
    assert len(SHUFFLES) <= 8
