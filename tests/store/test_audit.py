"""The log and the rows that it vouches for: nothing is changed, added or taken away without being found."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Integer, LargeBinary, text

from screening.store import keys
from screening.store.audit import Link, Verification, entries, verify
from screening.store.chain import Entry
from screening.store.database import Database
from screening.store.schema import AUDIT, SEALED
from tests.store.records import post, rows_of, screened


@pytest.fixture
def store(database: Database) -> Database:
    """A store in which something happened."""
    post(database, *(screened(f"S{n}", *["GDS-011"][: n % 2]) for n in range(4)))
    post(database, screened("S1", "GDS-011", "PTY-001", consignee_name="Azu"))
    key = database.write(lambda tx: keys.create(tx, "orders", ["screen"], "ada")).key
    database.write(lambda tx: keys.revoke(tx, key.id, "ada"))
    post(database, screened("S3"))
    return database


def verified(database: Database, noted: Link | None = None) -> Verification:
    with database.reading() as tx:
        return verify(tx, noted)


def found(database: Database) -> list[str]:
    return [f"{fault.where} {fault.what}" for fault in verified(database).faults]


def meddle(database: Database, *statements: str) -> None:
    with database.writing() as tx:
        for statement in statements:
            tx.connection.execute(text(statement))


def test_an_untouched_store_has_no_faults(store: Database) -> None:
    assert (found(store), verified(store).head.number, verified(store).rows) == ([], 8, 17)


def test_a_new_store_has_no_faults(database: Database) -> None:
    assert (found(database), verified(database).head.number) == ([], 0)


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("UPDATE audit SET actor = 'eve' WHERE number = 3", "audit/3 is not the entry"),
        ("UPDATE audit SET body = '{}' WHERE number = 2", "audit/2 is not the entry"),
        ("UPDATE audit SET body = 'no json' WHERE number = 2", "audit/2 is not the entry"),
        ("UPDATE audit SET hash = 'x' WHERE number = 4", "audit/4 was changed"),
        ("UPDATE audit SET before = 'x' WHERE number = 1", "audit/1 is not the entry"),
        ("DELETE FROM audit WHERE number = 4", "audit/4 is missing"),
        ("DELETE FROM audit WHERE number IN (4, 5)", "audit/5 is missing, and 1 before it"),
        ("DELETE FROM audit WHERE number = 1", "audit/1 is missing"),
        ("DELETE FROM audit WHERE number = 8", "audit/8 is missing"),
        ("DELETE FROM audit", "audit/8 is missing, and 7 before it"),
        ("UPDATE audit_head SET number = 7", "audit/8 stands after the end"),
        ("UPDATE audit_head SET hash = 'x'", "audit/8 is not the entry"),
        ("DELETE FROM audit_head", "audit/8 stands after the end"),
        ("UPDATE screenings SET decision = 'clear' WHERE id = 2", "screenings/2 is not as audit/2 left it"),
        ("UPDATE screenings SET record = NULL WHERE id = 2", "screenings/2 is not as audit/2 left it"),
        ("UPDATE shipments SET content = '{}' WHERE id = 1", "shipments/1 is not as audit/2 left it"),
        (
            "UPDATE alerts SET state = 'released' WHERE shipment_id = 'S3'",
            "alerts/2 is not as audit/7 left it",
        ),
        ("UPDATE keys SET revoked_at = NULL", "left it"),
        ("UPDATE keys SET scopes = 'administer'", "left it"),
        ("DELETE FROM screenings WHERE id = 1", "screenings/1 is missing; audit/2 tells of it"),
        ("UPDATE decisions SET actor = 'bob' WHERE id = 1", "decisions/1 is not as audit/3 left it"),
        (
            "INSERT INTO keys VALUES ('k', 'eve', 'h', 'administer', 'now', NULL, NULL)",
            "keys/k is in no entry",
        ),
    ],
)
def test_meddling_is_found(store: Database, statement: str, where: str) -> None:
    meddle(store, statement)
    assert any(where in fault for fault in found(store)), found(store)


def test_entries_that_changed_places_are_found(store: Database) -> None:
    swap = "UPDATE audit SET number = {} WHERE number = {}"
    meddle(store, swap.format(99, 3), swap.format(3, 4), swap.format(4, 99))
    assert len(found(store)) >= 2


def test_an_entry_written_anew_with_its_hash_is_found(store: Database) -> None:
    third = rows_of(store, AUDIT)[2]
    told = {name: getattr(third, name) for name in Entry.__slots__}
    digest = Entry(**told | {"actor": "eve"}).hash
    meddle(store, f"UPDATE audit SET actor = 'eve', hash = '{digest}' WHERE number = 3")
    assert found(store)[0].startswith("audit/3 is not the entry")


def test_a_log_that_was_cut_and_closed_is_found_by_what_was_noted(store: Database) -> None:
    head, seventh = verified(store).head, rows_of(store, AUDIT)[6]
    assert verified(store, head).faults == []
    meddle(store, "DELETE FROM audit WHERE number = 8")
    meddle(store, f"UPDATE audit_head SET number = 7, hash = '{seventh.hash}'")
    assert any(fault.where == "audit/8" for fault in verified(store, head).faults)
    assert any("was noted" in fault.what for fault in verified(store, Link(7, "x")).faults)


def test_the_log_is_told_in_its_order(store: Database) -> None:
    with store.reading() as tx:
        assert [entry["number"] for entry in entries(tx, 3)] == [3, 4, 5, 6, 7, 8]


def changes() -> Iterator[str]:
    """Statements that change one cell of one row, for every column that a row's digest holds."""
    for table in SEALED:
        (key,) = table.primary_key.columns
        for column in table.columns:
            if not (isinstance(column.type, LargeBinary) or column.primary_key or column.foreign_keys):
                value = "40" if isinstance(column.type, Integer) else "'other'"
                newest = f"(SELECT max({key.name}) FROM {table.name})"
                yield f"UPDATE {table.name} SET {column.name} = {value} WHERE {key.name} = {newest}"


def test_a_change_of_any_sealed_cell_is_found(store: Database) -> None:
    for change in changes():
        with pytest.raises(RuntimeError), store.writing() as tx:
            if tx.connection.execute(text(change)).rowcount:
                assert verify(tx).faults, change
            raise RuntimeError


COLUMNS = ("number", "at", "actor", "kind", "subject", "body", "before", "hash")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    number=st.integers(1, 8),
    column=st.sampled_from(COLUMNS),
    letter=st.characters(codec="ascii", exclude_characters="\x00'"),
)
def test_any_change_of_any_entry_is_found(store: Database, number: int, column: str, letter: str) -> None:
    cell = getattr(rows_of(store, AUDIT)[number - 1], column)
    other = 99 if column == "number" else f"{cell}{letter}"

    def set_to(value: object, where: object) -> None:
        with store.writing() as tx:
            change = text(f"UPDATE audit SET {column} = :value WHERE number = :number")
            tx.connection.execute(change, {"value": value, "number": where})

    set_to(other, number)
    assert found(store)
    set_to(cell, 99 if column == "number" else number)
    assert not found(store)
