"""A folder of rules is sound, or all that is wrong with it is told at once."""

from pathlib import Path
from typing import Any

import pytest

from screening.errors import InputError
from screening.ruleset.faults import Fault, MalformedPolicy, MalformedRule, MalformedTest, UnknownRule
from screening.soundness import faults_in
from tests.ruleset.made_rules import folder_of, match_text

CLEAR = {"name": "quiet", "expect": "clear", "shipment": {}}


def only_fault(path: Path, files: dict[str, str]) -> Fault:
    (fault,) = faults_in(folder_of(path, files))
    return fault


def test_the_bundled_rules_are_sound() -> None:
    assert [str(fault) for fault in faults_in()] == []


@pytest.mark.parametrize(
    ("shipment", "told"),
    [
        ({"consignee_contry": "KZ"}, "consignee_contry: no such column; did you mean consignee_country?"),
        ({"hs_code": "85.42"}, 'hs_code: "85.42" has 4 digits'),
        ({"shipment_date": "13/25/2023"}, "shipment_date: "),
        ({"value": "1,200.50"}, "value: "),
        ({"consignee_country": "Wakanda"}, "consignee_country: "),
    ],
)
def test_a_test_with_a_shipment_that_can_not_be_read_is_a_fault(
    tmp_path: Path, shipment: dict[str, Any], told: str
) -> None:
    hit = {"name": "loud", "expect": "hit", "shipment": shipment}
    fault = only_fault(tmp_path, {"gds-901-a.yaml": match_text(tests=[CLEAR, hit])})
    assert isinstance(fault, MalformedTest)
    assert fault.what.startswith(told)
    assert fault.where == "gds-901-a.yaml:14"


def test_a_faulty_policy_does_not_hide_the_faults_of_the_rules(tmp_path: Path) -> None:
    files = {"policy.yaml": "review_at: 0\n", "gds-901-a.yaml": match_text(weight=0)}
    kinds = {type(fault) for fault in faults_in(folder_of(tmp_path, files))}
    assert kinds == {MalformedPolicy, MalformedRule}


def test_faulty_red_flags_are_a_fault(tmp_path: Path) -> None:
    fault = only_fault(tmp_path, {"red_flags.yaml": "- id: a\n", "gds-901-a.yaml": match_text()})
    assert isinstance(fault, MalformedPolicy) and fault.where == "red_flags.yaml:1"


def test_the_bundled_policy_may_limit_rules_that_a_site_does_not_have(tmp_path: Path) -> None:
    assert faults_in(folder_of(tmp_path, [match_text()])) == []


def test_a_sites_own_policy_may_not(tmp_path: Path) -> None:
    policy = (Path(__file__).parents[1] / "rules" / "policy.yaml").read_text(encoding="utf-8")
    fault = only_fault(tmp_path, {"policy.yaml": policy, "gds-901-a.yaml": match_text()})
    assert isinstance(fault, UnknownRule) and fault.where.startswith("policy.yaml:")


def test_a_folder_without_rules_is_not_sound(tmp_path: Path) -> None:
    assert "holds no rule" in only_fault(tmp_path, {}).what
    with pytest.raises(InputError, match="is no folder of rules"):
        faults_in(tmp_path / "gone")
