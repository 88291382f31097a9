"""A change that no test of a rule notices is told, and the bundled rules leave none."""

from pathlib import Path
from typing import Any

import pytest

from screening.errors import RuleError
from screening.perturb import perturb
from screening.rule_tests import bundled_screener
from tests.ruleset.made_rules import combine_text, folder_of, match_text

KZ = {"hs_code": "854231", "consignee_country": "KZ"}


def unnoticed(path: Path, *texts: str) -> set[str]:
    found = perturb(bundled_screener(folder_of(path, texts)))
    return {change.change for change in found.unnoticed}


def hit(name: str, **shipment: Any) -> dict[str, Any]:
    return {"name": name, "expect": "hit", "shipment": KZ | shipment}


def clear(name: str, **shipment: Any) -> dict[str, Any]:
    return hit(name, **shipment) | {"expect": "clear"}


def test_no_change_of_a_bundled_rule_goes_unnoticed() -> None:
    assert perturb(bundled_screener()).unnoticed == ()


def test_a_clause_without_a_near_miss_is_told(tmp_path: Path) -> None:
    told = unnoticed(tmp_path, match_text(tests=[hit("chips"), clear("toys", hs_code="950300")]))
    assert {"when.neighbour dropped", "when.neighbour: in without AZ"} <= told


def test_near_misses_of_every_clause_leave_nothing(tmp_path: Path) -> None:
    tests = [hit("Kazakhstan"), hit("Azerbaijan", consignee_country="AZ")]
    tests += [clear("tier 2", hs_code="851762"), clear("Türkiye", consignee_country="TR")]
    assert unnoticed(tmp_path, match_text(tests=tests)) == set()


def test_a_member_of_a_combination_that_no_test_needs_is_told(tmp_path: Path) -> None:
    other = match_text(id="GDS-902", when={"any": {"field": "goods.hs6", "in": ["854231"]}})
    both = combine_text(when={"and": ["GDS-901", "GDS-902"]})
    assert "GDS-902 dropped" in unnoticed(tmp_path, match_text(), other, both)


def test_only_the_rules_asked_for_are_changed() -> None:
    found = perturb(bundled_screener(), ["GDS-001"])
    assert found.rules == 1 and 0 < found.changes < 50


def test_a_rule_that_is_not_there_is_refused() -> None:
    with pytest.raises(RuleError, match="GDS-999"):
        perturb(bundled_screener(), ["GDS-999"])
