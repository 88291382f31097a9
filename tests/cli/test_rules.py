"""The rules as they are shown, and the lint as a build would use it."""

import shutil
from pathlib import Path

import pytest

from screening.cli.checklist import print_rule
from screening.cli.printing import results
from screening.fields import FIELDS
from screening.resources import bundled
from screening.ruleset.loading import load_rules
from tests.cli.conftest import Run
from tests.ruleset.made_rules import count_text, folder_of


def test_every_rule_is_listed(run: Run) -> None:
    told = run("rules", "list").stdout
    for rule in load_rules().rules:
        assert rule.id in told


def test_a_rule_is_shown_as_a_checklist(run: Run) -> None:
    told = run("rules", "show", "gds-004").stdout
    for part in (
        "GDS-004 Description names goods",
        "[ ] transit_country: destination.country in list countries/transit",
        "fires when: mismatch and transit_country",
        "When it is wrong",
        "Published red flags",
        "- hit: toys that are FPGA go to Kazakhstan",
    ):
        assert part in told


ALTYN = {"consignee_name": "Altyn"}
STORY = [{**ALTYN, "shipment_date": "2024-03-01"}, {**ALTYN, "shipment_date": "2024-03-05"}]


def test_a_rule_over_time_is_shown_with_its_terms_and_stories(run: Run) -> None:
    folder_of(Path("rules"), [count_text(tests=[{"name": "two", "expect": "clear", "shipments": STORY}])])
    told = run("rules", "show", "PAT-901", "--rules", "rules").stdout
    for part in (
        "[ ] tier_1: goods.chpl_tier is 1",
        "counts rows with: tier_1 and neighbour",
        "by consignee.key",
        "at least 3 such shipments within 30 days",
        "two (all consignee_name: Altyn; shipment_date: 2024-03-01; then shipment_date: 2024-03-05)",
    ):
        assert part in told


def test_a_rule_over_findings_names_its_members(run: Run) -> None:
    told = run("rules", "show", "CMB-005").stdout
    assert "[ ] buyer_without_a_past, from CMB-002 Young buyer without papers" in told
    assert "concludes: front_company" in told


def test_every_bundled_rule_can_be_shown(capsys: pytest.CaptureFixture[str]) -> None:
    ruleset = load_rules()
    for rule in ruleset.rules:
        print_rule(results(), rule, ruleset)
        told = capsys.readouterr().out
        assert all(part in told for part in (rule.id, rule.title, rule.rationale, *rule.false_positives))


def test_a_rule_that_is_not_there_is_one_line(run: Run) -> None:
    result = run("rules", "show", "GDS-999")
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)


def test_the_bundled_rules_are_sound(run: Run) -> None:
    result = run("rules", "lint")
    assert result.exit_code == 0
    assert result.stdout == f"{len(load_rules().rules)} rules, no fault\n"


def test_a_faulty_rule_is_exit_status_1_with_a_line_a_fault(run: Run) -> None:
    shutil.copytree(bundled("rules"), "rules")
    path = next(Path("rules/goods").glob("gds-004*"))
    path.write_text(
        path.read_text("utf-8").replace("field: destination.country", "field: destination.contry")
    )
    result = run("rules", "lint", "rules")
    assert result.exit_code == 1
    assert "did you mean destination.country?" in result.stdout


def test_a_folder_that_is_not_there_is_exit_status_2(run: Run) -> None:
    assert run("rules", "lint", "nothing").exit_code == 2


def test_the_catalogue_has_every_field(run: Run) -> None:
    told = run("rules", "fields").stdout
    for name in FIELDS:
        assert name in told
    assert "none stated" in told and "goods_description + hs_code" in told
