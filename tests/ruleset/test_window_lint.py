"""The lint over rules over time: the same faults as of other rules, and a few of their own."""

from pathlib import Path

import pytest

from screening.ruleset import faults
from screening.ruleset.faults import Fault
from tests.ruleset.made_rules import change_text, count_text, sequence_text, steps
from tests.ruleset.test_lint import CLEAR, KZ, TIER_1, found

AZ = {"field": "consignee.country", "in": ["AZ"]}
NOWHERE = {"field": "consignee.country", "in_list": "countries/nowhere"}
DISTINCT = {"distinct": "exporter.key", "at_least": 3}


@pytest.mark.parametrize("text", [count_text(), sequence_text(), change_text()])
def test_a_sound_rule_over_time_has_no_fault(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text) == []


SPOILT: list[tuple[type[Fault], str]] = [
    (faults.NoHitTest, count_text(tests=[CLEAR])),
    (faults.WeightOutOfBand, change_text(weight=30)),
    (faults.DatesOutOfOrder, change_text(valid_from="2024-01-02", valid_until="2024-01-01")),
    (faults.UnknownList, sequence_text(**steps({"where": {"a": NOWHERE}}, {}))),
    (faults.UnusedClause, count_text(of={"a": TIER_1, "b": KZ}, condition="a")),
    (faults.UnusedClause, sequence_text(**steps({"where": {"a": TIER_1, "b": KZ}, "condition": "a"}, {}))),
    (faults.UnknownPlaceholder, count_text(say="{counts} shipments")),
    (faults.UnknownPlaceholder, count_text(say="{count shipments")),
    (faults.UnknownPlaceholder, change_text(where={"a": TIER_1 | {"say": "{goods.hs}"}})),
    (faults.NeverHolds, count_text(of={"a": KZ, "b": AZ})),
    (faults.NeverHolds, sequence_text(**steps({}, {"where": {"a": KZ, "b": AZ}}))),
    (faults.NeverHolds, count_text(count={"distinct": "consignee.key", "at_least": 2})),
    (faults.NeverHolds, sequence_text(**steps({"stops": {"after_at_least": 1, "quiet_for": "31d"}}, {}))),
    (faults.RepeatedTerm, count_text(group_by=["goods.hs6", "goods.hs6"])),
    (faults.RepeatedTerm, count_text(count=[DISTINCT, DISTINCT | {"at_least": 4}])),
]


@pytest.mark.parametrize(("kind", "text"), SPOILT, ids=lambda of: getattr(of, "__name__", ""))
def test_each_fault_of_a_rule_over_time_is_found(tmp_path: Path, kind: type[Fault], text: str) -> None:
    assert [type(fault) for fault in found(tmp_path, text)] == [kind]


def test_a_stop_may_be_as_long_as_the_window(tmp_path: Path) -> None:
    stops = {"stops": {"after_at_least": 1, "quiet_for": "30d"}}
    assert found(tmp_path, sequence_text(**steps(stops, {}))) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (count_text(), count_text(id="PAT-902")),
        (change_text(), change_text(id="PAT-902", title="Another")),
        (
            count_text(group_by=["exporter.key", "goods.hs6"]),
            count_text(id="PAT-902", group_by=["goods.hs6", "exporter.key"]),
        ),
    ],
)
def test_two_rules_over_time_that_say_the_same_are_told(tmp_path: Path, one: str, other: str) -> None:
    assert [type(fault) for fault in found(tmp_path, one, other)] == [faults.SameRule]


def test_rules_with_other_windows_say_different_things(tmp_path: Path) -> None:
    texts = [count_text(), count_text(id="PAT-902", within="31d"), sequence_text(id="PAT-903")]
    assert found(tmp_path, *texts, sequence_text(id="PAT-904", persists="5d")) == []
