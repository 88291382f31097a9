"""Which published red flags the rules cover, on the screen and as JSON."""

import json

from tests.cli.conftest import Run


def test_every_distinct_red_flag_is_a_row_with_its_rules(run: Run) -> None:
    told = run("rules", "coverage").stdout
    assert "kyc_forwarder_final" in told and "PTY-016" in told
    assert "121 distinct red flags: 69 that shipments show" in told


def test_what_a_shipment_can_not_show_says_what_would(run: Run) -> None:
    flags = {flag["id"]: flag for flag in json.loads(run("rules", "coverage", "--json").stdout)}
    assert flags["q5_ais"]["needs"] == "position reports of ships"
    assert flags["kyc_forwarder_final"]["repeated_by"] and flags["q5_ais"]["rules"] == []
