"""Suppressions: what they may settle, how long they hold, and that they follow an entry and no other."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from screening.ruleset.exceptions import Lane
from screening.ruleset.loading import load_rules
from screening.store import suppressions
from screening.store.casework.policy import read_work_policy
from screening.store.database import Database
from screening.store.refusals import ConflictError, UnfitError, UnknownError
from screening.store.suppressions import Ground, Suppression
from screening.watchlists.parties import PartyList
from screening.watchlists.preparation import prepared_parties

HEAD = "id,name,aliases,country,type,identifiers,listed_on\n"
ENTRY = "E-1,Silk Orient Trading,Silk Orient,KZ,organisation,KZ-123,2020-01-01\n"
LANE = Lane.model_validate({"from": "DE", "to": "KZ"})
Lists = Callable[..., PartyList]


@pytest.fixture
def lists(tmp_path: Path) -> Lists:
    def lists(*lines: str) -> PartyList:
        own = tmp_path / "own.csv"
        own.write_text(HEAD + "".join(lines))
        return prepared_parties([own], bundled=False)

    return lists


def settled(**told: Any) -> Suppression:
    about = {"reason": "another firm", "owner": "Ada", "expires": date(2026, 12, 31)}
    return Suppression(**{**about, **told})


def not_them(**told: Any) -> Suppression:
    return settled(**{"party": "Silk Orient Trading TOO", "entry": "own:E-1", **told})


def added(database: Database, asked: Suppression, parties: PartyList) -> dict[str, Any]:
    ground = Ground(load_rules(), parties, read_work_policy())
    return database.write(lambda tx: suppressions.add(tx, asked, ground, "key:ada"))


def in_force(database: Database, parties: PartyList) -> list[tuple[str, str | None]]:
    with database.reading() as tx:
        return [(one.id, one.entry) for one in suppressions.in_force(tx, parties)]


def test_a_suppression_is_what_a_screener_takes(database: Database, lists: Lists) -> None:
    told = added(database, not_them(), lists(ENTRY))
    assert (told["standing"], told["created"]) == ("in_force", "2026-11-21")
    assert in_force(database, lists(ENTRY)) == [("suppression/1", "own:E-1")]


def test_an_entry_is_followed_when_its_number_changes(database: Database, lists: Lists) -> None:
    added(database, not_them(), lists(ENTRY))
    renumbered = lists(ENTRY.replace("E-1", "E-77"))
    assert in_force(database, renumbered) == [("suppression/1", "own:E-77")]
    with database.reading() as tx:
        assert suppressions.shown(tx, 1, renumbered)["entry"] == "own:E-77"


@pytest.mark.parametrize(
    "line",
    [
        ENTRY.replace("E-1", "E-77").replace("2020", "2026"),
        ENTRY.replace("E-1", "E-77").replace("KZ-123", "KZ-999"),
        ENTRY.replace("E-1", "E-77") + ENTRY.replace("E-1", "E-78"),
        ENTRY.replace("Silk Orient,", "Silk Orient Trading TOO,"),
        ENTRY.replace("KZ-123", "KZ-123;KZ-999"),
        ENTRY.replace("organisation", "person"),
        "",
    ],
)
def test_who_else_is_meant_is_a_new_finding(database: Database, lists: Lists, line: str) -> None:
    added(database, not_them(), lists(ENTRY))
    others = lists(line or "E-5,Somebody,,KZ,person,,\n")
    assert in_force(database, others) == []
    with database.reading() as tx:
        assert suppressions.shown(tx, 1, others)["standing"] == "entry_changed"


def test_the_same_under_another_number_besides_is_not_covered(database: Database, lists: Lists) -> None:
    added(database, not_them(), lists(ENTRY))
    assert in_force(database, lists(ENTRY, ENTRY.replace("E-1", "E-2"))) == [("suppression/1", "own:E-1")]


def test_what_says_nothing_of_who_is_meant_may_change(database: Database, lists: Lists) -> None:
    added(database, not_them(), lists(ENTRY))
    assert in_force(database, lists(ENTRY.replace("2020", "2019"))) == [("suppression/1", "own:E-1")]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"entry": "own:E-9"}, "entry"),
        ({"expires": date(2026, 11, 20)}, "expires"),
        ({"expires": date(2030, 1, 1)}, "expires"),
        ({"entry": None, "rule": "GDS-999"}, "rule"),
        ({"entry": None, "rule": "PTY-001"}, "rule"),
        ({"entry": None, "party": None, "rule": "PTY-001", "lane": LANE}, "rule"),
        ({"entry": None, "rule": "CMB-003"}, "rule"),
    ],
)
def test_what_may_not_be_settled_is_told(
    database: Database, lists: Lists, told: dict[str, Any], field: str
) -> None:
    with pytest.raises(UnfitError) as refused:
        added(database, not_them(**told), lists(ENTRY))
    assert refused.value.field == field


def test_a_known_lane_silences_its_rule(database: Database, lists: Lists) -> None:
    assert added(database, settled(rule="RTE-001", lane=LANE), lists(ENTRY))["lane"]["to"] == "KZ"
    assert in_force(database, lists(ENTRY)) == [("suppression/1", None)]


def test_what_is_ended_hides_nothing_and_stays_to_be_seen(database: Database, lists: Lists) -> None:
    parties = lists(ENTRY)
    added(database, not_them(), parties)
    ended = database.write(lambda tx: suppressions.end(tx, 1, parties, "key:ben"))
    assert (ended["standing"], in_force(database, parties)) == ("ended", [])
    with pytest.raises(ConflictError):
        database.write(lambda tx: suppressions.end(tx, 1, parties, "key:ben"))
    with pytest.raises(UnknownError):
        database.write(lambda tx: suppressions.end(tx, 2, parties, "key:ben"))


def test_what_has_run_out_says_so(database: Database, lists: Lists) -> None:
    parties = lists(ENTRY)
    added(database, not_them(expires=date(2026, 11, 21)), parties)
    assert [one["standing"] for one in _listed(database, parties)] == ["in_force"]
    database.now.now = database.now.now.replace(day=23)  # type: ignore[attr-defined]
    assert [one["standing"] for one in _listed(database, parties)] == ["expired"]


def _listed(database: Database, parties: PartyList) -> list[dict[str, Any]]:
    with database.reading() as tx:
        return suppressions.listed(tx, parties)
