"""Folders of rules: refused whole with all faults, or used with their policy and red flags."""

from pathlib import Path
from typing import Any

import pytest

from screening.errors import InputError, RuleError
from screening.ruleset.loading import digest_of, load_rules, read_red_flags
from tests.ruleset.made_rules import combine_text, folder_of, match_text

IN_LIST = {"a": {"field": "consignee.country", "in_list": "countries/tranist"}}


def refusal(path: Path, *texts: str) -> list[str]:
    with pytest.raises(RuleError) as caught:
        load_rules(folder_of(path, texts))
    return caught.value.faults


def test_the_bundled_rules_are_in_the_order_of_their_ids() -> None:
    ids = [rule.id for rule in load_rules().rules]
    assert ids == sorted(ids) and len(ids) >= 25


def test_rules_without_a_policy_take_the_bundled_one(tmp_path: Path) -> None:
    assert load_rules(folder_of(tmp_path, [match_text()])).policy == load_rules().policy


def test_a_folder_without_rules_is_refused(tmp_path: Path) -> None:
    assert "holds no rule" in refusal(tmp_path)[0]


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        ([match_text(when=IN_LIST)], "countries/tranist: no such list; did you mean countries/transit?"),
        ([match_text(), combine_text(when={"and": ["GDS-910"]})], "GDS-910: no such rule or conclusion"),
        ([match_text(), combine_text(when={"and": ["GDS-901"], "unless": ["lawful"]})], "lawful: no such"),
        ([match_text(), combine_text(when={"and": ["rerouted"]})], "CMB-901 depend on one another"),
        ([match_text(condition="tier_1 and")], "is no condition"),
        ([match_text(), match_text(id="GDS-902", kind="count")], "within: is missing"),
    ],
)
def test_rules_that_can_not_be_used_are_refused(tmp_path: Path, texts: list[str], told: str) -> None:
    assert any(told in fault for fault in refusal(tmp_path, *texts))


def test_the_faults_of_all_files_are_refused_at_once(tmp_path: Path) -> None:
    texts = [
        match_text(when=IN_LIST),
        match_text(id="GDS-902", weight=0),
        match_text(id="GDS-903", version=0),
    ]
    assert [fault.partition("-a-rule")[0] for fault in refusal(tmp_path, *texts)] == [
        "gds-901",
        "gds-902",
        "gds-903",
    ]


def test_two_rules_of_one_id_are_refused_in_both_files(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, {"gds-901-a.yaml": match_text(), "gds-901-b.yaml": match_text()})
    with pytest.raises(RuleError) as caught:
        load_rules(folder)
    assert [fault.partition(" ")[0] for fault in caught.value.faults] == [
        "gds-901-a.yaml:1:",
        "gds-901-b.yaml:1:",
    ]


def test_a_circle_names_those_in_it_and_not_those_above_it(tmp_path: Path) -> None:
    one = combine_text(id="CMB-901", conclude="one", when={"and": ["two"]})
    two = combine_text(id="CMB-902", conclude="two", when={"and": ["one"]})
    above = combine_text(id="CMB-903", conclude="three", when={"and": ["one"]})
    told = refusal(tmp_path, one, two, above)
    assert [fault.partition("-a-rule")[0] for fault in told] == ["cmb-901", "cmb-902"]


@pytest.mark.parametrize("changes", [{"tests": None}, {"red_flags": None}, {"weight": 99}, {"tags": []}])
def test_bad_style_is_no_reason_to_refuse_a_rule(tmp_path: Path, changes: dict[str, Any]) -> None:
    assert load_rules(folder_of(tmp_path, [match_text(**changes)])).rules


def test_a_deprecated_rule_is_kept_and_not_judged(tmp_path: Path) -> None:
    texts = [match_text(), match_text(id="GDS-902", status="deprecated")]
    ruleset = load_rules(folder_of(tmp_path, texts))
    assert [rule.id for rule in ruleset.match_rules] == ["GDS-901"]
    assert ruleset.rule("gds-902").status == "deprecated"


def test_a_rule_that_is_asked_for_and_not_there_is_told_with_the_nearest() -> None:
    with pytest.raises(RuleError, match=r"pty-0001: no such rule; did you mean PTY-001\?"):
        load_rules().rule("pty-0001")


def test_the_digest_is_that_of_the_bytes_wherever_they_lie(tmp_path: Path) -> None:
    one = folder_of(tmp_path / "one", [match_text()])
    other = folder_of(tmp_path / "other", [match_text()])
    assert load_rules(one).digest == load_rules(other).digest
    changed = folder_of(tmp_path / "changed", [match_text(weight=11)])
    assert load_rules(one).digest != load_rules(changed).digest


def test_a_policy_is_part_of_the_digest(tmp_path: Path) -> None:
    (tmp_path / "policy.yaml").write_text("review_at: 20\n")
    first = digest_of([tmp_path / "policy.yaml"])
    (tmp_path / "policy.yaml").write_text("review_at: 21\n")
    assert digest_of([tmp_path / "policy.yaml"]) != first


def test_a_red_flag_stands_once(tmp_path: Path) -> None:
    flag = "{id: a, issuer: i, date: d, reference: r, text: t, verified: no}"
    path = tmp_path / "red_flags.yaml"
    path.write_text(f"- {flag}\n- {flag}\n")
    with pytest.raises(InputError, match=r"red_flags\.yaml:2: the red flag a stands twice"):
        read_red_flags(path)
