"""Combine rules in the order in which they conclude."""

from typing import Any

import pytest

from screening.ruleset.layers import Circular, layers
from screening.ruleset.rule import CombineRule


def rule(number: int, conclude: str, **when: list[str]) -> CombineRule:
    stated: dict[str, Any] = {
        "id": f"CMB-{number}",
        "title": "t",
        "kind": "combine",
        "status": "stable",
        "version": 1,
        "created": "2026-11-21",
        "updated": "2026-11-21",
        "severity": "low",
        "weight": 1,
        "rationale": "r",
        "when": when,
        "conclude": conclude,
    }
    return CombineRule.model_validate(stated)


def test_a_rule_over_findings_is_at_the_bottom() -> None:
    assert layers([rule(901, "one", any_of=["GDS-001", "PTY-001"])]) == {"CMB-901": 0}


def test_a_rule_stands_above_what_it_names() -> None:
    chain = [
        rule(903, "c", any_of=["b"]),
        rule(902, "b", any_of=["a"]),
        rule(901, "a", any_of=["GDS-001"]),
    ]
    assert layers(chain) == {"CMB-901": 0, "CMB-902": 1, "CMB-903": 2}


def test_what_rules_a_rule_out_is_below_it_too() -> None:
    rules = [rule(901, "a", any_of=["GDS-001"]), rule(902, "b", any_of=["GDS-001"], unless=["a"])]
    assert layers(rules)["CMB-902"] == 1


def test_a_conclusion_is_settled_when_all_its_makers_are() -> None:
    rules = [
        rule(901, "a", any_of=["GDS-001"]),
        rule(902, "a", any_of=["CMB-901"]),
        rule(903, "b", any_of=["GDS-001"], unless=["a"]),
    ]
    assert layers(rules)["CMB-903"] == 2


def test_a_rule_on_its_own_conclusion_is_circular() -> None:
    with pytest.raises(Circular) as caught:
        layers([rule(901, "a", any_of=["GDS-001"], unless=["a"])])
    assert caught.value.rules == ["CMB-901"]


def test_rules_that_stand_above_a_circle_are_not_blamed() -> None:
    rules = [rule(901, "a", any_of=["b"]), rule(902, "b", any_of=["a"]), rule(903, "c", any_of=["b"])]
    with pytest.raises(Circular) as caught:
        layers(rules)
    assert caught.value.rules == ["CMB-901", "CMB-902"]
