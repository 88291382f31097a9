"""Deliveries: written with what they tell of, taken once, tried again later and later, given up last."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from screening.store import deliveries, webhooks
from screening.store.casework.judgement import Judge, Person, Step
from screening.store.casework.policy import read_work_policy
from screening.store.casework.reasons import read_reasons
from screening.store.clock import utc_moment
from screening.store.database import Database
from screening.store.decisions import decide
from screening.store.deliveries import LEASE, MOST_ATTEMPTS, Delivery
from screening.store.refusals import ConflictError, UnknownError
from screening.store.schema import DELIVERIES
from screening.store.webhooks import EVENTS
from tests.databases import SteppingClock
from tests.store.records import post, screened

URL = "https://orders.example.com/hooks"
ADA = Person("key:ada", frozenset({"decide"}))


@pytest.fixture
def hook(database: Database) -> dict[str, Any]:
    return database.write(lambda tx: webhooks.subscribe(tx, URL, EVENTS, "key:root"))


def taken(database: Database, most: int = 10) -> list[Delivery]:
    return database.write(lambda tx: deliveries.take(tx, most))


def states(database: Database) -> list[tuple[str, str]]:
    with database.reading() as tx:
        rows = tx.connection.execute(select(DELIVERIES.c.event, DELIVERIES.c.state).order_by(DELIVERIES.c.id))
        return [(row.event, row.state) for row in rows]


def test_what_happens_to_an_alert_is_told(database: Database, hook: dict[str, Any]) -> None:
    (alert,) = post(database, screened("S1", "PTY-001"))
    post(database, screened("S1", "PTY-001", "RTE-001"))
    judge, step = Judge(read_work_policy(), read_reasons()), Step("comment", comment="seen")
    database.write(lambda tx: decide(tx, alert or 0, 2, step, ADA, judge))
    assert [event for event, _ in states(database)] == ["alert.opened", "alert.changed", "alert.changed"]


def test_a_message_names_rules_and_nobody(database: Database, hook: dict[str, Any]) -> None:
    post(database, screened("S1", "PTY-001", consignee_name="Ertis Line LLP"))
    (sent,) = taken(database)
    assert (sent.url, sent.secret, sent.attempts) == (URL, hook["secret"], 1)
    assert '"rules": ["PTY-001"]' in sent.body and "Ertis" not in sent.body


def test_nothing_is_told_of_what_did_not_happen(database: Database, hook: dict[str, Any]) -> None:
    post(database, screened("S1"))
    post(database, screened("S2", "PTY-001"))
    post(database, screened("S2", "PTY-001"))
    assert states(database) == [("alert.opened", "due")]


def test_only_what_is_wanted_is_told(database: Database) -> None:
    database.write(lambda tx: webhooks.subscribe(tx, URL, ["alert.changed"], "key:root"))
    post(database, screened("S1", "PTY-001"))
    assert states(database) == []


def test_a_delivery_is_taken_by_one_until_its_lease_is_over(
    database: Database, hook: dict[str, Any], clock: SteppingClock
) -> None:
    post(database, screened("S1", "PTY-001"))
    assert (len(taken(database)), taken(database)) == (1, [])
    clock.now += LEASE
    (again,) = taken(database)
    assert again.attempts == 2


def test_each_pause_is_longer_until_it_is_given_up(
    database: Database, hook: dict[str, Any], clock: SteppingClock
) -> None:
    post(database, screened("S1", "PTY-001"))
    pauses = []
    for _ in range(MOST_ATTEMPTS):
        (sent,) = taken(database)
        database.write(lambda tx, s=sent: deliveries.failed(tx, s, "status 503", between=max))  # type: ignore[misc]
        pauses.append(_pause(database))
        clock.now += timedelta(days=1)
    assert pauses[:-1] == sorted(set(pauses[:-1]))
    assert (states(database), taken(database)) == ([("alert.opened", "dead")], [])


def _pause(database: Database) -> float:
    with database.reading() as tx:
        due = tx.connection.execute(select(DELIVERIES.c.due_at)).scalar_one()
        return (utc_moment(due) - utc_moment(tx.at)).total_seconds()


def test_what_was_given_up_is_sent_again_by_hand(database: Database, hook: dict[str, Any]) -> None:
    post(database, screened("S1", "PTY-001"))
    (sent,) = taken(database)
    database.write(lambda tx: deliveries.failed(tx, sent, "status 410", final=True))
    with database.reading() as tx:
        (dead,) = deliveries.page_of_deliveries(tx, "dead").items
    assert (dead["answer"], dead["alert"]) == ("status 410", 1)
    database.write(lambda tx: deliveries.send_again(tx, sent.id, "key:root"))
    assert [one.attempts for one in taken(database)] == [1]
    with pytest.raises(ConflictError):
        database.write(lambda tx: deliveries.send_again(tx, sent.id, "key:root"))
    with pytest.raises(UnknownError):
        database.write(lambda tx: deliveries.send_again(tx, 99, "key:root"))


def test_an_answer_that_comes_after_the_lease_changes_nothing(
    database: Database, hook: dict[str, Any], clock: SteppingClock
) -> None:
    post(database, screened("S1", "PTY-001"))
    (late,) = taken(database)
    clock.now += LEASE
    (sent,) = taken(database)
    database.write(lambda tx: deliveries.failed(tx, late, "ReadTimeout", final=True))
    database.write(lambda tx: deliveries.arrived(tx, sent, "status 204"))
    assert states(database) == [("alert.opened", "done")]


def test_what_arrived_long_ago_is_forgotten(
    database: Database, hook: dict[str, Any], clock: SteppingClock
) -> None:
    for number in range(2):
        post(database, screened(f"S{number}", "PTY-001"))
        (sent,) = taken(database)
        database.write(lambda tx, s=sent: deliveries.arrived(tx, s, "status 200"))  # type: ignore[misc]
        clock.now += timedelta(days=31)
    assert len(states(database)) == 1


def test_an_ended_webhook_is_told_nothing(database: Database, hook: dict[str, Any]) -> None:
    post(database, screened("S1", "PTY-001"))
    ended = database.write(lambda tx: webhooks.end(tx, hook["id"], "key:root"))
    post(database, screened("S2", "PTY-001"))
    assert ended["ended_at"] and states(database) == [("alert.opened", "dead")]
    with pytest.raises(ConflictError):
        database.write(lambda tx: deliveries.send_again(tx, 1, "key:root"))


def test_deliveries_come_by_the_page(database: Database, hook: dict[str, Any]) -> None:
    post(database, *(screened(f"S{number}", "PTY-001") for number in range(3)))
    with database.reading() as tx:
        first = deliveries.page_of_deliveries(tx, limit=2)
        second = deliveries.page_of_deliveries(tx, limit=2, after=first.next)
    assert [one["id"] for one in (*first.items, *second.items)] == [3, 2, 1]
    assert second.next is None
