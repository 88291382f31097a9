"""The lint: one class a fault, each found in one spoilt rule, and none in a sound one."""

from pathlib import Path
from typing import Any

import pytest

from screening.resources import bundled
from screening.ruleset import faults
from screening.ruleset.faults import Fault
from screening.ruleset.lint import lint
from screening.ruleset.loading import read_policy, read_red_flags
from screening.ruleset.yaml_source import read_yaml
from tests.ruleset.made_rules import clauses, combine_text, folder_of, match_text, reading_of

POLICY = read_policy(bundled("rules") / "policy.yaml")
RED_FLAGS = read_red_flags(bundled("rules") / "red_flags.yaml")
LISTS = ("countries/transit", "goods/chpl")
SOUND = match_text()
KZ = {"field": "consignee.country", "in": ["KZ"]}
AZ = {"field": "consignee.country", "in": ["AZ"]}
TIER_1 = {"field": "goods.chpl_tier", "is": "1"}
HIT = {"name": "a", "expect": "hit", "shipment": {}}
CLEAR = {"name": "b", "expect": "clear", "shipment": {}}
MANY = {f"c{i}": {"field": "consignee.days_registered", "at_most": i} for i in range(32)}


def found(path: Path, *texts: str) -> list[Fault]:
    return lint(reading_of(path, *texts), POLICY, RED_FLAGS, LISTS)


def kinds(path: Path, *texts: str) -> set[type[Fault]]:
    return {type(fault) for fault in found(path, *texts)}


def test_sound_rules_have_no_fault(tmp_path: Path) -> None:
    assert found(tmp_path, SOUND, combine_text()) == []


SPOILT: list[tuple[type[Fault], dict[str, Any]]] = [
    (faults.MalformedRule, {"weight": "heavy"}),
    (faults.UnknownField, clauses(a={"field": "goods.hs", "is": "1"})),
    (faults.TypeMismatch, clauses(a={"field": "goods.hs6", "at_least": "1"})),
    (faults.MalformedCondition, {"condition": "tier_1 neighbour"}),
    (faults.UnknownClause, {"condition": "tier_1 and neighbor"}),
    (faults.UnusedClause, {"condition": "tier_1"}),
    (faults.UnknownList, clauses(a=TIER_1, b={"field": "consignee.country", "in_list": "countries/nowhere"})),
    (faults.UnknownPlaceholder, clauses(a=TIER_1 | {"say": "tier {goods.teir}"})),
    (faults.UnknownPlaceholder, clauses(a=TIER_1 | {"say": "tier {value"})),
    (faults.UnknownPlaceholder, clauses(a=TIER_1 | {"say": "tier {goods chpl_tier}"})),
    (faults.WeightOutOfBand, {"weight": 30}),
    (faults.NoHitTest, {"tests": [CLEAR]}),
    (faults.NoClearTest, {"tests": [HIT]}),
    (faults.RepeatedTest, {"tests": [HIT, CLEAR, CLEAR | {"expect": "not_evaluated"}]}),
    (faults.NoFalsePositive, {"false_positives": []}),
    (faults.NoFalsePositive, {"false_positives": ["Unknown."]}),
    (faults.NoFalsePositive, {"false_positives": ["An honest one.", "n/a"]}),
    (faults.UnknownRedFlag, {"red_flags": ["a3_transship_point"]}),
    (faults.NoRedFlag, {"red_flags": []}),
    (faults.NeverHolds, {"when": {"a": TIER_1, "b": KZ, "c": AZ}}),
    (faults.NeverHolds, {"condition": "tier_1 and neighbour and not tier_1"}),
    (
        faults.NeverHolds,
        clauses(a=TIER_1, b={"field": "shipment.date", "before": "2022-01-01"})
        | {"valid_from": "2022-02-24"},
    ),
    (faults.CountryOnly, clauses(a=KZ)),
    (faults.CountryOnly, {"condition": "neighbour or (tier_1 and neighbour)"}),
    (faults.NoReplacement, {"status": "deprecated", "reason": "Replaced."}),
    (faults.NoReplacement, {"replaced_by": "GDS-999"}),
    (faults.DatesOutOfOrder, {"valid_from": "2024-01-02", "valid_until": "2024-01-01"}),
    (faults.DatesOutOfOrder, {"created": "2026-11-22"}),
    (
        faults.Unwieldy,
        {"when": MANY, "condition": " and ".join(f"(c{i} or c{i + 1})" for i in range(0, 32, 2))},
    ),
]


