"""No request, whatever is wrong with it, finds a fault in the service: it is told its own."""

import json

from tests.service.malformed import tried


def test_malformed_requests_are_told_what_is_wrong_with_them() -> None:
    answers = [answered for _, _, answered in tried(1_500)]
    assert {answered.status for answered in answers if answered.status >= 500} == set()
    refused = [answered for answered in answers if answered.status >= 400]
    assert len(refused) > 1_000
    assert all(json.loads(answered.body)["status"] == answered.status for answered in refused)
