"""Keys by HTTP: shown once, and of no use once they are revoked."""

from starlette.testclient import TestClient


def test_a_key_is_shown_when_it_is_made_and_never_again(client: TestClient) -> None:
    made = client.post("/keys", json={"name": "orders", "scopes": ["screen"]}).json()
    assert made["key"].startswith(f"scr_{made['id']}_")
    assert "key" not in client.get("/keys").json()["items"][0]


def test_a_key_does_what_its_scope_says_and_nothing_else(client: TestClient) -> None:
    made = client.post("/keys", json={"name": "orders", "scopes": ["read"]}).json()
    headers = {"Authorization": f"Bearer {made['key']}"}
    assert client.get("/rules", headers=headers).status_code == 200
    assert client.get("/keys", headers=headers).status_code == 403


def test_a_key_without_a_name_is_a_problem_that_says_where(client: TestClient) -> None:
    answer = client.post("/keys", json={"name": "", "scopes": ["read"]})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/name"


def test_what_is_no_json_is_told_apart_from_what_makes_no_sense(client: TestClient) -> None:
    json = {"Content-Type": "application/json"}
    assert client.post("/keys", content=b'{"name": NaN}', headers=json).status_code == 400
    assert client.post("/keys", content=b"name=x").status_code == 415
    assert client.post("/keys", content=b"[]", headers=json).status_code == 422
