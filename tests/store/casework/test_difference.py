"""What a later screening says otherwise, and whether a release outlasts it."""

from typing import Any

import pytest

from screening.store.casework.difference import difference
from screening.store.casework.moves import STATES, State
from screening.store.casework.reopening import state_after

SHIPMENT = {"consignee_name": "Altyn TOO", "country_of_destination": "Kazakhstan"}
MATCH = {"role": "consignee", "name": "Altyn TOO", "id": "ofac:1", "matched_name": "ALTYN", "score": 0.9}
MATCH |= {"status": "in_force"}


def record(
    decision: str = "hold", score: int = 90, rules: tuple[str, ...] = ("PTY-001",), **more: Any
) -> dict[str, Any]:
    findings = [{"rule": rule, "title": f"about {rule}"} for rule in rules]
    parts = {"decision": decision, "score": score, "findings": findings, "shipment": SHIPMENT}
    return {**parts, "matches": [], "suppressed": [], **more}


def test_the_same_record_differs_in_nothing() -> None:
    same = difference(record(), record(row=7, run="another"))
    assert (same.told, same.something_came) == ({}, False)


def test_what_came_and_what_went_is_told() -> None:
    told = difference(record(score=90, rules=("PTY-001",)), record(score=70, rules=("RTE-001",))).told
    assert told["score"] == {"before": 90, "after": 70}
    assert [part["rule"] for part in told["findings"]["came"]] == ["RTE-001"]
    assert [part["rule"] for part in told["findings"]["went"]] == ["PTY-001"]


def test_a_match_whose_score_moves_is_the_same_match() -> None:
    assert not difference(record(matches=[MATCH]), record(matches=[{**MATCH, "score": 0.95}])).told


def test_a_shipment_that_came_to_be_clear_says_what_went() -> None:
    told = difference(record(), None).told
    assert told["decision"] == {"before": "hold", "after": "clear"}
    assert "shipment" not in told


def test_columns_that_were_corrected_are_told() -> None:
    corrected = record(shipment={"consignee_name": "Altyn LLP", "hs_code": "854231"})
    told = difference(record(), corrected).told["shipment"]
    assert told["consignee_name"] == {"before": "Altyn TOO", "after": "Altyn LLP"}
    assert set(told) == {"consignee_name", "country_of_destination", "hs_code"}


@pytest.mark.parametrize(
    "after",
    [record(rules=("PTY-001", "RTE-001")), record(matches=[MATCH])],
)
def test_a_release_falls_with_something_new(after: Any) -> None:
    assert state_after("released", difference(record(), after)) == "open"


def test_a_release_outlasts_a_suppression_of_what_was_found() -> None:
    found = difference(record(matches=[MATCH]), record(matches=[{**MATCH, "status": "mistaken"}]))
    assert found.told and state_after("released", found) == "released"


def test_a_release_falls_with_a_graver_decision() -> None:
    assert state_after("released", difference(record("review"), record("hold"))) == "open"


@pytest.mark.parametrize("after", [record(rules=()), record("review"), None])
def test_a_release_outlasts_what_went(after: Any) -> None:
    assert state_after("released", difference(record(), after)) == "released"


@pytest.mark.parametrize("state", [state for state in STATES if state != "released"])
def test_no_other_state_falls(state: State) -> None:
    assert state_after(state, difference(None, record())) == state
