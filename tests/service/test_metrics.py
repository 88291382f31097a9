"""What Prometheus reads."""

from starlette.testclient import TestClient


def test_metrics_tell_of_requests_and_lists(client: TestClient) -> None:
    client.get("/rules")
    told = client.get("/metrics").text
    assert 'screening_requests_total{method="GET",route="/rules",status="200"}' in told
    assert "screening_list_entries{list=" in told
