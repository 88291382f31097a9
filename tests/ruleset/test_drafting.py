"""A rule is drafted under the next free number of its family."""

from screening.ruleset.drafting import file_name, next_id


def test_the_next_number_follows_the_last_one() -> None:
    assert next_id("GDS", ["GDS-002", "GDS-010", "PTY-031"]) == "GDS-011"


def test_a_family_without_rules_begins_at_one() -> None:
    assert next_id("RTE", ["GDS-002"]) == "RTE-001"


def test_the_file_is_called_by_id_and_title() -> None:
    assert (
        file_name("PTY-031", "A firm's 2nd address: Baku") == "party/pty-031-a-firm-s-2nd-address-baku.yaml"
    )
