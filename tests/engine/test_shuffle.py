"""Rules over time judged bucket by bucket say what they say of the whole book."""

import datetime as dt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.engine.coded import TRUE, UNKNOWN
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


def judged(shuffle: Shuffle, rows: pl.DataFrame, tasks: int) -> pl.DataFrame:
    whole = dealt(shuffle, rows)
    step = BUCKETS // tasks
    parts = [
        shuffle.truths(
            whole.filter(pl.col("bucket").is_between(low, low + step - 1)), BEGINS, range(low, low + step)
        )
        for low in range(0, BUCKETS, step)
    ]
    return pl.concat(parts).group_by(list(WHERE)).agg(pl.all().max()).sort(list(WHERE))


def codes(shuffle: Shuffle, rows: pl.DataFrame, tasks: int) -> pl.DataFrame:
    told = rows.select(list(WHERE)).join(judged(shuffle, rows, tasks), on=list(WHERE), how="left")
    return told.sort(list(WHERE)).select(pl.col(name).fill_null(0) for name in shuffle.ids)


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
        wanted = told.select((pl.col(name).cast(pl.UInt8) * TRUE).fill_null(UNKNOWN) for name in shuffle.ids)
        assert codes(shuffle, rows, tasks).equals(wanted)


@pytest.mark.parametrize("shuffle", SHUFFLES, ids=lambda shuffle: shuffle.rules[0].id)
def test_a_finding_of_a_bucket_rests_on_what_that_of_the_book_rests_on(shuffle: Shuffle) -> None:
    rows = book(20_000, 60, True, 3)
    whole = WHOLE.evaluate(rows, BEGINS)
    found = [(rule, at) for rule in shuffle.ids for at in whole.rules[rule].arg_true().to_list()[:40]]
    asked = rows.select(list(WHERE))[[at for _, at in found]].with_columns(
        pl.Series("rule", [rule for rule, _ in found], dtype=pl.String)
    )
    told = shuffle.related(dealt(shuffle, rows), BEGINS, asked)
    assert told == [whole.related(rule, at) for rule, at in found]


def test_a_party_is_dealt_in_whole_by_its_key() -> None:
    (by_buyer,) = (s for s in SHUFFLES if s.keys == (("consignee.key",),))
    rows = dealt(by_buyer, book(5_000, 9, False, 1)).drop_nulls("consignee.key")
    assert set(rows.group_by("consignee.key").agg(pl.col("bucket").n_unique())["bucket"]) == {1}


def test_few_shuffles_serve_all_bundled_rules() -> None:
    assert sum(len(shuffle.rules) for shuffle in SHUFFLES) == len(RULES)
    assert len(SHUFFLES) <= 8
