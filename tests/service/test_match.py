"""Parties are looked up without a shipment, and a client written for yente can read the answer."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from screening import Screener
from screening.service.entities import Asked
from screening.service.running import Service
from tests.service.conftest import KEY

AZU = {"schema": "Company", "properties": {"name": ["Azu International Ltd Sti"], "country": ["tr"]}}


@pytest.fixture
def screener(client: TestClient) -> Screener:
    service: Service = client.app.state.service  # type: ignore[attr-defined]
    return service.screeners.current


def found(client: TestClient, *queries: dict[str, Any], dataset: str = "default", **asked: Any) -> list[Any]:
    body = {"queries": {f"q{n}": query for n, query in enumerate(queries)}}
    answer = client.post(f"/match/{dataset}", json=body, params=asked)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert list(told["responses"]) == list(body["queries"])
    assert answer.headers["x-batch-size"] == str(len(queries))
    return [told["responses"][name]["results"] for name in body["queries"]]


def test_a_party_may_be_asked_about_with_blanks_and_whole_numbers_with_a_point(client: TestClient) -> None:
    asked = {"name": "Azu International", "birth_date": "", "identifiers": ["\x00"], "limit": 1.0}
    answer = client.post("/party", json=asked)
    assert (answer.status_code, len(answer.json()["matches"])) == (200, 1)


def test_an_entity_is_found_as_the_library_finds_it(client: TestClient, screener: Screener) -> None:
    (best, *_), nobody = found(client, AZU, {"schema": "Person", "properties": {"name": "Qwx Yzzk"}})
    (match, *_) = screener.match("Azu International Ltd Sti", country="TR")
    assert (best["id"], best["score"], best["match"]) == (match.id, match.score, True)
    assert best["datasets"] == [match.watchlist] and best["properties"]["name"]
    assert nobody == []


def test_what_every_result_of_yente_has_is_there(client: TestClient) -> None:
    body = {"queries": {"mine": AZU}, "weights": {}}
    told = client.post("/match/default?algorithm=logic-v1&limit=3", json=body).json()
    entity = told["responses"]["mine"]["results"][0]
    assert {"id", "caption", "schema", "properties", "datasets", "referents", "target"} <= entity.keys()
    assert sum(entity["features"].values()) == pytest.approx(entity["score"], abs=1e-3)
    assert told["limit"] == 3 and told["matcher"].keys() >= entity["features"].keys()
    query = told["responses"]["mine"]["query"]
    assert (query["schema"], query["properties"]) == (AZU["schema"], AZU["properties"])
    assert told["responses"]["mine"]["total"]["relation"] == "eq"


def test_the_best_of_several_names_counts(client: TestClient) -> None:
    several = {"properties": {"alias": ["Qwx Yzzk"], "name": ["Azu International Ltd Sti"]}}
    alone = {"properties": {"name": ["Azu International Ltd Sti"]}}
    both, one = found(client, several, alone)
    assert both[0] == one[0]


def test_lists_schemas_and_entities_are_left_out(client: TestClient) -> None:
    ((best, *_),) = found(client, AZU)
    list_of, schema = best["datasets"][0], best["schema"]
    assert found(client, AZU, dataset=list_of)[0][0] == best
    for asked in (
        {"exclude_dataset": list_of},
        {"exclude_schema": schema},
        {"exclude_entity_ids": best["id"]},
        {"exclude_entity_ids": best["referents"][0]},
    ):
        assert best["id"] not in [result["id"] for result in found(client, AZU, **asked)[0]]


def test_a_data_set_that_is_not_there_is_none(client: TestClient) -> None:
    assert client.post("/match/moon", json={"queries": {"q": AZU}}).status_code == 404


@pytest.mark.parametrize(
    "body", [{}, {"queries": {}}, {"queries": {"q": AZU}, "weights": {"name": 1}}, {"queries": {"q": 3}}]
)
def test_what_asks_nothing_or_for_other_weights_is_refused(client: TestClient, body: Any) -> None:
    assert client.post("/match/default", json=body).status_code == 422


def test_a_name_may_stand_in_parts() -> None:
    asked = Asked.of("Person", {"firstName": ["Ada"], "lastName": ["Lovelace"], "birthDate": ["1815", "?"]})
    assert (asked.names, asked.type, asked.birth_dates) == (("Ada Lovelace",), "person", ("1815",))


def test_one_party_is_looked_up_without_a_shipment(client: TestClient, screener: Screener) -> None:
    told = client.post("/party", json={"name": "Azu International Ltd Sti", "country": "TR"}).json()
    expected = screener.match("Azu International Ltd Sti", country="TR")
    assert told["matches"] == [match.model_dump() for match in expected]
    assert client.post("/party", json={"name": "x", "birth_date": "never"}).status_code == 422


def test_a_key_may_be_shown_as_clients_of_yente_show_it(stranger: TestClient) -> None:
    shown = {"Authorization": f"ApiKey {KEY}"}
    assert stranger.post("/match/default", json={"queries": {"q": AZU}}, headers=shown).status_code == 200
