"""Decisions: each upon what was seen, kept in order, one of many at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from screening.store.alerts import alert_in_full, standing_of
from screening.store.casework.judgement import Judge, Person, Step
from screening.store.casework.policy import read_work_policy
from screening.store.casework.reasons import read_reasons
from screening.store.database import Database
from screening.store.decisions import decide
from screening.store.refusals import ConflictError, ForbiddenError, Refusal, UnknownError
from tests.store.records import post, screened

JUDGE = Judge(read_work_policy(), read_reasons())
ADA, BEN = (Person(f"key:{name}", frozenset({"decide"})) for name in ("ada", "ben"))
RELEASE = Step("release", "other_type", "a ship, not a firm")
Deciding = Callable[..., dict[str, Any]]


@pytest.fixture
def alert(database: Database) -> int:
    (number,) = post(database, screened("S1", "PTY-001", "RTE-001"))
    assert number
    return number


@pytest.fixture
def decided(database: Database, alert: int) -> Deciding:
    """Decides on the alert as it stands, or as it stood."""

    def decided(step: Step, by: Person = ADA, version: int | None = None) -> dict[str, Any]:
        with database.reading() as tx:
            seen = version or standing_of(tx, alert)["version"]
        return database.write(lambda tx: decide(tx, alert, seen, step, by, JUDGE))

    return decided


def in_full(database: Database, alert: int) -> dict[str, Any]:
    with database.reading() as tx:
        return alert_in_full(tx, alert)


def test_a_release_takes_two(decided: Deciding) -> None:
    proposed = decided(RELEASE)
    assert (proposed["state"], proposed["release_proposed"]) == ("open", True)
    with pytest.raises(ForbiddenError):
        decided(RELEASE)
    released = decided(RELEASE, BEN)
    assert (released["state"], released["release_proposed"], released["deadline"]) == (
        "released",
        False,
        None,
    )


def test_a_refused_release_may_be_proposed_anew(decided: Deciding) -> None:
    decided(RELEASE)
    assert not decided(Step("refuse", "more_needed"), BEN)["release_proposed"]
    assert decided(RELEASE, BEN)["release_proposed"]
    assert decided(RELEASE)["state"] == "released"


def test_everything_is_kept_in_order(database: Database, alert: int, decided: Deciding) -> None:
    for step in (Step("assign", assignee="ada"), Step("review"), Step("comment", comment="asked the bank")):
        decided(step)
    told = in_full(database, alert)
    assert [(d["number"], d["action"]) for d in told["decisions"]] == [
        (2, "assign"),
        (3, "review"),
        (4, "comment"),
    ]
    assert (told["assignee"], told["state"], told["version"]) == ("ada", "in_review", 4)
    assert told["decisions"][2]["comment"] == "asked the bank"


def test_who_looked_at_an_old_version_is_shown_the_new_one(decided: Deciding) -> None:
    decided(Step("escalate", "needs_counsel"))
    with pytest.raises(ConflictError) as told:
        decided(Step("comment", comment="late"), BEN, version=1)
    assert (told.value.current["state"], told.value.current["version"]) == ("escalated", 2)


def test_a_state_that_does_not_allow_it_is_shown(decided: Deciding) -> None:
    decided(Step("block", "embargoed"))
    with pytest.raises(ConflictError) as told:
        decided(RELEASE)
    assert told.value.current["actions"] == ["comment", "reopen"]


def test_what_is_opened_again_has_time_again(decided: Deciding) -> None:
    decided(Step("block", "embargoed"))
    assert decided(Step("reopen", "new_facts"))["deadline"] > "2026-11-22"


def test_there_is_nothing_to_decide_on_what_is_not_there(database: Database) -> None:
    with pytest.raises(UnknownError):
        database.write(lambda tx: decide(tx, 99, 1, RELEASE, ADA, JUDGE))


def test_of_many_at_once_one_wins(database: Database, alert: int) -> None:
    def one(number: int) -> str:
        step, by = Step("comment", comment=f"mine: {number}"), Person(f"key:{number}", frozenset({"decide"}))
        try:
            database.write(lambda tx: decide(tx, alert, 1, step, by, JUDGE))
        except Refusal as refusal:
            return type(refusal).__name__
        return "won"

    with ThreadPoolExecutor(16) as people:
        told = list(people.map(one, range(200)))
    assert (told.count("won"), told.count("ConflictError")) == (1, 199)
    assert len(in_full(database, alert)["decisions"]) == 1