@pytest.mark.parametrize(("kind", "changes"), SPOILT, ids=lambda of: getattr(of, "__name__", ""))
def test_each_fault_is_found_where_it_alone_is(
    tmp_path: Path, kind: type[Fault], changes: dict[str, Any]
) -> None:
    assert kinds(tmp_path, match_text(**changes)) == {kind}


SPOILT_FOLDERS: list[tuple[type[Fault], dict[str, str]]] = [
    (faults.RepeatedId, {"gds-901-a.yaml": SOUND, "gds-901-b.yaml": match_text(**clauses(a=TIER_1))}),
    (faults.FileNameMismatch, {"gds-902-a-rule.yaml": SOUND}),
    (faults.FileNameMismatch, {"gds-9011.yaml": SOUND}),
    (faults.SameRule, {"gds-901-a.yaml": SOUND, "gds-902-b.yaml": match_text(id="GDS-902")}),
    (faults.UnknownMember, {"cmb-901-a.yaml": combine_text()}),
    (
        faults.DeprecatedMember,
        {
            "cmb-901-a.yaml": combine_text(),
            "gds-901-a.yaml": match_text(status="deprecated", reason="Old.", replaced_by="GDS-902"),
            "gds-902-b.yaml": match_text(id="GDS-902"),
        },
    ),
    (
        faults.CircularConclusion,
        {
            "gds-901-a.yaml": SOUND,
            "cmb-901-a.yaml": combine_text(when={"and": ["GDS-901"], "unless": ["rerouted"]}),
        },
    ),
    (
        faults.NeverHolds,
        {
            "gds-901-a.yaml": SOUND,
            "cmb-901-a.yaml": combine_text(when={"and": ["GDS-901"], "unless": ["GDS-901"]}),
        },
    ),
]


@pytest.mark.parametrize(("kind", "files"), SPOILT_FOLDERS, ids=lambda of: getattr(of, "__name__", ""))
def test_each_fault_of_a_folder_is_found(tmp_path: Path, kind: type[Fault], files: dict[str, str]) -> None:
    folder_of(tmp_path, files)
    assert kinds(tmp_path) == {kind}


def test_every_class_of_fault_has_a_rule_that_has_it() -> None:
    shown = {kind for kind, _ in [*SPOILT, *SPOILT_FOLDERS]}
    elsewhere = {faults.UnknownRule, faults.MalformedTest, faults.MalformedPolicy, faults.RepeatedTerm}
    elsewhere |= {faults.DanglingRedFlag, faults.ChangedRule, faults.UnlockedRule, faults.VanishedRule}
    assert set(Fault.__subclasses__()) == shown | elsewhere


def test_a_policy_of_the_folders_own_may_limit_only_its_rules(tmp_path: Path) -> None:
    text = (bundled("rules") / "policy.yaml").read_text(encoding="utf-8")
    (tmp_path / "policy.yaml").write_text(text.partition("at_most:")[0] + "at_most:\n  GDS-902: review\n")
    source = read_yaml(tmp_path / "policy.yaml")
    policy = read_policy(tmp_path / "policy.yaml")
    (fault,) = lint(reading_of(tmp_path, SOUND), policy, RED_FLAGS, LISTS, source)
    assert isinstance(fault, faults.UnknownRule)
    assert fault.what == "GDS-902: no such rule; did you mean GDS-901?"


def test_faults_come_by_file_and_line_and_all_at_once(tmp_path: Path) -> None:
    spoilt = {"false_positives": [], "weight": 99, "red_flags": ["x"], "condition": "neighbour"}
    told = found(tmp_path, match_text(**spoilt), match_text(id="GDS-902", weight=99))
    places = [fault.where.removesuffix(".yaml").replace("-a-rule.yaml", "") for fault in told]
    lines = [(where.split(":")[0], int(where.split(":")[1])) for where in places]
    assert lines == sorted(lines) and len(lines) == 6


def test_a_fault_is_one_line_with_its_class(tmp_path: Path) -> None:
    (fault,) = found(tmp_path, match_text(weight=30))
    assert str(fault) == (
        "gds-901-a-rule.yaml:9: weight 30 is outside the band of medium, 10 to 29 [WeightOutOfBand]"
    )


