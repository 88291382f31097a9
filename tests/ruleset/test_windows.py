"""Rules over time as they are read: each term typed, each fault with its line and the right name."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from screening.ruleset.faults import Fault, MalformedRule, TypeMismatch, UnknownField
from screening.ruleset.windows import ChangeRule, CountRule, SequenceRule
from tests.ruleset.made_rules import change_text, count_text, only_rule, reading_of, sequence_text, steps

QUIET = {"stops": {"after_at_least": 2, "quiet_for": "10d"}}
NEW = {"starts": {"unseen_for": "90d"}}


def counted(path: Path, **changes: Any) -> CountRule:
    rule = only_rule(path, count_text(**changes)).rule
    assert isinstance(rule, CountRule)
    return rule


def sequence(path: Path, **changes: Any) -> SequenceRule:
    rule = only_rule(path, sequence_text(**changes)).rule
    assert isinstance(rule, SequenceRule)
    return rule


def changed(path: Path, **changes: Any) -> ChangeRule:
    rule = only_rule(path, change_text(**changes)).rule
    assert isinstance(rule, ChangeRule)
    return rule


def faults(path: Path, text: str) -> list[Fault]:
    return list(reading_of(path, text).faults)


def test_a_window_is_a_number_of_days(tmp_path: Path) -> None:
    assert counted(tmp_path, within="45d").reach == 45


@pytest.mark.parametrize(
    "count",
    [{"rows": {"at_least": 5}}, {"rows": "true", "at_least": 5}, [{"rows": {"at_least": 5}}]],
)
def test_rows_are_counted_however_it_is_written(tmp_path: Path, count: object) -> None:
    (measure,) = counted(tmp_path, count=count).count
    assert measure.rows and measure.field is None and measure.least == 5


def test_several_measures_stand_in_a_list(tmp_path: Path) -> None:
    count = [{"distinct": "exporter.key", "at_least": 3}, {"sum": "net_weight_kg", "at_least": "0.5"}]
    rule = counted(tmp_path, count=count)
    assert [(m.field, m.least) for m in rule.count] == [
        ("exporter.key", 3),
        ("weight.net_kg", Fraction(1, 2)),
    ]
    assert {"exporter.key", "weight.net_kg", "consignee.key", "goods.chpl_tier"} <= rule.fields


def test_a_sequence_reaches_back_from_the_row_that_carries_it_on(tmp_path: Path) -> None:
    assert sequence(tmp_path, persists="100d").reach == 130
    assert sequence(tmp_path, persists="100d", **steps(QUIET, NEW)).reach == 190
    assert sequence(tmp_path).reach == 30


def test_a_step_may_have_a_group_of_its_own(tmp_path: Path) -> None:
    own = {"group_by": ["destination.country", "goods.hs6"]}
    group = ["export.country", "goods.hs6"]
    rule = sequence(tmp_path, group_by=group, **steps(own, {}))
    assert rule.groups == (("destination.country", "goods.hs6"), ("export.country", "goods.hs6"))
    assert {"destination.country", "export.country"} <= rule.fields


def test_a_change_looks_back_over_window_and_baseline(tmp_path: Path) -> None:
    rule = changed(tmp_path, of="quantity", ratio_at_least="2.5")
    assert (rule.reach, rule.measured, rule.ratio) == (120, "quantity.amount", Fraction(5, 2))
    assert changed(tmp_path).measured is None and changed(tmp_path).own.clauses == ()


def test_a_story_of_shipments_stands_in_a_test(tmp_path: Path) -> None:
    story = [{"shipment_date": "2024-01-01", "transit_countries": ["TR", "RU"]}, {"hs_code": "1"}]
    rule = counted(tmp_path, tests=[{"name": "a story", "expect": "hit", "shipments": story}])
    (test,) = rule.tests
    assert [cells.get("transit_countries") for cells in test.story] == ["TR;RU", None]
    assert test.place(1) == ("shipments", 1)


CLAUSE = {"field": "goods.hs", "is": "1"}
UNFIT: list[tuple[type[Fault], str, str]] = [
    (UnknownField, count_text(group_by=["consignee.keys"]), "group_by.0: consignee.keys: no such field; did"),
    (
        UnknownField,
        count_text(of={"a": CLAUSE}),
        "clause a: goods.hs: no such field; did you mean goods.hs6?",
    ),
    (UnknownField, change_text(of="weight"), "of: weight: no such field; did you mean weight.net_kg?"),
    (UnknownField, change_text(where={"a": CLAUSE}), "clause a: goods.hs: no such field"),
    (UnknownField, sequence_text(**steps({"where": {"a": CLAUSE}}, {})), "clause a: goods.hs: no such field"),
    (UnknownField, sequence_text(**steps({}, {"differs": "consignee.nam"})), "did you mean consignee.name?"),
    (TypeMismatch, count_text(group_by=["value.usd"]), "value.usd: is number; name a text"),
    (TypeMismatch, count_text(group_by=["any_party.country"]), "any_party.country: is countries"),
    (TypeMismatch, count_text(count={"sum": "goods.hs6", "at_least": 2}), "only a number can be added up"),
    (TypeMismatch, change_text(of="goods.hs6"), "goods.hs6: is hs6; only a number can be added up"),
    (
        TypeMismatch,
        sequence_text(**steps({"group_by": ["goods.hs6"]}, {})),
        "goods.hs6 (hs6) can't stand for",
    ),
    (MalformedRule, count_text(within="30"), "within: 30: is no number of days; write 30d"),
    (MalformedRule, count_text(within="0d"), "within: 0d: "),
    (MalformedRule, count_text(within="4000d"), "within: 4000d: "),
    (MalformedRule, count_text(withing="30d"), "withing: no such key; did you mean within?"),
    (MalformedRule, count_text(of={}), "`of` must name at least one clause"),
    (MalformedRule, count_text(group_by=[]), "group_by: "),
    (MalformedRule, count_text(group_by="goods.hs6"), "group_by: must be a list"),
    (MalformedRule, count_text(count={"rows": {"at_least": 1}}), "a whole number from 2 on"),
    (MalformedRule, count_text(count={"rows": {"at_least": "2.5"}}), "a whole number from 2 on"),
    (MalformedRule, count_text(count={"at_least": 2}), "needs one of `rows`, `distinct` and `sum`"),
    (
        MalformedRule,
        count_text(count={"sum": "value.usd", "rows": "true", "at_least": 2}),
        "needs one of `rows`",
    ),
    (MalformedRule, count_text(count={"sum": "value.usd", "at_least": 0}), "count.0.at_least"),
    (MalformedRule, count_text(count={"sum": "value.usd"}), "count.0.at_least: is missing"),
    (MalformedRule, sequence_text(**steps({}, QUIET)), "steps.1.stops: only the first step can stop"),
    (MalformedRule, sequence_text(**steps(NEW, {})), "steps.0.starts: only the last step can start"),
    (MalformedRule, sequence_text(**steps({}, {"name": "one"})), "two steps are called one"),
    (MalformedRule, sequence_text(**steps({"differs": "goods.hs6"}, {})), "there is no step before it"),
    (
        MalformedRule,
        sequence_text(**steps(QUIET, {"differs": "goods.hs6"})),
        "has no one row to compare with",
    ),
    (
        MalformedRule,
        sequence_text(**steps({"group_by": ["goods.hs6", "exporter.key"]}, {})),
        "names 2 fields",
    ),
    (
        MalformedRule,
        sequence_text(**steps({}, {"stop": {}})),
        "steps.1.stop: no such key; did you mean stops?",
    ),
    (MalformedRule, sequence_text(steps=["one"]), "steps.0: must be a mapping"),
    (MalformedRule, sequence_text(steps="one"), "steps: must be a list"),
    (MalformedRule, sequence_text(steps=[]), "steps: "),
    (MalformedRule, change_text(ratio_at_least=0), "ratio_at_least"),
    (MalformedRule, change_text(condition="a"), "`where` must name at least one clause"),
    (MalformedRule, count_text(tests=[{"name": "a", "expect": "hit"}]), "needs `shipment`, or `shipments`"),
]


@pytest.mark.parametrize(("kind", "text", "told"), UNFIT, ids=[told for *_, told in UNFIT])
def test_a_term_that_can_not_be_is_told_in_one_line(
    tmp_path: Path, kind: type[Fault], text: str, told: str
) -> None:
    assert [(type(f), told in f.what) for f in faults(tmp_path, text)] == [(kind, True)]


def test_a_single_step_must_start(tmp_path: Path) -> None:
    (one, _) = steps(NEW, {})["steps"]
    assert len(sequence(tmp_path, steps=[one]).steps) == 1
    (fault,) = faults(tmp_path, sequence_text(steps=[{k: v for k, v in one.items() if k != "starts"}]))
    assert "a single step must start" in fault.what


def test_a_condition_joins_the_clauses_of_a_step(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, sequence_text(**steps({"condition": "a or c"}, {})))
    assert fault.what.startswith("c: no such clause")
