"""How long a decision may take, and whose release takes two."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from screening.errors import InputError
from screening.store.casework.policy import read_work_policy

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
POLICY = read_work_policy()
OWN = """four_eyes: [review, hold]
confirmed_by: administer
hours_to_decide: {review: 8, hold: 2, escalated: 4}
days_suppressed: 90
"""


def test_a_hold_is_more_urgent_than_a_review() -> None:
    hold, review = (POLICY.deadline(decision, NOW) for decision in ("hold", "review"))
    assert hold and review and NOW < hold < review


def test_what_came_to_be_clear_has_no_haste() -> None:
    assert POLICY.deadline("clear", NOW) is None


def test_an_escalation_leaves_no_less_time() -> None:
    far = NOW + timedelta(days=90)
    assert POLICY.after_escalation(far, NOW) == far
    assert POLICY.after_escalation(NOW, NOW) == POLICY.after_escalation(None, NOW) > NOW


def test_a_site_brings_its_own(tmp_path: Path) -> None:
    own = tmp_path / "policy.yaml"
    own.write_text(OWN)
    policy = read_work_policy(own)
    assert policy.takes_two("review") and not POLICY.takes_two("review")
    assert policy.deadline("hold", NOW) == NOW + timedelta(hours=2)


def test_a_fault_is_told_with_its_line(tmp_path: Path) -> None:
    own = tmp_path / "policy.yaml"
    own.write_text(OWN.replace("hold: 2", "hold: soon"))
    with pytest.raises(InputError, match=r"policy.yaml:3: hours_to_decide.hold: soon"):
        read_work_policy(own)
