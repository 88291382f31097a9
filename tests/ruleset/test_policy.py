"""The policy and the red flags as files."""

import json
from pathlib import Path
from typing import Any

import pytest

from screening.errors import InputError
from screening.ruleset.loading import load_rules, read_policy, read_red_flags

SOUND: dict[str, Any] = {
    "review_at": 30,
    "hold_at": 70,
    "bands": {"low": [1, 9], "medium": [10, 29], "high": [30, 60], "critical": [70, 100]},
    "match_threshold": 0.85,
    "at_most": {"PTY-005": "review"},
}


def policy_file(path: Path, **changes: Any) -> Path:
    file = path / "policy.yaml"
    stated = {**SOUND, **changes}
    file.write_text("".join(f"{k}: {json.dumps(v)}\n" for k, v in stated.items() if v is not None))
    return file


def test_a_policy_is_read_with_its_numbers(tmp_path: Path) -> None:
    policy = read_policy(policy_file(tmp_path))
    assert (policy.review_at, policy.hold_at, policy.match_threshold) == (30, 70, 0.85)
    assert policy.at_most == {"PTY-005": "review"}


@pytest.mark.parametrize(
    ("changes", "line", "told"),
    [
        ({"hold_at": 30}, 1, "hold_at must be above review_at"),
        ({"review_at": 0}, 1, "review_at: 0: "),
        ({"hold_at": 101}, 2, "hold_at: 101: "),
        ({"bands": {"low": [1, 9]}}, 1, "bands must name low, medium, high and critical"),
        ({"match_threshold": 1.5}, 4, "match_threshold: 1.5: "),
        ({"at_most": {"PTY-005": "hold"}}, 5, "at_most.PTY-005: hold: "),
        ({"hold_att": 70}, 6, "hold_att: no such key; did you mean hold_at?"),
        ({"review_at": None}, 1, "review_at: is missing"),
    ],
)
def test_a_faulty_policy_is_told_with_its_line(
    tmp_path: Path, changes: dict[str, Any], line: int, told: str
) -> None:
    with pytest.raises(InputError) as caught:
        read_policy(policy_file(tmp_path, **changes))
    assert str(caught.value).startswith(f"policy.yaml:{line}: ")
    assert told in str(caught.value)


def test_the_bands_of_the_bundled_policy_are_apart_and_in_order() -> None:
    bands = sorted(load_rules().policy.bands.values())
    edges = [edge for band in bands for edge in band]
    assert edges == sorted(set(edges))


def test_the_bundled_red_flags_say_whether_they_were_read() -> None:
    assert {flag.verified for flag in load_rules().red_flags.values()} <= {"yes", "no"}


def test_a_red_flag_that_lacks_its_issuer_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "red_flags.yaml"
    path.write_text("- {id: a, issuer: i, date: d, reference: r, text: t, verified: no}\n- {id: b}\n")
    with pytest.raises(InputError, match=r"red_flags\.yaml:2: issuer: is missing"):
        read_red_flags(path)
