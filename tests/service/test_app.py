"""What holds of every request, whatever its route."""

from starlette.testclient import TestClient


def test_health_needs_no_key(stranger: TestClient) -> None:
    assert stranger.get("/healthz").json() == {"status": "ok"}


def test_everything_else_needs_a_key_whether_it_exists_or_not(stranger: TestClient) -> None:
    answer = stranger.get("/nowhere")
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"


def test_an_address_that_is_none_is_a_problem_of_its_own(client: TestClient) -> None:
    answer = client.get("/nowhere")
    assert answer.status_code == answer.json()["status"] == 404
