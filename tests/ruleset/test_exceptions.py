"""A site's suppressions as files."""

import json
from pathlib import Path
from typing import Any

import pytest

from screening.errors import InputError
from screening.ruleset.loading import read_exceptions

SOUND: dict[str, Any] = {
    "id": "known-buyer",
    "rule": "PTY-016",
    "party": "Ertis Cargo LLP",
    "owner": "compliance",
    "reason": "visited",
    "created": "2026-01-01",
    "expires": "2026-12-31",
}
LANE = {"from": "NO", "to": "KZ", "hs6": "010121"}


def folder_with(path: Path, *changes: dict[str, Any]) -> Path:
    for i, change in enumerate(changes):
        stated = {k: v for k, v in {**SOUND, **change}.items() if v is not None}
        (path / f"{i}.yaml").write_text("".join(f"{k}: {json.dumps(v)}\n" for k, v in stated.items()))
    return path


def test_an_exception_names_a_party(tmp_path: Path) -> None:
    (found,) = read_exceptions(folder_with(tmp_path, {}))
    assert (found.rule, found.party, found.lane) == ("PTY-016", "Ertis Cargo LLP", None)


def test_an_exception_names_a_lane_from_norway(tmp_path: Path) -> None:
    (tmp_path / "lane.yaml").write_text(
        "{id: a, rule: GDS-009, lane: {from: NO, to: KZ, hs6: 010121}, owner: o, reason: r, "
        "created: 2026-01-01, expires: 2026-01-01}\n"
    )
    (found,) = read_exceptions(tmp_path)
    assert found.lane is not None
    assert (found.lane.origin, found.lane.to, found.lane.hs6) == ("NO", "KZ", "010121")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"party": None}, "names a party or a lane, one of them"),
        ({"lane": LANE}, "names a party or a lane, one of them"),
        ({"expires": "2025-12-31"}, "expires before it was created"),
        ({"expires": None}, "expires: is missing"),
        ({"owner": ""}, "owner: "),
        ({"rule": "all"}, "rule: all: "),
        ({"ruel": "PTY-016"}, "ruel: no such key; did you mean rule?"),
        ({"party": None, "lane": {"from": "NO"}}, "lane.to: is missing"),
    ],
)
def test_a_faulty_exception_is_refused(tmp_path: Path, change: dict[str, Any], told: str) -> None:
    with pytest.raises(InputError) as caught:
        read_exceptions(folder_with(tmp_path, change))
    assert str(caught.value).startswith("0.yaml:") and told in str(caught.value)


def test_exceptions_come_in_the_order_of_their_ids(tmp_path: Path) -> None:
    found = read_exceptions(folder_with(tmp_path, {"id": "b"}, {"id": "a"}))
    assert [exception.id for exception in found] == ["a", "b"]


def test_two_exceptions_of_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="two exceptions have the id known-buyer"):
        read_exceptions(folder_with(tmp_path, {}, {}))


def test_a_folder_without_exceptions_has_none(tmp_path: Path) -> None:
    assert read_exceptions(tmp_path) == ()
    with pytest.raises(InputError, match="is no folder of exceptions"):
        read_exceptions(tmp_path / "gone")
