"""A person is forgotten: nothing in the store tells of them, and all that was decided still verifies."""

import datetime as dt
import json

import pytest
from sqlalchemy import insert, text

from screening import Screener
from screening.ruleset.exceptions import RuleException
from screening.store import forgetting, repeats, runs
from screening.store.audit import verify
from screening.store.database import Database
from screening.store.refusals import UnknownError
from screening.store.repeats import Answer, Asked
from screening.store.schema import (
    ALERT_PARTIES,
    ALERTS,
    AUDIT,
    DECISIONS,
    METADATA,
    SCREENINGS,
    SHIPMENTS,
    SUPPRESSIONS,
)
from screening.store.seals import new_salt
from screening.store.transaction import Writing
from tests.store.records import post, rows_of, screened

ASKED = Asked("key/orders", "k", "0" * 64)
PERSON, STREET, MAIL = "Ivan Petrov", "12 Elm Street", "ivan@example.org"


def settle(tx: Writing) -> None:
    row = {"subject": "party", "party": "PETROV, Ivan", "owner": "ada", "reason": "another one"}
    days = {"created": "2026-01-01", "expires": "2027-01-01", "salt": new_salt()}
    key = tx.connection.execute(
        insert(SUPPRESSIONS).values(**row, **days).returning(SUPPRESSIONS.c.id)
    ).scalar_one()
    tx.log("suppression.added", "ada", f"suppression/{key}", rows=[(SUPPRESSIONS, key)])
    repeats.claim(tx, ASKED)
    repeats.keep(tx, ASKED, Answer(200, '{"name": "Iv\\u0061n Petrov"}'))


@pytest.fixture
def store(database: Database) -> Database:
    """A store that knows two people."""
    post(
        database,
        screened("S1", "GDS-011", consignee_name=PERSON, consignee_country="KZ", consignee_address=STREET),
    )
    post(
        database,
        screened(
            "S1", "GDS-011", "PTY-001", consignee_name=PERSON, consignee_email=MAIL, end_user_name="Azu"
        ),
    )
    post(database, screened("S2", payer_name="PETROV Ivan", note="call ivan petrov at noon", more="kept"))
    post(database, screened("S3", "GDS-011", consignee_name="Ertis Line LLP", note="Petrovka street"))
    database.write(settle)
    return database


def everything(database: Database) -> str:
    with database.reading() as tx:
        tables = METADATA.sorted_tables
        return "\n".join(str(row) for table in tables for row in tx.connection.execute(table.select()))


def forget(database: Database, party: str = PERSON) -> int:
    return forgetting.forget_party(database, party, "ada")


def test_nothing_tells_of_a_forgotten_person(store: Database) -> None:
    assert forget(store) == 3
    left = everything(store).lower()
    for word in ("ivan", "petrov,", "petrov ivan", "elm street", "example.org"):
        assert word not in left, word
    assert "petrovka street" in left
    assert "ertis line" in left


def test_what_is_left_verifies(store: Database) -> None:
    forget(store)
    with store.reading() as tx:
        assert verify(tx).faults == []
    assert [entry.kind for entry in rows_of(store, AUDIT)][-2:] == ["erased", "erased"]


def test_what_was_found_and_decided_stays(store: Database) -> None:
    before = rows_of(store, ALERTS), [row[:6] for row in rows_of(store, DECISIONS)]
    forget(store)
    assert (rows_of(store, ALERTS), [row[:6] for row in rows_of(store, DECISIONS)]) == before
    record = json.loads(rows_of(store, SCREENINGS)[1].record)
    assert [finding["rule"] for finding in record["findings"]] == ["GDS-011", "PTY-001"]
    assert record["shipment"] == {"shipment_id": "S1", "end_user_name": "Azu"}


def test_the_others_on_the_shipment_stay(store: Database) -> None:
    forget(store)
    first, _, third, _ = (json.loads(row.content) for row in rows_of(store, SHIPMENTS))
    assert first == {"shipment_id": "S1", "consignee_country": "KZ"}
    assert third == {"shipment_id": "S2", "consignee_name": "Ertis Line LLP", "more": "kept"}
    assert [row.party for row in rows_of(store, ALERT_PARTIES)] == ["azu", "ertis line"]


def test_who_is_forgotten_already_is_found_nowhere(store: Database) -> None:
    forget(store)
    before = everything(store)
    assert (forget(store), everything(store)) == (0, before)


def test_what_was_settled_of_the_person_ends(store: Database) -> None:
    forget(store)
    (row,) = rows_of(store, SUPPRESSIONS)
    assert (row.party, row.ended_at is None) == (None, False)


def test_a_shipment_is_forgotten_wholly(store: Database) -> None:
    assert forgetting.forget_shipment(store, "S1", "ada") == 2
    assert [row.content is None for row in rows_of(store, SHIPMENTS)] == [True, True, False, False]
    assert [row.record is None for row in rows_of(store, SCREENINGS)] == [True, True, True, False]
    assert "Elm Street" not in everything(store)
    with store.reading() as tx:
        assert verify(tx).faults == []
    assert forgetting.forget_shipment(store, "S1", "ada") == 0


def test_an_erasure_that_is_not_logged_is_found(store: Database) -> None:
    with store.writing() as tx:
        tx.connection.execute(text("UPDATE shipments SET content = NULL WHERE id = 1"))
    with store.reading() as tx:
        assert [fault.where for fault in verify(tx).faults] == ["shipments/1"]


def test_runs_that_rested_on_what_was_settled_say_so(database: Database, screener: Screener) -> None:
    settled = RuleException(
        id="E1",
        rule="PTY-001",
        party="Petrov Ivan",
        owner="ada",
        reason="known",
        created=dt.date(2024, 1, 1),
        expires=dt.date(2030, 1, 1),
    )
    other = screener.excepting([settled])
    database.write(lambda tx: runs.keep(tx, other))
    forget(database)
    with database.reading() as tx:
        assert verify(tx).faults == []
        with pytest.raises(UnknownError, match=r"exceptions .* were erased"):
            runs.screener_of(tx, other.run)
