"""Rule files: what is read, and every fault with its line."""

from pathlib import Path
from typing import Any

import pytest

from screening.errors import InputError
from screening.ruleset.reading import read_folder, rule_files
from screening.ruleset.rule import MatchRule
from tests.ruleset.made_rules import clauses, combine_text, folder_of, match_text, only_rule, reading_of


def faults(path: Path, text: str) -> list[str]:
    return [str(fault).partition("-a-rule.yaml:")[2] for fault in reading_of(path, text).faults]


def test_a_sound_rule_has_no_fault(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, match_text(), combine_text())
    assert reading.faults == ()
    assert [rule.id for rule in reading.rules] == ["CMB-901", "GDS-901"]


def test_no_is_norway_and_an_hs_code_keeps_its_zero(tmp_path: Path) -> None:
    text = match_text(when=None) + (
        "when:\n  to: {field: consignee.country, in: [NO, KZ]}\n  horses: {field: goods.hs6, is: 010121}\n"
    )
    rule = only_rule(tmp_path, text).rule
    assert isinstance(rule, MatchRule)
    assert [clause.operand for clause in rule.clauses] == [("KZ", "NO"), "010121"]


def test_all_faults_of_a_file_are_told_at_once_with_their_lines(tmp_path: Path) -> None:
    when = {"a": {"field": "goods.hs", "is": "1"}, "b": {"field": "value.usd", "is": "x"}}
    text = match_text(title=None, severity="grave", weight=0, colour="red", when=when, condition="a and z")
    told = "\n".join(faults(tmp_path, text))
    for part in (
        "goods.hs: no such field; did you mean goods.hs6? [UnknownField]",
        "x is no number; write digits with a decimal point, such as 0.95 [TypeMismatch]",
        "z: no such clause [UnknownClause]",
        "title: is missing [MalformedRule]",
        "7: severity: grave: ",
        "8: weight: 0: ",
        "colour: no such key [MalformedRule]",
    ):
        assert part in told


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, match_text(weight=0), match_text(id="GDS-902", weight=101))
    assert [fault.where for fault in reading.faults] == ["gds-901-a-rule.yaml:9", "gds-902-a-rule.yaml:9"]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"kind": "regex"}, "kind is regex; it must be match, count, sequence, change or combine"),
        ({"kind": None}, "kind is missing; it must be match, count, sequence, change or combine"),
        ({"id": "GDS-1"}, "id: GDS-1"),
        ({"when": {}}, "`when` must name at least one clause"),
        ({"when": None}, "`when` must name at least one clause"),
        ({"when": "tier_1"}, "`when` must name at least one clause"),
        ({"condition": "tier_1 xor neighbour"}, "is no condition"),
        ({"condition": "tier_one"}, "tier_one: no such clause; did you mean tier_1?"),
        ({"condition": ["tier_1"]}, "condition: must be one value, not ['tier_1']"),
        ({"tests": "none"}, "tests: must be a list, not none"),
        ({"tests": ["none"]}, "tests.0: must be a mapping, not none"),
        ({"created": "21.11.2026"}, "created: 21.11.2026"),
        ({"titel": "Twice"}, "titel: no such key; did you mean title?"),
        ({"version": "one"}, "version: one"),
        ({"rationale": ""}, "rationale: "),
    ],
)
def test_a_fault_says_what_would_be_right(tmp_path: Path, changes: dict[str, Any], told: str) -> None:
    changes = {"id": "GDS-901", **changes}
    assert any(told in fault for fault in faults(tmp_path, match_text(**changes)))


@pytest.mark.parametrize("name", ["tier-1", "in", "Tier", "1st", "is", "from"])
def test_a_clause_has_a_name_that_a_condition_can_say(tmp_path: Path, name: str) -> None:
    text = match_text(**clauses(**{name: {"field": "goods.chpl_tier", "is": "1"}}))
    assert any(f"`{name}` can't name a clause" in fault for fault in faults(tmp_path, text))


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ({"unless": ["GDS-901"]}, "needs any_of or and"),
        ({"and": ["GDS-901"], "anyof": ["GDS-902"]}, "when.anyof: no such key; did you mean any_of?"),
        ({"and": "GDS-901"}, "when.and: must be a list, not GDS-901"),
    ],
)
def test_a_combination_names_its_members(tmp_path: Path, when: dict[str, Any], told: str) -> None:
    assert any(told in fault for fault in faults(tmp_path, combine_text(when=when)))


def test_a_repeated_key_is_a_fault_of_its_file(tmp_path: Path) -> None:
    (fault,) = reading_of(tmp_path, match_text() + "weight: 12\n").faults
    assert str(fault).endswith("yaml:15: names `weight` twice; keep one of them [MalformedRule]")


def test_an_anchor_is_a_fault_of_its_file(tmp_path: Path) -> None:
    (fault,) = reading_of(tmp_path, match_text(tags=None) + "tags: &t [a]\n").faults
    assert "anchor" in fault.what


@pytest.mark.parametrize(
    ("text", "told"),
    [("", "kind is missing"), ("- a\n- b\n", "is no rule"), ("just text\n", "is no rule")],
)
def test_a_file_that_holds_no_rule_is_a_fault(tmp_path: Path, text: str, told: str) -> None:
    (fault,) = read_folder(folder_of(tmp_path, {"gds-901.yaml": text})).faults
    assert fault.where == "gds-901.yaml:1" and told in fault.what


def test_a_list_in_a_tests_shipment_is_what_a_cell_would_say(tmp_path: Path) -> None:
    test = {"name": "by two countries", "expect": "hit", "shipment": {"transit_countries": ["TR", "RU"]}}
    rule = only_rule(tmp_path, match_text(tests=[test])).rule
    assert rule.tests[0].shipment == {"transit_countries": "TR;RU"}


def test_policy_red_flags_exceptions_and_hidden_files_are_no_rules(tmp_path: Path) -> None:
    files = {
        "policy.yaml": "",
        "red_flags.yaml": "",
        "exceptions/e.yaml": "",
        "goods/a.yaml": "",
        "goods/.a.yaml": "",
        "._b.yml": "",
        "b.yml": "",
    }
    folder = folder_of(tmp_path / "exceptions", files)
    assert [path.name for path in rule_files(folder)] == ["b.yml", "a.yaml"]


def test_what_is_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is no folder of rules"):
        read_folder(tmp_path / "gone")
