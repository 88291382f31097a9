"""Books and rules over time that a test makes for itself, few values each, so that groups meet."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
import polars as pl
from hypothesis import strategies as st

from screening.engine.coded import CodedBook, beginnings
from screening.engine.reference_windows import reference_judge
from screening.engine.related import Related
from screening.engine.windows import WindowPlan
from screening.ruleset.clauses import read_clause
from screening.ruleset.conditions import Truth
from screening.ruleset.windows import ChangeRule, CountRule, SequenceRule, WindowRule
from screening.watchlists.lists import ListCatalogue

LISTS = ListCatalogue.load()
BEGIN = date(2024, 1, 1)
SCHEMA: dict[str, Any] = {
    "shipment_id": pl.String,
    "story": pl.UInt32,
    "shipment.date": pl.Date,
    "consignee.key": pl.String,
    "exporter.key": pl.String,
    "goods.hs6": pl.String,
    "destination.country": pl.String,
    "export.country": pl.String,
    "weight.net_kg": pl.Float64,
    "transport.mode": pl.String,
}
USUAL: dict[str, Any] = {
    "story": 0,
    "consignee.key": "buyer",
    "exporter.key": "seller",
    "goods.hs6": "854231",
    "destination.country": "KZ",
    "export.country": "DE",
    "weight.net_kg": 100.0,
    "transport.mode": "sea",
}
_ABOUT = {
    "id": "PAT-901",
    "title": "A pattern",
    "status": "stable",
    "version": 1,
    "created": BEGIN,
    "updated": BEGIN,
    "severity": "medium",
    "weight": 10,
    "rationale": "A reason.",
}
TO_KZ = {"field": "destination.country", "in": ["KZ"]}
TO_RU = {"field": "destination.country", "in": ["RU"]}


def clauses(*stated: dict[str, Any]) -> dict[str, Any]:
    """The clauses `a`, `b`, ... that these mappings state."""
    names = "abcdefg"[: len(stated)]
    return {name: read_clause(name, clause) for name, clause in zip(names, stated, strict=True)}


def count_rule(**said: Any) -> CountRule:
    """Three rows to Kazakhstan by consignee within ten days, with these changes."""
    usual = {"group_by": ["consignee.key"], "within": "10d", "count": {"rows": {"at_least": 3}}}
    return CountRule.model_validate({**_ABOUT, "kind": "count", "of": clauses(TO_KZ), **usual, **said})


def sequence_rule(*steps: dict[str, Any], **said: Any) -> SequenceRule:
    """These steps by exporter within thirty days, with these changes."""
    named = [{"name": f"step_{i}", **step} for i, step in enumerate(steps)]
    usual = {"group_by": ["exporter.key"], "within": "30d", "steps": named}
    return SequenceRule.model_validate({**_ABOUT, "kind": "sequence", **usual, **said})


def change_rule(**said: Any) -> ChangeRule:
    """Three times the weight of the twenty days before within ten days, with these changes."""
    usual = {"group_by": ["consignee.key"], "of": "weight.net_kg", "window": "10d", "baseline": "20d"}
    return ChangeRule.model_validate({**_ABOUT, "kind": "change", **usual, "ratio_at_least": 3, **said})


def book(*rows: dict[str, Any]) -> pl.DataFrame:
    """Rows that differ from the usual one as stated; `day` counts from the first of January 2024."""
    whole = [_row(i, dict(stated)) for i, stated in enumerate(rows)]
    return pl.DataFrame(whole, schema=SCHEMA)


def _row(at: int, stated: dict[str, Any]) -> dict[str, Any]:
    day = stated.pop("day", None)
    dated = None if day is None else BEGIN + timedelta(days=day)
    return {**USUAL, "shipment_id": f"S{at}", "shipment.date": dated, **stated}


def on_days(*days: int | None, **said: Any) -> list[dict[str, Any]]:
    """A usual row on each of these days, with these changes."""
    return [{"day": day, **said} for day in days]


def coded_book(rows: pl.DataFrame) -> CodedBook:
    """The rows in whole numbers, each story from its first day on."""
    return CodedBook(rows, {}, beginnings(rows, None), np.arange(rows.height))


def told(rule: WindowRule, rows: pl.DataFrame, begins: date | None = None) -> list[Truth]:
    """What the rule says of each row; both engines say it."""
    slow = reference_judge(rule, rows.to_dicts(), LISTS, begins)
    fast = WindowPlan([rule], LISTS).by_columns(rows, begins).rules[rule.id].to_list()
    assert fast == [slow.truth(at) for at in range(rows.height)]
    return fast


def behind(rule: WindowRule, rows: pl.DataFrame, at: int, begins: date | None = None) -> Related:
    """The shipments behind the finding on a row; both engines name them."""
    slow = reference_judge(rule, rows.to_dicts(), LISTS, begins).related(at)
    assert WindowPlan([rule], LISTS).by_columns(rows, begins).related(rule.id, at) == slow
    return slow


_WEIGHTS = [100.0, 95.0, 95.001, 94.999, 105.263, 0.0, 0.4, 300.0, 1e12]
VALUES: dict[str, Sequence[Any]] = {
    "day": [*range(0, 8), *range(0, 8), *range(8, 42), None],
    "shipment_id": ["S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8"],
    "story": [0, 0, 0, 1],
    "consignee.key": ["x"] * 9 + ["X", "y", None],
    "exporter.key": ["p"] * 9 + ["q", None],
    "goods.hs6": ["854231"] * 9 + ["847150", None],
    "destination.country": ["KZ", "KZ", "KZ", "RU", "RU", "AZ", None],
    "export.country": ["KZ", "KZ", "DE", "RU", None],
    "weight.net_kg": [*_WEIGHTS, *_WEIGHTS, *_WEIGHTS, None],
    "transport.mode": ["sea", "sea", "rail", "rail", "air", None],
}
"""What random rows say: few values, so that groups meet, and now and then nothing."""


def random_book(seed: int, height: int) -> pl.DataFrame:
    """A book of this many rows, most of them in one group."""
    rng = random.Random(seed)
    return book(*({name: rng.choice(values) for name, values in VALUES.items()} for _ in range(height)))


books = st.builds(random_book, st.integers(0, 1 << 30), st.integers(1, 30))

_spans = st.sampled_from(["1d", "3d", "5d", "6d", "10d", "20d", "39d"])
_long = st.sampled_from(["6d", "10d", "20d", "39d"])
_short = st.sampled_from(["1d", "2d", "5d"])
_clauses = st.sampled_from(
    [
        clauses(TO_KZ),
        clauses(TO_RU),
        clauses({"field": "destination.country", "in": ["KZ", "AZ"]}),
        clauses({"field": "export.country", "in": ["KZ", "DE"]}),
        clauses({"field": "destination.country", "known": "true"}),
        clauses(TO_KZ, {"field": "transport.mode", "is": "sea"}),
        clauses({"field": "destination.country", "in_list": "countries/transit"}),
    ]
)
_groups = st.sampled_from(
    [["consignee.key"], ["exporter.key"], ["consignee.key", "goods.hs6"], ["exporter.key", "transport.mode"]]
)
_measures = st.one_of(
    st.builds(lambda n: {"rows": {"at_least": n}}, st.integers(2, 4)),
    st.builds(
        lambda field, n: {"distinct": field, "at_least": n},
        st.sampled_from(["exporter.key", "consignee.key", "destination.country", "transport.mode"]),
        st.integers(2, 3),
    ),
    st.builds(lambda n: {"sum": "weight.net_kg", "at_least": n}, st.sampled_from(["195", "195.001", "400"])),
)
_dates = st.one_of(st.none(), st.integers(0, 20).map(lambda n: BEGIN + timedelta(days=n)))
count_rules = st.builds(
    count_rule,
    of=_clauses,
    group_by=_groups,
    within=_spans,
    count=st.lists(_measures, min_size=1, max_size=2),
    valid_from=_dates,
)
change_rules = st.builds(
    change_rule,
    of=st.sampled_from(["rows", "weight.net_kg"]),
    where=st.one_of(st.just({}), _clauses),
    group_by=_groups,
    window=_spans,
    baseline=_spans,
    ratio_at_least=st.sampled_from(["0.5", "1", "1.5", "3"]),
    min_rows=st.integers(1, 3),
    min_baseline_rows=st.integers(1, 2),
    persists=st.one_of(st.none(), _spans),
    valid_until=_dates,
)
_seldom = st.sampled_from([False, False, True])
_stops = st.fixed_dictionaries({"after_at_least": st.integers(1, 2), "quiet_for": _short})
_starts = st.fixed_dictionaries({"unseen_for": _short})
_similar = st.fixed_dictionaries(
    {"field": st.just("weight.net_kg"), "within": st.sampled_from(["0.05", "0.3", "0.99"])}
)
_slots = {
    "destination.country": st.sampled_from(["destination.country", "export.country"]),
    "goods.hs6": st.just("goods.hs6"),
}


@st.composite
def sequence_rules(draw: st.DrawFn) -> SequenceRule:
    """Rules of one to three steps, with all that a step may have."""
    length = draw(st.sampled_from([1, 2, 2, 2, 2, 2, 3, 3]))
    steps: list[dict[str, Any]] = [{"where": draw(_clauses)} for _ in range(length)]
    if length > 1 and draw(st.booleans()):
        steps[0]["stops"] = draw(_stops)
    if length == 1 or draw(_seldom):
        steps[-1]["starts"] = draw(_starts)
    for before, step in pairwise(steps):
        if "stops" not in before:
            step["similar"] = draw(st.one_of(st.none(), _similar))
            step["differs"] = draw(st.sampled_from([None, None, None, "shipment.date", "transport.mode"]))
    group = draw(_groups)
    if draw(st.booleans()):
        group = ["destination.country"]
        for step in steps:
            step["group_by"] = draw(st.sampled_from([None, ["export.country"]]))
    persists = draw(st.one_of(st.none(), _spans))
    return sequence_rule(
        *steps, group_by=group, within=draw(_long), persists=persists, valid_from=draw(_dates)
    )


begins = st.one_of(st.none(), st.integers(0, 50).map(lambda n: BEGIN - timedelta(days=n)))
