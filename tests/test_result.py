import json
from typing import Any

import pytest
from pydantic import ValidationError

from screening.result import MAX_RELATED, SCHEMA_VERSION, Evidence, Finding, Match, Screening

ALERT_KEYS = [
    "schema",
    "shipment_id",
    "line_number",
    "row",
    "file",
    "decision",
    "score",
    "score_parts",
    "findings",
    "matches",
    "not_evaluated",
    "would_clear",
    "shipment",
    "run",
]
FINDING_KEYS = [
    "rule",
    "title",
    "severity",
    "explanation",
    "red_flags",
    "evidence",
    "related_shipments",
    "related_total",
]
EVIDENCE_KEYS = ["clause", "field", "value", "text", "match", "source", "shipments"]
MATCH_KEYS = ["role", "name", "id", "matched_name", "watchlist", "score"]
NEEDED: dict[str, Any] = {
    "shipment_id": "S1",
    "row": 1,
    "file": "f.csv",
    "decision": "clear",
    "score": 0,
    "run": "r",
}


def test_the_record_has_every_key_of_the_contract() -> None:
    record = Screening(**NEEDED).record
    assert set(ALERT_KEYS) <= record.keys()
    assert record["schema"] == SCHEMA_VERSION


@pytest.mark.parametrize(
    ("model", "keys"), [(Finding, FINDING_KEYS), (Evidence, EVIDENCE_KEYS), (Match, MATCH_KEYS)]
)
def test_its_parts_have_every_key_of_the_contract(model: type[Any], keys: list[str]) -> None:
    assert set(keys) <= model.model_fields.keys()


def test_the_schema_names_every_key_of_the_record() -> None:
    schema = Screening.model_json_schema(by_alias=True, mode="serialization")
    assert schema["properties"].keys() == Screening(**NEEDED).record.keys()


@pytest.mark.parametrize("score", [-1, 101])
def test_a_score_lies_between_0_and_100(score: int) -> None:
    with pytest.raises(ValidationError):
        Screening(**(NEEDED | {"score": score}))


def test_a_decision_is_one_of_three() -> None:
    with pytest.raises(ValidationError):
        Screening(**(NEEDED | {"decision": "block"}))


def test_at_most_twenty_related_shipments_are_named() -> None:
    told: dict[str, Any] = {"rule": "GDS-001", "title": "t", "severity": "low", "explanation": "e"}
    told |= {"red_flags": (), "evidence": ()}
    assert len(Finding(**told, related_shipments=("S",) * MAX_RELATED).related_shipments) == MAX_RELATED
    with pytest.raises(ValidationError):
        Finding(**told, related_shipments=("S",) * (MAX_RELATED + 1))


def test_a_record_comes_back_as_it_went() -> None:
    result = Screening(**NEEDED, shipment={"consignee_name": "Ёлка", "hs_code": None})
    assert json.loads(json.dumps(result.record)) == result.record
