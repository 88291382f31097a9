"""Which rules a file's columns switch off."""

import pytest

from screening.ruleset.coverage import RuleOff, rules_off
from screening.ruleset.rule import Rule
from tests import windows
from tests.rulebook import combine_rule, rule_set

WHOLE = frozenset(
    {"shipment_date", "exporter_name", "consignee_name", "country_of_destination", "net_weight_kg"}
)


def off(rule: Rule, *missing: str) -> dict[str, RuleOff]:
    return {told.rule: told for told in rules_off(rule_set(rule), WHOLE - set(missing))}


@pytest.mark.parametrize("rule", [windows.often(), windows.moved(), windows.grown()])
def test_a_file_that_has_what_a_rule_over_time_needs_leaves_it_on(rule: Rule) -> None:
    assert off(rule) == {}


@pytest.mark.parametrize(
    ("rule", "column"),
    [
        (windows.often(), "consignee_name"),
        (windows.often(), "shipment_date"),
        (windows.often(), "country_of_destination"),
        (windows.moved(), "exporter_name"),
        (windows.moved(), "country_of_destination"),
        (windows.grown(), "net_weight_kg"),
    ],
)
def test_a_rule_over_time_is_off_without_its_day_group_amount_or_clause(rule: Rule, column: str) -> None:
    (told,) = off(rule, column).values()
    assert told.wholly and column in told.missing


def test_a_clause_of_which_another_may_stand_in_leaves_a_rule_over_time_on_in_part() -> None:
    either = {"hub": windows.TO_HUB, "named": {"field": "end_user.name", "known": "true"}}
    told = off(windows.often(of=either, condition="hub or named"))["PAT-901"]
    assert not told.wholly and told.missing == ("end_user_name",)


def test_what_rests_on_a_rule_over_time_that_is_off_is_off_too() -> None:
    combined = combine_rule("CMB-901", "moved", {"and": ["PAT-902"]})
    told = list(rules_off(rule_set(windows.moved(), combined), WHOLE - {"exporter_name"}))
    assert [(rule.rule, rule.wholly) for rule in told] == [("PAT-902", True), ("CMB-901", True)]
