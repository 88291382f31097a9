"""The tests that stand in the rules: every bundled one is a case of its own here."""

from pathlib import Path
from typing import Any

import pytest

from screening.rule_tests import RuleTestOutcome, bundled_screener, run_rule_tests
from screening.ruleset.about import Expectation
from screening.ruleset.loading import load_rules
from screening.watchlists.loading import bundled_parties
from tests.ruleset.made_rules import combine_text, count_text, folder_of, match_text

BUNDLED = [(rule.id, test.name) for rule in load_rules().rules if rule.active for test in rule.tests]
LISTED = {"hs_code": "854231", "consignee_country": "KZ"}


@pytest.fixture(scope="module")
def outcomes() -> dict[tuple[str, str], RuleTestOutcome]:
    """The outcomes of all bundled tests, run as they are run for a user: in one batch."""
    return {(outcome.rule, outcome.test): outcome for outcome in run_rule_tests(bundled_screener())}


@pytest.mark.parametrize(("rule", "name"), BUNDLED)
def test_a_rule_says_of_its_test_what_the_test_expects(
    outcomes: dict[tuple[str, str], RuleTestOutcome], rule: str, name: str
) -> None:
    assert outcomes[rule, name].failure == ""


def run(path: Path, *texts: str) -> list[RuleTestOutcome]:
    return run_rule_tests(bundled_screener(folder_of(path, texts)))


def one_test(expect: str, shipment: dict[str, Any]) -> dict[str, Any]:
    return {"tests": [{"name": "the only one", "expect": expect, "shipment": shipment}]}


@pytest.mark.parametrize(
    ("shipment", "got"),
    [
        (LISTED, "hit"),
        ({**LISTED, "hs_code": "950300"}, "clear"),
        ({**LISTED, "consignee_country": ""}, "not_evaluated"),
        ({**LISTED, "shipment_date": "2021-01-01"}, "clear"),
    ],
)
@pytest.mark.parametrize("expect", ["hit", "clear", "not_evaluated"])
def test_an_expectation_that_is_wrong_fails(
    tmp_path: Path, shipment: dict[str, Any], got: str, expect: str
) -> None:
    (outcome,) = run(tmp_path, match_text(**one_test(expect, shipment)))
    assert outcome.got is Expectation(got)
    assert outcome.passed is (expect == got) is (outcome.failure == "")


def test_a_failure_says_where_and_what_came_instead(tmp_path: Path) -> None:
    (outcome,) = run(tmp_path, match_text(**one_test("clear", LISTED)))
    assert outcome.failure == "gds-901-a-rule.yaml:14: GDS-901, the only one: expected clear, got hit"


def test_a_rule_is_judged_for_itself_whatever_others_say(tmp_path: Path) -> None:
    louder = match_text(id="GDS-902", when={"a": {"field": "goods.chpl_tier", "is": "1"}}, tests=None)
    (outcome,) = run(tmp_path, louder, match_text(**one_test("clear", {**LISTED, "consignee_country": "DE"})))
    assert outcome.passed


def story(*days: str, **more: str) -> list[dict[str, str]]:
    return [{**LISTED, "consignee_name": "Altyn", "shipment_date": day, **more} for day in days]


def told_over_time(
    expect: str, shipments: list[dict[str, str]], name: str = "the only one"
) -> dict[str, Any]:
    return {"name": name, "expect": expect, "shipments": shipments}


THREE = ("2024-03-01", "2024-03-05", "2024-03-09")


@pytest.mark.parametrize(
    ("shipments", "got"),
    [
        (story(*THREE), "hit"),
        (story(*THREE[:2]), "clear"),
        (story(*reversed(THREE)), "clear"),
        (story("2024-01-01", *THREE[1:]), "clear"),
        (story(*THREE, consignee_name=""), "not_evaluated"),
    ],
    ids=["three", "two", "the first is judged", "one is too old", "nobody"],
)
def test_a_rule_over_time_is_asked_about_the_last_shipment_of_a_story(
    tmp_path: Path, shipments: list[dict[str, str]], got: str
) -> None:
    (outcome,) = run(tmp_path, count_text(tests=[told_over_time(got, shipments)]))
    assert outcome.failure == ""


def test_no_story_sees_the_shipments_of_another(tmp_path: Path) -> None:
    tests = [told_over_time("clear", story(*THREE[:2]), name=f"story {n}") for n in range(3)]
    outcomes = run(tmp_path, count_text(tests=tests), match_text(**one_test("hit", LISTED)))
    assert all(outcome.passed for outcome in outcomes) and len(outcomes) == 4


def test_every_shipment_of_a_story_must_be_readable(tmp_path: Path) -> None:
    (outcome,) = run(tmp_path, count_text(tests=[told_over_time("clear", story("soon", *THREE))]))
    assert not outcome.passed and "shipment_date" in outcome.reason


def test_a_combination_is_tested_through_its_findings(tmp_path: Path) -> None:
    texts = [match_text(tests=None), combine_text(**one_test("hit", LISTED))]
    (outcome,) = run(tmp_path, *texts)
    assert (outcome.rule, outcome.passed) == ("CMB-901", True)


def test_a_shipment_that_can_not_be_read_fails_with_the_reason_and_alone(tmp_path: Path) -> None:
    tests = [
        {"name": "unreadable", "expect": "clear", "shipment": {"hs_code": "abc", "colour": "red"}},
        {"name": "readable", "expect": "hit", "shipment": LISTED},
    ]
    unreadable, readable = run(tmp_path, match_text(tests=tests))
    assert readable.passed and not unreadable.passed and unreadable.got is None
    assert "colour: no such column" in unreadable.reason and 'hs_code: "abc"' in unreadable.reason


def test_the_tests_of_a_deprecated_rule_are_not_run(tmp_path: Path) -> None:
    assert run(tmp_path, match_text(), match_text(id="GDS-902", status="deprecated"))[-1].rule == "GDS-901"


def test_rules_without_tests_have_no_outcome(tmp_path: Path) -> None:
    assert run(tmp_path, match_text(tests=None)) == []


def test_imported_lists_do_not_change_what_a_test_comes_to() -> None:
    lists = {name for snapshot in bundled_parties() for name in snapshot.watchlists}
    assert set(bundled_screener().parties.entries["watchlist"]) == lists
