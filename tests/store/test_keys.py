"""Keys open what they are for, for as long as they hold, and the store can't tell what they are."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from screening.store import keys
from screening.store.database import Database
from screening.store.refusals import UnfitError, UnknownError
from screening.store.schema import AUDIT, KEYS
from tests.databases import SteppingClock


def made(database: Database, *scopes: str) -> keys.NewKey:
    return database.write(lambda tx: keys.create(tx, "orders", scopes or ["screen"], "ada"))


def checked(database: Database, text: str) -> keys.Key | None:
    with database.reading() as tx:
        return keys.check(tx, text)


def test_a_key_is_known_again_by_its_text(database: Database) -> None:
    new = made(database, "screen", "read")
    assert checked(database, new.text) == new.key
    assert new.key.scopes == {"screen", "read"}
    assert new.text.startswith(f"scr_{new.key.id}_")


@pytest.mark.parametrize(
    "other", ["", "scr", "scr__", "scr_a_b", "Bearer", "scr_\x00_" + "0" * 64, "ы" * 99, "\ud800"]
)
def test_another_text_is_no_key(database: Database, other: str) -> None:
    assert checked(database, other) is None


def test_the_public_part_with_another_secret_is_no_key(database: Database) -> None:
    text = made(database).text
    assert checked(database, text[:-1] + ("0" if text[-1] != "0" else "1")) is None


def test_a_revoked_key_opens_nothing(database: Database) -> None:
    new = made(database)
    revoked = database.write(lambda tx: keys.revoke(tx, new.key.id, "ada"))
    assert (revoked.revoked_at is not None, checked(database, new.text)) == (True, None)
    assert database.write(lambda tx: keys.revoke(tx, new.key.id, "ada")) == revoked


def test_an_expired_key_opens_nothing(database: Database, clock: SteppingClock) -> None:
    end = clock.now + timedelta(hours=1)
    new = database.write(lambda tx: keys.create(tx, "orders", ["read"], "ada", end))
    assert checked(database, new.text) is not None
    clock.now = end
    assert checked(database, new.text) is None


def test_what_makes_no_key_is_refused(database: Database, clock: SteppingClock) -> None:
    for name, scopes, end in (
        ("orders", ["everything"], None),
        ("orders", [], None),
        (" ", ["read"], None),
        ("orders", ["read"], clock.now - timedelta(days=1)),
    ):
        with pytest.raises(UnfitError), database.writing() as tx:
            keys.create(tx, name, scopes, "ada", end)


def test_a_key_that_is_not_there_can_not_be_revoked(database: Database) -> None:
    with pytest.raises(UnknownError, match="no key nobody"), database.writing() as tx:
        keys.revoke(tx, "nobody", "ada")


def test_neither_the_store_nor_the_log_holds_a_key(database: Database) -> None:
    secret = made(database).text.rpartition("_")[2]
    with database.reading() as tx:
        rows = [*tx.connection.execute(select(KEYS)), *tx.connection.execute(select(AUDIT))]
    assert len(rows) == 2
    assert not any(secret in str(row) for row in rows)
    assert secret not in repr(made(database))


def test_keys_are_listed_in_the_order_of_their_making(database: Database) -> None:
    made_keys = [made(database).key for _ in range(3)]
    with database.reading() as tx:
        assert keys.listed(tx) == made_keys
