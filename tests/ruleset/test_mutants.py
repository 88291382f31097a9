"""Every constant, clause and junction of a rule is changed once, and the change says what it is."""

from typing import Any

from screening.ruleset.mutants import mutants
from screening.ruleset.yaml_source import Tree

LISTED: dict[str, Tree] = {"field": "goods.chpl_tier", "in": ["1", "2"]}
YOUNG: dict[str, Tree] = {"field": "consignee.days_registered", "below": "180"}


def changes(**rule: Any) -> set[str]:
    return {mutant.change for mutant in mutants({"kind": "match", **rule})}


def test_a_date_moves_by_a_day_and_goes() -> None:
    moved = {f"valid_from: 2022-02-24 becomes 2022-02-{day}" for day in (23, 25)}
    assert changes(valid_from="2022-02-24") == {"valid_from dropped", *moved}


def test_a_number_moves_by_one_and_by_a_tenth() -> None:
    found = changes(when={"young": YOUNG})
    assert found - {"when.young negated"} == {
        f"when.young: below 180 becomes {n}" for n in (162, 179, 181, 198)
    }


def test_a_score_stays_a_score() -> None:
    found = changes(when={"alike": {"field": "consignee.match.score", "at_least": "0.95"}})
    assert found == {"when.alike negated", "when.alike: at_least 0.95 becomes 0.855"}


def test_members_go_and_the_tier_next_door_comes() -> None:
    told = {"in without 1", "in without 2", "in with 3.a"}
    assert changes(when={"listed": LISTED}) == {"when.listed negated", *(f"when.listed: {t}" for t in told)}


def test_every_clause_of_a_rule_without_a_condition_goes_once() -> None:
    found = changes(when={"listed": LISTED, "young": YOUNG})
    assert {"when.listed dropped", "when.young dropped", "and becomes or"} <= found


def test_a_condition_loses_each_name_and_each_word() -> None:
    found = changes(when={"a": LISTED, "b": YOUNG}, condition="a and not b")
    assert {"a dropped", "`not` before b dropped", "`(a) and (not (b))` joined by or"} <= found
    assert "when.a dropped" not in found


def test_days_of_a_window_move_by_one() -> None:
    assert changes(within="30d") == {"within: 30d becomes 29d", "within: 30d becomes 31d"}


def test_a_step_loses_what_it_asks_of_the_past() -> None:
    step: dict[str, Tree] = {"name": "starts", "where": {"listed": LISTED}, "starts": {"unseen_for": "180d"}}
    found = changes(steps=[step])
    assert "steps.0.starts dropped" in found
    assert "steps.0.starts.unseen_for: 180d becomes 179d" in found


def test_a_group_loses_each_of_its_fields() -> None:
    assert changes(group_by=["consignee.key"]) == set()
    assert changes(group_by=["consignee.key", "goods.hs6"]) == {
        "group_by without consignee.key",
        "group_by without goods.hs6",
    }


def test_members_of_a_combination_go_and_change_places() -> None:
    found = {m.change for m in mutants({"kind": "combine", "when": {"any_of": ["A", "B"], "unless": ["C"]}})}
    assert {"A dropped", "C dropped", "A moved from any_of to and", "C moved from unless to any_of"} <= found


def test_the_rule_itself_stays_as_it_is() -> None:
    rule: dict[str, Tree] = {"kind": "match", "when": {"listed": LISTED}}
    assert all(mutant.tree != rule for mutant in mutants(rule))
    assert rule == {"kind": "match", "when": {"listed": LISTED}}