@pytest.mark.parametrize(
    "twin",
    [
        {"when": {"near": {"field": "consignee.country", "in": ["AZ", "KZ"]}, "top": TIER_1}},
        {"condition": "not (not neighbour or not tier_1)"},
        {"condition": "neighbour and (tier_1 or (tier_1 and neighbour))"},
        {
            "when": {
                "not_near": {"field": "consignee.country", "not_in": ["KZ", "AZ"]},
                "top": {"field": "goods.chpl_tier", "in": ["1"]},
            },
            "condition": "top and not not_near",
        },
        {"weight": 15, "title": "Other words"},
    ],
)
def test_rules_that_say_the_same_in_other_words_are_found(tmp_path: Path, twin: dict[str, Any]) -> None:
    (fault,) = found(tmp_path, SOUND, match_text(id="GDS-902", **twin))
    assert fault.what == "GDS-902 says the same as GDS-901; keep one of them"


@pytest.mark.parametrize(
    "other",
    [
        {"when": {"tier_1": TIER_1, "neighbour": KZ}},
        {"condition": "tier_1 and not neighbour"},
        {"status": "deprecated", "reason": "Replaced.", "replaced_by": "GDS-901"},
    ],
)
def test_rules_that_differ_are_no_twins(tmp_path: Path, other: dict[str, Any]) -> None:
    assert found(tmp_path, SOUND, match_text(id="GDS-902", **other)) == []


def test_one_rule_may_take_over_where_another_ends(tmp_path: Path) -> None:
    first = match_text(valid_until="2023-12-31")
    second = match_text(id="GDS-902", valid_from="2024-01-01")
    assert found(tmp_path, first, second) == []
    assert kinds(tmp_path, first, match_text(id="GDS-902", valid_from="2023-12-31")) == {faults.SameRule}


def test_combinations_of_the_same_members_say_the_same(tmp_path: Path) -> None:
    one = combine_text(when={"and": ["GDS-901"]})
    other = combine_text(id="CMB-902", when={"any_of": ["GDS-901"]}, conclude="shifted")
    assert kinds(tmp_path, SOUND, one, other) == {faults.SameRule}


def test_several_rules_may_draw_one_conclusion(tmp_path: Path) -> None:
    second = match_text(id="GDS-902", **clauses(a=TIER_1))
    other = combine_text(id="CMB-902", when={"and": ["GDS-902"]})
    assert found(tmp_path, SOUND, second, combine_text(), other) == []


FACTS: list[dict[str, Any]] = [
    {"field": "consignee.registered_on", "after": "2022-02-24"},
    {"field": "consignee.days_registered", "below": "180"},
    {"field": "consignee.is_forwarder", "is": "true"},
    {"field": "goods.chpl_tier", "not_in": ["none"]},
    {"field": "goods.hs6", "in_list": "goods/chpl"},
    {"field": "route.discharge_elsewhere", "is": "true"},
    {"field": "end_user.key", "same_as": "consignee.key"},
]
NO_FACTS: list[dict[str, Any]] = [
    {"field": "payer.country", "differs_from": "consignee.country"},
    {"field": "route.transit_countries", "in": ["RU"]},
    {"field": "any_party.country", "in": ["RU"]},
    {"field": "route.destination_landlocked", "is": "true"},
    {"field": "shipment.date", "after": "2024-01-01"},
    {"field": "document.licence_number", "known": "false"},
    {"field": "consignee.is_bank", "is": "false"},
]


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact["field"])
def test_a_country_with_a_fact_besides_is_a_finding(tmp_path: Path, fact: dict[str, Any]) -> None:
    assert found(tmp_path, match_text(**clauses(there=KZ, fact=fact))) == []


@pytest.mark.parametrize("more", NO_FACTS, ids=lambda fact: fact["field"])
def test_a_country_with_nothing_but_countries_dates_and_blanks_is_none(
    tmp_path: Path, more: dict[str, Any]
) -> None:
    assert kinds(tmp_path, match_text(**clauses(there=KZ, more=more))) == {faults.CountryOnly}


@pytest.mark.parametrize("condition", ["there or forwarder", "there and (forwarder or not forwarder)"])
def test_a_fact_that_need_not_be_true_does_not_count(tmp_path: Path, condition: str) -> None:
    forwarder = {"field": "consignee.is_forwarder", "is": "true"}
    text = match_text(**clauses(there=KZ, forwarder=forwarder), condition=condition)
    assert faults.CountryOnly in kinds(tmp_path, text)


def test_what_could_not_be_read_does_not_make_others_look_faulty(tmp_path: Path) -> None:
    unread = match_text(weight="heavy")
    assert kinds(tmp_path, unread, combine_text()) == {faults.MalformedRule}
