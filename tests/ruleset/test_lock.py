"""What a rule finds never changes under one version."""

from pathlib import Path

import pytest

from screening.errors import InputError
from screening.ruleset.faults import ChangedRule, UnlockedRule, VanishedRule
from screening.ruleset.lock import Locked, lock_faults, lock_text, locked, read_lock, renewed
from tests.ruleset.made_rules import match_text, only_rule


def told(path: Path, **changes: object) -> list[type]:
    """The faults of a rule with these changes under a lock of the sound one."""
    (path / "before").mkdir()
    (path / "after").mkdir()
    lock = renewed({}, [only_rule(path / "before", match_text())])
    after = only_rule(path / "after", match_text(**changes))
    return [type(fault) for fault in lock_faults(lock, [after])]


def test_a_rule_as_it_was_locked_is_sound(tmp_path: Path) -> None:
    assert told(tmp_path) == []


@pytest.mark.parametrize("changes", [{"weight": 11}, {"title": "Another"}, {"valid_from": "2024-01-01"}])
def test_another_finding_under_the_same_version_is_a_fault(
    tmp_path: Path, changes: dict[str, object]
) -> None:
    assert told(tmp_path, **changes) == [ChangedRule]


@pytest.mark.parametrize(
    "changes", [{"rationale": "Better said."}, {"updated": "2026-12-01"}, {"tags": ["a"]}]
)
def test_reasons_and_days_may_change(tmp_path: Path, changes: dict[str, object]) -> None:
    assert told(tmp_path, **changes) == []


def test_a_new_version_wants_to_be_locked(tmp_path: Path) -> None:
    assert told(tmp_path, weight=11, version=2) == [UnlockedRule]


def test_a_version_never_goes_back(tmp_path: Path) -> None:
    file = only_rule(tmp_path, match_text())
    (fault,) = lock_faults({"GDS-901": Locked(2, locked(file).digest)}, [file])
    assert isinstance(fault, ChangedRule) and "behind the locked version 2" in fault.what


def test_a_rule_that_is_gone_keeps_its_id(tmp_path: Path) -> None:
    file = only_rule(tmp_path, match_text())
    lock = {"GDS-900": Locked(1, "0" * 64)}
    assert renewed(lock, [file]).keys() == {"GDS-900", "GDS-901"}
    (fault,) = lock_faults(renewed(lock, [file]), [file])
    assert isinstance(fault, VanishedRule)


def test_a_lock_is_read_as_it_was_written(tmp_path: Path) -> None:
    lock = {"GDS-902": Locked(3, "b" * 64), "GDS-901": Locked(1, "a" * 64)}
    (tmp_path / "rules.lock").write_text(lock_text(lock), encoding="utf-8")
    assert read_lock(tmp_path / "rules.lock") == lock


@pytest.mark.parametrize("line", ["GDS-901 one abc", "GDS-901 1", "GDS-901 1 abc\nGDS-901 2 abc"])
def test_a_line_that_locks_nothing_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "rules.lock").write_text(line, encoding="utf-8")
    with pytest.raises(InputError, match=r"rules\.lock:"):
        read_lock(tmp_path / "rules.lock")
