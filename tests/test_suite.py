"""What `screening test` runs, by the folders that it is given."""

from pathlib import Path

import pytest

from screening.errors import InputError, RuleError, UsageError
from screening.resources import bundled
from screening.rule_tests import bundled_screener
from screening.suite import read_suite, run_suite
from tests.ruleset.made_rules import folder_of, match_text

TESTS = [{"name": "wrong", "expect": "clear", "shipment": {"hs_code": "854231", "consignee_country": "KZ"}}]


def scenario(folder: Path, decision: str) -> Path:
    folder.mkdir(parents=True)
    (folder / "expected.yaml").write_text(f"shipments:\n  S1: {{decision: {decision}}}\n")
    (folder / "shipments.csv").write_text("shipment_id,hs_code,consignee_country\nS1,854231,KZ\n")
    return folder


def test_without_a_path_all_that_is_bundled_is_run() -> None:
    suite = read_suite()
    assert len(suite.scenarios) >= 24
    assert suite.rules == (bundled("rules"),)


def test_a_path_is_a_scenario_a_folder_of_them_or_a_folder_of_rules(tmp_path: Path) -> None:
    one, several = scenario(tmp_path / "one", "clear"), tmp_path / "several"
    scenario(several / "a", "clear"), scenario(several / "deeper" / "b", "hold")
    rules = folder_of(tmp_path / "rules", [match_text()])
    suite = read_suite([one, several, rules, one])
    assert [found.name for found in suite.scenarios] == ["one", "a", "b"]
    assert suite.rules == (rules,)


def test_another_path_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing to run")
    for path, told in ((tmp_path, "neither a scenario nor a rule"), (tmp_path / "gone", "is no folder")):
        with pytest.raises(UsageError, match=told):
            read_suite([path])


def test_a_faulty_scenario_is_refused_before_anything_runs(tmp_path: Path) -> None:
    (scenario(tmp_path / "a", "clear") / "expected.yaml").write_text("shipments: {S1: {decision: no}}\n")
    with pytest.raises(InputError, match=r"expected\.yaml:1"):
        read_suite([tmp_path])


def test_the_tests_of_a_folder_of_rules_run_by_these_rules(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, [match_text(), match_text(id="GDS-902", condition="tier_1", tests=TESTS)])
    cases = list(run_suite(read_suite([folder])))
    assert [(case.group, case.name, case.passed) for case in cases] == [
        ("GDS-901", "tier 1 goods", True),
        ("GDS-901", "no listed goods", True),
        ("GDS-902", "wrong", False),
    ]


def test_rules_that_can_not_be_used_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="weight: 0"):
        list(run_suite(read_suite([folder_of(tmp_path, [match_text(weight=0)])])))


def test_scenarios_are_judged_by_the_rules_of_the_screener(tmp_path: Path) -> None:
    rules = folder_of(tmp_path / "rules", [match_text(weight=100, severity="critical")])
    suite = read_suite([scenario(tmp_path / "story", "hold")])
    (by_own,) = run_suite(suite, bundled_screener(rules))
    (by_bundled,) = run_suite(suite)
    assert (by_own.passed, by_bundled.passed) == (True, False)
